"""How each case of the town will fare, drawn before it is played: pure, the same for a seed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, log
from random import Random
from typing import Literal

from linli.town.chance import chance_for, weighted
from linli.town.demands import Demand
from linli.town.organisation import TownDuty
from linli.town.planted import PlantedFile, read_planted
from linli.town.text_data import Checked, read_data
from linli.town.topics import lines

Solved = Literal["solved", "partly", "unsolved", "unreachable"]
Satisfied = Literal["satisfied", "basic", "dissatisfied", "no_comment"]
MOST = 12.0  # times the median: no drawn time is longer


class Drawn(Checked):
    """A time or share with a median and a spread (sigma of its logarithm)."""

    median: float
    spread: float

    def draw(self, rng: Random) -> float:
        """Return a positive number; half of them lie below the median."""
        return min(exp(rng.gauss(log(self.median), self.spread)), MOST * self.median)


class Desk(Checked):
    answer: dict[str, float]
    route: dict[str, float]
    merge: float


class OwnWord(Checked):
    share: float
    unsolved: float
    days: Drawn


class HandlingFile(Checked):
    """What `data/handling.yaml` holds."""

    desk: Desk
    routes: dict[str, str]
    triage_minutes: Drawn
    contact_hours: Drawn
    handle_share: Drawn
    again_share: Drawn
    follow_up_days: Drawn
    return_hours: Drawn
    ruling_hours: Drawn
    co_units_share: float
    return_share: float
    upheld_share: float
    late_urged_share: float
    result: dict[Solved, float]
    result_of_slow: dict[Solved, float]
    result_again: dict[Solved, float]
    satisfied: dict[Solved, dict[Satisfied, float]]
    own_word: OwnWord
    exclusion_share: float
    exclusion_reasons: dict[str, float]
    texts: dict[str, str]


@dataclass(frozen=True)
class Verdict:
    """What the resident says about one round: codes of the standard's follow-up form."""

    solved: Solved
    satisfied: Satisfied
    comment: str


@dataclass(frozen=True)
class Objection:
    """A return: by which unit, after how long, and whether the supervisor upholds it."""

    unit: str
    return_hours: float
    ruling_hours: float
    upheld: bool


@dataclass(frozen=True)
class OwnWordLater:
    """What the resident says unasked, some days after closing."""

    days: float
    verdict: Verdict


@dataclass(frozen=True)
class Fate:
    """Everything that chance decides about one case.

    `desk` is dispatch, answer, route or merge; `first_unit` gets it first and `unit` answers
    it; `shares` are the parts of the limit that round one, two … take; more than one is late.
    """

    desk: str
    route: str
    triage_minutes: float
    first_unit: str
    unit: str
    co_units: tuple[str, ...]
    objection: Objection | None
    contact_hours: float
    shares: tuple[float, ...]
    verdicts: tuple[Verdict, ...]
    follow_up_days: float
    is_urged: bool
    exclusion: str
    own_word: OwnWordLater | None


@cache
def handling() -> HandlingFile:
    """Return how cases fare, read once."""
    return read_data("handling", shape=HandlingFile)


def handling_text(rng: Random, name: str, **values: str) -> str:
    """Return one sentence of what officials write, with place and subject filled in."""
    return rng.choice(lines(handling().texts[name])).format(**values)


def draw_fate(demand: Demand, duty: TownDuty, *, seed: int, community_unit: str) -> Fate:
    """Draw how one case fares.

    `duty` is the list's entry for its matter; `community_unit` is the code of the committee of
    the place, which stands where the entry says only "community".
    """
    rng = chance_for(seed, "fate", demand.id)
    planted = read_planted()
    unit = community_unit if duty.lead == "community" else duty.lead
    slow = planted.slow_unit.factor if unit == planted.slow_unit.unit else 1.0
    desk = _desk(demand, rng)
    first, objection = _objection(demand, unit, duty, planted, rng)
    verdicts = _verdicts(rng, is_slow=slow > 1)
    file = handling()
    return Fate(
        desk=desk,
        route=_route(demand.matter),
        triage_minutes=file.triage_minutes.draw(rng),
        first_unit=first,
        unit=unit,
        co_units=_co_units(duty, unit, community_unit, rng),
        objection=objection,
        contact_hours=file.contact_hours.draw(rng) * slow,
        shares=(file.handle_share.draw(rng) * slow, file.again_share.draw(rng)),
        verdicts=verdicts,
        follow_up_days=file.follow_up_days.draw(rng),
        is_urged=rng.random() < file.late_urged_share,
        exclusion=_exclusion(rng),
        own_word=_own_word(rng),
    )


def _desk(demand: Demand, rng: Random) -> str:
    file = handling().desk
    if demand.duplicate_of and rng.random() < file.merge:
        return "merge"
    roll = rng.random()
    answer = file.answer.get(demand.petition_type, 0.0)
    if roll < answer:
        return "answer"
    return "route" if roll < answer + file.route.get(demand.petition_type, 0.0) else "dispatch"


def _route(matter: str) -> str:
    routes = handling().routes
    return routes.get(matter.partition(".")[0], routes[""])


def _objection(
    demand: Demand, unit: str, duty: TownDuty, planted: PlantedFile, rng: Random
) -> tuple[str, Objection | None]:
    """Return who gets the case first, and the objection that follows, if any."""
    file = handling()
    hours = file.return_hours.draw(rng), file.ruling_hours.draw(rng)
    bouncing = planted.bouncing
    if demand.matter == bouncing.matter and rng.random() < bouncing.share:
        return bouncing.wrong_first, Objection(bouncing.wrong_first, *hours, upheld=True)
    if rng.random() >= file.return_share:
        return unit, None
    assistants = [code for code in duty.assistants if code != "community"]
    if assistants and rng.random() < file.upheld_share:
        wrong = rng.choice(assistants)
        return wrong, Objection(wrong, *hours, upheld=True)
    return unit, Objection(unit, *hours, upheld=False)


def _verdicts(rng: Random, *, is_slow: bool) -> tuple[Verdict, ...]:
    file = handling()
    first = _verdict(file.result_of_slow if is_slow else file.result, rng)
    if first.solved != "unsolved":
        return (first,)
    return first, _verdict(file.result_again, rng)


def _verdict(results: Mapping[Solved, float], rng: Random) -> Verdict:
    solved = weighted(rng, results)
    if solved == "unreachable":
        return Verdict(solved, "no_comment", "")
    satisfied = weighted(rng, handling().satisfied[solved])
    comment = handling_text(rng, "unsolved" if solved == "unsolved" else "comments")
    return Verdict(solved, satisfied, comment)


def _co_units(duty: TownDuty, unit: str, community_unit: str, rng: Random) -> tuple[str, ...]:
    if rng.random() >= handling().co_units_share:
        return ()
    named = [community_unit if code == "community" else code for code in duty.assistants]
    return tuple(code for code in named if code != unit)


def _exclusion(rng: Random) -> str:
    file = handling()
    return weighted(rng, file.exclusion_reasons) if rng.random() < file.exclusion_share else ""


def _own_word(rng: Random) -> OwnWordLater | None:
    file = handling().own_word
    if rng.random() >= file.share:
        return None
    results: dict[Solved, float] = {"unsolved": file.unsolved, "solved": 1 - file.unsolved}
    return OwnWordLater(file.days.draw(rng), _verdict(results, rng))
