"""Matters that ended elsewhere: how they went, and whether that can be under a standard.

Serves: R045 R108.
"""

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from linli.domain.cases.errors import NoSuchEnd, NotListedInRow, TimesTangled, UnknownUnit
from linli.domain.catalogue.rules.stage import CLOSED, StageDef
from linli.domain.catalogue.rules.standard import StandardDef
from linli.kernel.errors import Rejected

SOLVED = ("solved", "partly", "unsolved", "unreachable")
SATISFIED = ("satisfied", "basic", "dissatisfied", "no_comment")


@dataclass(frozen=True)
class Said:
    """What the resident said of an answer.

    Parameters
    ----------
    solved, satisfied : codes of a feedback.
    given_at : when, UTC.
    by : whether a clerk asked, or the resident spoke unasked.
    """

    solved: str
    satisfied: str
    given_at: datetime
    contacted: bool | None = None
    comment: str = ""
    by: Literal["clerk", "resident"] = "clerk"


@dataclass(frozen=True)
class PastRound:
    """One time that the matter was worked on, to the answer and what was said of it.

    Parameters
    ----------
    answered_at : UTC; None where only the end is known.
    answer : the words, "" where they were not handed over.
    """

    answered_at: datetime | None = None
    answer: str = ""
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Ending:
    """How a matter went and ended elsewhere; what was not handed over stays empty.

    Parameters
    ----------
    closed_at, dispatched_at, contacted_at : UTC.
    outcome : the way by which it left the last stage of its standard.
    unit, co_units : codes of who handled it; none where the desk itself ended it.
    rounds : in order; a round after the first began when the one before was found unsolved.
    route : code of the standard's route, where one was pointed out.
    bounces : how often units sent it back.
    exclusion : code of the reason for which it is left out of the rates.
    row : row of the file that it comes from, counted from 1; None outside files.
    """

    closed_at: datetime
    outcome: str
    unit: str = ""
    co_units: tuple[str, ...] = ()
    rounds: tuple[PastRound, ...] = (PastRound(),)
    dispatched_at: datetime | None = None
    contacted_at: datetime | None = None
    route: str = ""
    bounces: int = 0
    exclusion: str = ""
    row: int | None = None

    @property
    def answered_at(self) -> datetime | None:
        """When it was last answered."""
        return self.rounds[-1].answered_at


@dataclass(frozen=True)
class Leg:
    """A stage that a matter went through, and the way by which it left."""

    stage: StageDef
    outcome: str


@dataclass(frozen=True)
class Turn:
    """A round with its moments, UTC: begun, answered, left, and the outcome by which it was."""

    number: int
    told: PastRound
    began_at: datetime
    answered_at: datetime
    left_at: datetime
    outcome: str


def turns_of(ending: Ending, received_at: datetime) -> tuple[Turn, ...]:
    """Return the rounds of a matter; where a moment was not handed over the next one stands."""
    found: list[Turn] = []
    began, last = ending.dispatched_at or received_at, len(ending.rounds)
    for number, told in enumerate(ending.rounds, start=1):
        answered = told.answered_at or ending.closed_at
        left, outcome = ending.closed_at, ending.outcome
        if number < last and told.said:
            left, outcome = told.said[0].given_at, told.said[0].solved
        found.append(Turn(number, told, began, answered, left, outcome))
        began = told.said[-1].given_at if told.said else answered
    return tuple(found)


def road_to(standard: StandardDef, outcome: str, *, by_units: bool) -> tuple[Leg, ...]:
    """Return the shortest road through a standard that ends with an outcome; empty if none does.

    Parameters
    ----------
    outcome : a way that closes, or a way back of a stage that can close: elsewhere a matter may
        have been ended although the resident did not hold it for solved.
    by_units : whether units handled it; then the road leads through a stage that is theirs.
    """
    waiting: deque[tuple[StageDef, tuple[Leg, ...]]] = deque([(standard.first_stage, ())])
    while waiting:
        stage, behind = waiting.popleft()
        here = (*behind, Leg(stage, outcome))
        if _ends(stage, outcome) and by_units == any(leg.stage.each == "units" for leg in here):
            return here
        gone = {leg.stage.key for leg in here}
        for way in stage.outcomes:
            after = standard.stage(way.to)
            if after is not None and after.key not in gone:
                waiting.append((after, (*behind, Leg(stage, way.code))))
    return ()


@dataclass(frozen=True)
class Part:
    """A piece of work that was done in a round."""

    stage: StageDef
    unit: str
    is_lead: bool
    outcome: str
    words: str
    opened_at: datetime
    closed_at: datetime


def parts_of(
    turn: Turn, road: Sequence[Leg], ending: Ending, *, received_at: datetime
) -> Iterator[Part]:
    """Yield the work of a round, of each stage of which it is known when it was left."""
    words, answered = turn.told.answer, turn.answered_at
    for leg in road:
        stage = leg.stage
        if stage.each == "units":
            yield Part(stage, ending.unit, True, leg.outcome, words, turn.began_at, answered)
            for unit in ending.co_units:  # what came of their part is not handed over
                yield Part(stage, unit, False, "", "", turn.began_at, answered)
        elif leg is road[-1]:
            began = answered if len(road) > 1 else turn.began_at
            yield Part(stage, "", True, turn.outcome, "", began, turn.left_at)
        elif not ending.unit:
            yield Part(stage, "", True, leg.outcome, words, turn.began_at, answered)
        elif ending.dispatched_at is not None and turn.number == 1:
            yield Part(stage, "", True, leg.outcome, "", received_at, ending.dispatched_at)


def ends_of(standard: StandardDef) -> tuple[str, ...]:
    """Return the codes of all outcomes with which a matter can have ended, in order."""
    codes = (
        way.code
        for stage in standard.stages
        for way in (*stage.outcomes, *stage.back)
        if _ends(stage, way.code)
    )
    return tuple(dict.fromkeys(codes))


def faults_in_ending(
    ending: Ending,
    *,
    received_at: datetime,
    standard: StandardDef,
    units: Collection[str],
    at: datetime,
) -> Iterator[Rejected]:
    """Yield what cannot be, naming field and row.

    Parameters
    ----------
    standard : in force when the matter was received.
    units : codes of all units.
    at : now; nothing can have ended later.
    """
    row = ending.row
    for code in (ending.unit, *ending.co_units):
        if code and code not in units:
            yield UnknownUnit(code, row, field="unit" if code == ending.unit else "co_units")
    if not road_to(standard, ending.outcome, by_units=bool(ending.unit)):
        yield NoSuchEnd(ending.outcome, ends_of(standard), bool(ending.unit), row)
    yield from _unlisted(ending, standard)
    yield from _tangled(ending, received_at, at)


def _ends(stage: StageDef, outcome: str) -> bool:
    way = stage.way(outcome)
    if way is None or not any(other.to == CLOSED for other in stage.outcomes):
        return False
    return way.to == CLOSED or stage.is_back(outcome)


def _unlisted(ending: Ending, standard: StandardDef) -> Iterator[Rejected]:
    routes = [route.code for route in standard.routes]
    reasons = [reason.code for reason in standard.exclusion_reasons]
    said = [one for turn in ending.rounds for one in turn.said]
    for field, code, listed in (
        ("route", ending.route, routes),
        ("exclusion", ending.exclusion, reasons),
        *(("solved", one.solved, SOLVED) for one in said),
        *(("satisfied", one.satisfied, SATISFIED) for one in said),
    ):
        if code and code not in listed:
            yield NotListedInRow(code, tuple(listed), ending.row, field=field)


def _tangled(ending: Ending, received_at: datetime, at: datetime) -> Iterator[Rejected]:
    """Yield a fault for each moment that lies before the one that it follows."""
    before = ("received_at", received_at)
    if ending.contacted_at is not None and ending.contacted_at < received_at:
        yield TimesTangled("contacted_at", "received_at", ending.row)
    moments = [("dispatched_at", ending.dispatched_at)]
    moments += [("answered_at", turn.answered_at) for turn in ending.rounds]
    for field, moment in (*moments, ("closed_at", ending.closed_at)):
        if moment is not None and moment < before[1]:
            yield TimesTangled(field, before[0], ending.row)
        before = (field, moment) if moment is not None else before
    said = [one.given_at for turn in ending.rounds for one in turn.said]
    if max((ending.closed_at, *said)) > at:
        yield TimesTangled("closed_at", "now", ending.row)
