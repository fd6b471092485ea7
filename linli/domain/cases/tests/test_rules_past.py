"""Which road a finished matter went, and what cannot have been.

Serves: R045 R108.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from linli.domain.cases.rules.past import (
    Ending,
    PastRound,
    Said,
    ends_of,
    faults_in_ending,
    parts_of,
    road_to,
    turns_of,
)
from linli.domain.catalogue.rules.standard import StandardDef

FILE = Path(__file__).resolve().parents[4] / "packs/hotline-12345/standards/demand.yaml"
STANDARD = StandardDef.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
RECEIVED = datetime(2025, 3, 3, 2, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def hours(count: float) -> datetime:
    return RECEIVED + timedelta(hours=count)


ENDING = Ending(
    closed_at=hours(100),
    outcome="solved",
    unit="works",
    rounds=(PastRound(hours(80)),),
    dispatched_at=hours(1),
    contacted_at=hours(5),
    row=7,
)


def road(outcome: str, *, by_units: bool) -> list[tuple[str, str]]:
    return [(leg.stage.key, leg.outcome) for leg in road_to(STANDARD, outcome, by_units=by_units)]


def test_what_units_handled_went_through_their_stage():
    assert road("solved", by_units=True) == [
        ("triage", "dispatch"),
        ("handle", "answer"),
        ("follow_up", "solved"),
    ]


def test_what_the_desk_ended_did_not():
    assert road("solved", by_units=False) == [("triage", "answer"), ("follow_up", "solved")]
    assert road("route", by_units=False) == [("triage", "route")]


def test_elsewhere_a_matter_may_have_ended_although_it_was_not_solved():
    assert road("unsolved", by_units=True)[-1] == ("follow_up", "unsolved")


@pytest.mark.parametrize(
    ("outcome", "by_units"),
    [("route", True), ("merge", True), ("dispatch", False), ("return", True), ("nothing", False)],
)
def test_some_roads_there_are_not(outcome, by_units):
    assert road(outcome, by_units=by_units) == []


def test_the_ends_of_a_standard_are_told_in_its_order():
    assert ends_of(STANDARD) == ("route", "merge", "solved", "partly", "unreachable", "unsolved")


def test_a_round_begins_when_the_one_before_was_found_unsolved():
    no, yes = (Said(word, "basic", hours(at)) for word, at in (("unsolved", 90), ("solved", 200)))
    told = replace(
        ENDING, closed_at=hours(200), rounds=(PastRound(hours(80), "", (no,)), PastRound(None))
    )

    first, second = turns_of(told, RECEIVED)
    assert (first.began_at, first.answered_at, first.left_at) == (hours(1), hours(80), hours(90))
    assert first.outcome == "unsolved"
    assert (second.began_at, second.answered_at) == (hours(90), hours(200))
    assert yes.solved == second.outcome


def test_work_of_which_nobody_knows_when_it_was_done_is_not_made_up():
    told = replace(ENDING, dispatched_at=None)
    turn, legs = turns_of(told, RECEIVED)[0], road_to(STANDARD, "solved", by_units=True)

    parts = list(parts_of(turn, legs, told, received_at=RECEIVED))

    assert [part.stage.key for part in parts] == ["handle", "follow_up"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"unit": "nobody"}, "unit"),
        ({"co_units": ("nobody",)}, "co_units"),
        ({"outcome": "vanished"}, "outcome"),
        ({"outcome": "route"}, "outcome"),
        ({"closed_at": hours(-1)}, "closed_at"),
        ({"closed_at": NOW + timedelta(minutes=1)}, "closed_at"),
        ({"contacted_at": hours(-1)}, "contacted_at"),
        ({"dispatched_at": hours(-1)}, "dispatched_at"),
        ({"rounds": (PastRound(hours(0.5)),)}, "answered_at"),
        ({"exclusion": "whim"}, "exclusion"),
        ({"route": "nowhere"}, "route"),
        ({"rounds": (PastRound(None, "", (Said("maybe", "basic", hours(9)),)),)}, "solved"),
        ({"rounds": (PastRound(None, "", (Said("solved", "glad", hours(9)),)),)}, "satisfied"),
    ],
)
def test_what_cannot_be_is_named_by_field_and_row(changed, field):
    told = replace(ENDING, **changed)

    faults = list(
        faults_in_ending(told, received_at=RECEIVED, standard=STANDARD, units={"works"}, at=NOW)
    )

    assert [(fault.field, fault.row) for fault in faults] == [(field, 7)]
    assert all(fault.zh and fault.en for fault in faults)


def test_a_sound_ending_has_no_fault():
    faults = faults_in_ending(
        ENDING, received_at=RECEIVED, standard=STANDARD, units={"works"}, at=NOW
    )
    assert list(faults) == []
