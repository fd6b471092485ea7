"""An office that keeps its cases on paper: what years past were, before the platform came."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from linli.domain.cases.services import Ending, PastRound, Said
from linli.town.demands import Demand
from linli.town.fates import Verdict

Due = Callable[[Demand, datetime], datetime]


@dataclass
class _Turn:
    answered_at: datetime | None = None
    answer: str = ""
    said: list[Said] = field(default_factory=list)


@dataclass
class _File:
    """What is written down about one case."""

    demand: Demand
    due_at: datetime
    turns: list[_Turn] = field(default_factory=lambda: [_Turn()])
    unit: str = ""
    co_units: tuple[str, ...] = ()
    dispatched_at: datetime | None = None
    contacted_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    route: str = ""
    bounces: int = 0
    exclusion: str = ""

    def ending(self, *, until: datetime) -> Ending | None:
        """Return how the case ended; None where it has not by then."""
        words = [said.given_at for turn in self.turns for said in turn.said]
        if self.closed_at is None or max((self.closed_at, *words)) > until:
            return None
        # What the desk answered first was dispatched only when it was found unsolved.
        first = self.turns[0].answered_at
        is_plain = self.dispatched_at is None or first is None or self.dispatched_at <= first
        return Ending(
            closed_at=self.closed_at,
            outcome=self.outcome,
            unit=self.unit,
            co_units=self.co_units,
            rounds=tuple(PastRound(t.answered_at, t.answer, tuple(t.said)) for t in self.turns),
            dispatched_at=self.dispatched_at if is_plain else None,
            contacted_at=self.contacted_at,
            route=self.route,
            bounces=self.bounces,
            exclusion=self.exclusion,
        )


class PaperOffice:
    """Fills the port of `rounds` without a database; a case is known by its demand's id."""

    def __init__(self, due: Due) -> None:
        """Keep files; `due` tells when a demand is due whose limit began at a moment."""
        self._due = due
        self._files: dict[str, _File] = {}

    def ending(self, demand: Demand, *, until: datetime) -> Ending | None:
        """Return how a demand's case ended; None where it has not by then."""
        file = self._files.get(demand.id)
        return file.ending(until=until) if file is not None else None

    def receive(self, demand: Demand, *, at: datetime) -> str:
        """Open a file."""
        self._files[demand.id] = _File(demand, self._due(demand, at))
        return demand.id

    def decide(self, ref: str, demand: Demand, *, at: datetime) -> None:
        """Leave matter and place as they are: paper states them."""

    def answer(self, ref: str, *, text: str, at: datetime) -> None:
        """Answer at the desk."""
        self._answer(self._files[ref], text, at)

    def route(self, ref: str, *, route: str, at: datetime) -> None:
        """Point out the right door and close."""
        file = self._files[ref]
        file.outcome, file.route, file.closed_at = "route", route, at

    def merge(self, ref: str, *, into: str, at: datetime) -> None:
        """Close as a duplicate."""
        file = self._files[ref]
        file.outcome, file.closed_at = "merge", at

    def dispatch(self, ref: str, *, to: str, co_units: tuple[str, ...], at: datetime) -> datetime:
        """Hand a case to units; returns when it is due."""
        file = self._files[ref]
        file.unit, file.co_units = to, co_units
        file.dispatched_at = file.dispatched_at or at
        return file.due_at

    def contact(self, ref: str, *, unit: str, at: datetime) -> None:
        """Note that the unit has spoken to the resident."""
        self._files[ref].contacted_at = self._files[ref].contacted_at or at

    def hand_back(self, ref: str, *, unit: str, text: str, at: datetime) -> None:
        """Note that a unit objects to the dispatch."""
        self._files[ref].bounces += 1

    def rule(self, ref: str, *, to: str, text: str, at: datetime) -> datetime:
        """Rule on the objection; the limit runs on meanwhile."""
        file = self._files[ref]
        file.unit = to or file.unit
        return file.due_at

    def complete(self, ref: str, *, unit: str, text: str, at: datetime) -> None:
        """Answer for the leading unit; the parts of helpers are not written down."""
        file = self._files[ref]
        if unit == file.unit:
            self._answer(file, text, at)

    def ask(self, ref: str, *, verdict: Verdict, at: datetime) -> datetime | None:
        """Ask the resident; returns the new due time where it is not solved."""
        file = self._files[ref]
        reached = verdict.solved != "unreachable"
        self._say(file, Said(verdict.solved, verdict.satisfied, at, reached, verdict.comment))
        if verdict.solved == "unsolved":
            return self._again(file, at)
        file.outcome, file.closed_at = verdict.solved, at
        return None

    def hear(self, ref: str, *, verdict: Verdict, at: datetime) -> datetime | None:
        """Take the resident's own word; returns the new due time where the case reopens."""
        file = self._files[ref]
        if verdict.solved == "unreachable":
            return None
        said = Said(verdict.solved, verdict.satisfied, at, True, verdict.comment, by="resident")
        self._say(file, said)
        return self._again(file, at) if verdict.solved == "unsolved" else None

    def urge(self, ref: str, *, text: str, at: datetime) -> None:
        """Leave urging out: paper does not keep it."""

    def exclude(self, ref: str, *, unit: str, reason: str, text: str, at: datetime) -> None:
        """Leave a case out of the rates."""
        self._files[ref].exclusion = reason

    def _answer(self, file: _File, text: str, at: datetime) -> None:
        turn = file.turns[-1]
        turn.answered_at, turn.answer = at, text
        file.contacted_at = file.contacted_at or at

    def _say(self, file: _File, said: Said) -> None:
        file.turns[-1].said.append(said)

    def _again(self, file: _File, at: datetime) -> datetime:
        file.turns.append(_Turn())
        file.closed_at, file.outcome = None, ""
        file.due_at = self._due(file.demand, at)
        return file.due_at
