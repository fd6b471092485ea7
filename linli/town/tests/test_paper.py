"""Years past are played on paper, by the same fates, and end as their files say."""

from datetime import UTC, date, datetime, timedelta

import pytest

from linli.domain.cases.services import Ending
from linli.town.demands import Demand, make_demands
from linli.town.fates import draw_fate
from linli.town.geography import make_geography
from linli.town.organisation import duties_for
from linli.town.paper import PaperOffice
from linli.town.planted import read_planted
from linli.town.rounds import play

LAST_DAY = date(2026, 8, 31)
END = datetime(2026, 8, 31, 12, tzinfo=UTC)
Ends = list[tuple[Demand, Ending]]


@pytest.fixture(scope="module")
def ends() -> Ends:
    made = make_demands(make_geography(seed=1), seed=1, until=LAST_DAY, size=1500, days=120)
    duties = {duty.matter: duty for duty in duties_for(sorted({d.matter for d in made.demands}))}
    fates = [
        (d, draw_fate(d, duties[d.matter], seed=1, community_unit=f"community_{d.grid_code[11]}"))
        for d in made.demands
    ]
    office = PaperOffice(lambda _, starts_at: starts_at + timedelta(days=7))
    play(fates, office=office, until=END, seed=1)
    found = [(demand, office.ending(demand, until=END)) for demand in made.demands]
    return [(demand, end) for demand, end in found if end is not None]


def test_most_have_ended_and_none_after_the_end(ends):
    assert 0.8 * 1500 < len(ends) < 1500
    assert all(end.closed_at <= END for _, end in ends)


def test_moments_follow_one_another(ends):
    for demand, end in ends:
        rounds = [turn.answered_at for turn in end.rounds]
        steps = [demand.received_at, end.dispatched_at, *rounds, end.closed_at]
        known = [moment for moment in steps if moment is not None]
        assert known == sorted(known)


def test_every_round_but_the_last_was_found_unsolved(ends):
    again = [end for _, end in ends if len(end.rounds) > 1]

    assert len(again) > 40
    for end in again:
        assert all(turn.said[-1].solved == "unsolved" for turn in end.rounds[:-1])


def test_what_had_no_unit_was_answered_merged_or_pointed_elsewhere(ends):
    without = {end.outcome for _, end in ends if not end.unit and not end.answered_at}

    assert without == {"merge", "route"}
    assert all(bool(end.route) == (end.outcome == "route") for _, end in ends)


def test_the_slow_unit_was_late_and_the_others_mostly_in_time(ends):
    slow = read_planted().slow_unit.unit
    late: dict[bool, list[bool]] = {True: [], False: []}
    for demand, end in ends:
        answered = end.rounds[0].answered_at
        if end.unit and answered is not None:
            late[end.unit == slow].append(answered > demand.received_at + timedelta(days=7))

    assert sum(late[True]) / len(late[True]) > 0.5
    assert sum(late[False]) / len(late[False]) < 0.25


def test_the_bouncing_matter_was_sent_back_once(ends):
    bouncing = read_planted().bouncing
    bounces = [end.bounces for demand, end in ends if demand.matter == bouncing.matter and end.unit]

    assert 0.3 < sum(bounces) / len(bounces) < 0.9
    assert {end.unit for d, end in ends if d.matter == bouncing.matter and end.unit} == {
        bouncing.right
    }
