"""Cases are played in the order of time, by fates that hold for a seed."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from linli.town.demands import Demand, make_demands
from linli.town.fates import Fate, Verdict, draw_fate
from linli.town.geography import make_geography
from linli.town.organisation import duties_for
from linli.town.planted import read_planted
from linli.town.rounds import play

LAST_DAY = date(2026, 10, 31)
Act = tuple[str, str, datetime, dict[str, str]]
END = datetime(2026, 10, 31, 12, tzinfo=UTC)


class PaperOffice:
    """An office that only writes down what was asked of it; every limit is seven days."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self.lead: dict[str, str] = {}

    def _note(self, act: str, ref: str, at: datetime, **more: str) -> None:
        self.acts.append((act, ref, at, more))

    def receive(self, demand: Demand, *, at: datetime) -> str:
        self._note("receive", demand.id, at)
        return demand.id

    def decide(self, ref: str, demand: Demand, *, at: datetime) -> None:
        self._note("decide", ref, at)

    def answer(self, ref: str, *, text: str, at: datetime) -> None:
        self._note("answer", ref, at, text=text)

    def route(self, ref: str, *, route: str, at: datetime) -> None:
        self._note("route", ref, at, route=route)

    def merge(self, ref: str, *, into: str, at: datetime) -> None:
        self._note("merge", ref, at, into=into)

    def dispatch(self, ref: str, *, to: str, co_units: tuple[str, ...], at: datetime) -> datetime:
        self.lead[ref] = to
        self._note("dispatch", ref, at, to=to)
        return at + timedelta(days=7)

    def contact(self, ref: str, *, unit: str, at: datetime) -> None:
        self._note("contact", ref, at, unit=unit)

    def hand_back(self, ref: str, *, unit: str, text: str, at: datetime) -> None:
        self._note("hand_back", ref, at, unit=unit)

    def rule(self, ref: str, *, to: str, text: str, at: datetime) -> datetime:
        self.lead[ref] = to or self.lead[ref]
        self._note("rule", ref, at, to=to)
        return at + timedelta(days=7)

    def complete(self, ref: str, *, unit: str, text: str, at: datetime) -> None:
        self._note("complete", ref, at, unit=unit, text=text)

    def ask(self, ref: str, *, verdict: Verdict, at: datetime) -> datetime | None:
        self._note("ask", ref, at, solved=verdict.solved)
        return at + timedelta(days=7) if verdict.solved == "unsolved" else None

    def hear(self, ref: str, *, verdict: Verdict, at: datetime) -> datetime | None:
        self._note("hear", ref, at, solved=verdict.solved)
        return at + timedelta(days=7) if verdict.solved == "unsolved" else None

    def urge(self, ref: str, *, text: str, at: datetime) -> None:
        self._note("urge", ref, at)

    def exclude(self, ref: str, *, unit: str, reason: str, text: str, at: datetime) -> None:
        self._note("exclude", ref, at)

    def of(self, act: str) -> list[Act]:
        return [entry for entry in self.acts if entry[0] == act]


@pytest.fixture(scope="module")
def fates():
    made = make_demands(make_geography(seed=1), seed=1, until=LAST_DAY, size=1500, days=120)
    duties = {duty.matter: duty for duty in duties_for(sorted({d.matter for d in made.demands}))}
    return [
        (d, draw_fate(d, duties[d.matter], seed=1, community_unit=f"community_{d.grid_code[11]}"))
        for d in made.demands
    ]


@pytest.fixture(scope="module")
def office(fates) -> PaperOffice:
    paper = PaperOffice()
    play(fates, office=paper, until=END, seed=1)
    return paper


def test_acts_come_in_the_order_of_time_and_none_after_the_end(office):
    times = [at for _, _, at, _ in office.acts]

    assert times == sorted(times)
    assert times[-1] <= END


def test_the_unit_that_answers_is_the_one_that_has_the_case(office):
    answers = [(ref, more["unit"]) for _, ref, _, more in office.of("complete")]
    by_lead = [ref for ref, unit in answers if office.lead[ref] == unit]

    assert len(by_lead) > 0.8 * len(answers)


def test_the_slow_unit_answers_late_and_the_others_mostly_in_time(office, fates):
    slow = read_planted().slow_unit.unit
    begun = {ref: at for _, ref, at, _ in reversed(office.of("dispatch"))}
    late: list[bool] = []
    other_late: list[bool] = []
    for _, ref, at, more in reversed(office.of("complete")):
        took = at - begun[ref]
        (late if more["unit"] == slow else other_late).append(took > timedelta(days=7))

    assert sum(late) / len(late) > 0.5
    assert sum(other_late) / len(other_late) < 0.25


def test_the_bouncing_matter_goes_to_the_wrong_unit_first(office, fates):
    bouncing = read_planted().bouncing
    refs = {d.id for d, fate in fates if d.matter == bouncing.matter and fate.objection}
    wrong = [m["unit"] for _, ref, _, m in office.of("hand_back") if ref in refs]

    assert len(refs) >= 5
    assert set(wrong) == {bouncing.wrong_first}


def test_what_is_not_solved_comes_back_and_is_asked_about_again(office):
    unsolved = {ref for _, ref, at, m in office.of("ask") if m["solved"] == "unsolved"}
    asked = Counter(ref for _, ref, _, _ in office.of("ask"))

    assert len(unsolved) > 20
    assert sum(asked[ref] > 1 for ref in unsolved) > len(unsolved) / 2


def test_a_merged_case_follows_an_earlier_one(office):
    received = {ref: at for _, ref, at, _ in office.of("receive")}

    assert len(office.of("merge")) > 20
    for _, ref, _, more in office.of("merge"):
        assert received[more["into"]] < received[ref]


def test_at_the_end_some_cases_are_open_and_most_are_closed(office):
    received = {ref for _, ref, _, _ in office.of("receive")}
    ended = {ref for act in ("merge", "route") for _, ref, _, _ in office.of(act)}
    ended |= {ref for _, ref, _, m in office.of("ask") if m["solved"] != "unsolved"}

    assert 0.02 < 1 - len(ended) / len(received) < 0.35


def test_fates_hold_for_a_seed(fates):
    demand, fate = fates[0]
    duty = duties_for([demand.matter])[0]
    community = f"community_{demand.grid_code[11]}"

    assert draw_fate(demand, duty, seed=1, community_unit=community) == fate
    assert isinstance(fate, Fate)
    assert all(isinstance(verdict, Verdict) for verdict in fate.verdicts)


def test_what_officials_write_has_no_open_slot(office):
    texts = [m["text"] for act in ("answer", "complete") for _, _, _, m in office.of(act)]

    assert texts
    assert not any("{" in text for text in texts)
