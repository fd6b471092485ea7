"""The offices of the town as the platform's own services: every act goes the ordinary way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.cases.errors import TooLate
from linli.domain.cases.selectors import Case, case_for, items_of
from linli.domain.cases.services import (
    answer_directly,
    close_by_route,
    complete_item,
    decide_exclusion,
    dispatch_case,
    merge_duplicate,
    propose_exclusion,
    record_contact,
    record_feedback,
    record_follow_up,
    return_item,
    rule_objection,
    urge_case,
)
from linli.town.demands import Demand
from linli.town.fates import Verdict
from linli.town.reception import Reception

NO_LIMIT = timedelta(days=1)  # where a standard gives none


@dataclass(frozen=True)
class Staff:
    """Who acts: two clerks, so that another one asks back, a supervisor, a handler per unit."""

    clerk: Actor
    other_clerk: Actor
    supervisor: Actor
    handlers: Mapping[str, Actor]


class TownOffice:
    """Fills the port of `rounds` with the services of the domain."""

    def __init__(self, staff: Staff, reception: Reception) -> None:
        self._staff = staff
        self._reception = reception

    def receive(self, demand: Demand, *, at: datetime) -> str:
        """Take a message in; returns the case's reference."""
        return self._reception.receive(demand, at=at)

    def decide(self, ref: str, demand: Demand, *, at: datetime) -> None:
        """Confirm or correct what was read."""
        self._reception.decide(ref, demand, at=at)

    def answer(self, ref: str, *, text: str, at: datetime) -> None:
        """Answer at the desk."""
        answer_directly(ref, answer=text, actor=self._staff.clerk, at=at, key=_key("answer", at))

    def route(self, ref: str, *, route: str, at: datetime) -> None:
        """Point out the right door and close."""
        close_by_route(ref, route=route, actor=self._staff.clerk, at=at, key=_key("route", at))

    def merge(self, ref: str, *, into: str, at: datetime) -> None:
        """Close as a duplicate of an earlier case."""
        merge_duplicate(ref, into=into, actor=self._staff.clerk, at=at, key=_key("merge", at))

    def dispatch(self, ref: str, *, to: str, co_units: tuple[str, ...], at: datetime) -> datetime:
        """Hand a case to units; returns when it is due."""
        case = dispatch_case(
            ref,
            to=to,
            co_units=co_units,
            actor=self._staff.clerk,
            at=at,
            key=_key("dispatch", at),
        )
        return _due(case, at)

    def contact(self, ref: str, *, unit: str, at: datetime) -> None:
        """Note that the unit has spoken to the resident."""
        record_contact(ref, actor=self._handler(unit), at=at, key=_key("contact", at))

    def hand_back(self, ref: str, *, unit: str, text: str, at: datetime) -> None:
        """Object to the dispatch."""
        actor = self._handler(unit)
        item = self._open_item(ref, unit)
        if item is not None:
            return_item(ref, item, reason=text, actor=actor, at=at, key=_key("return", at))

    def rule(self, ref: str, *, to: str, text: str, at: datetime) -> datetime:
        """Rule on the objection: another unit, or "" to leave the case where it was."""
        case = rule_objection(
            ref,
            outcome="uphold" if to else "reject",
            reason=text,
            to=to,
            actor=self._staff.supervisor,
            at=at,
            key=_key("rule", at),
        )
        return _due(case, at)

    def complete(self, ref: str, *, unit: str, text: str, at: datetime) -> None:
        """Answer for a unit, where it still has its part."""
        item = self._open_item(ref, unit)
        if item is None:
            return
        complete_item(
            ref,
            item,
            outcome="answer",
            result={"answer": text, "result": "done"},
            actor=self._handler(unit),
            at=at,
            key=_key(f"complete:{unit}", at),
        )

    def ask(self, ref: str, *, verdict: Verdict, at: datetime) -> datetime | None:
        """Ask the resident; returns the new due time where it is not solved."""
        case = record_follow_up(
            ref,
            solved=verdict.solved,
            satisfied=verdict.satisfied,
            contacted=verdict.solved != "unreachable",
            comment=verdict.comment,
            actor=self._staff.other_clerk,
            at=at,
            key=_key("ask", at),
        )
        return _due(case, at) if case.status == Case.Status.OPEN else None

    def hear(self, ref: str, *, verdict: Verdict, at: datetime) -> datetime | None:
        """Take the resident's own word; returns the new due time where the case reopens."""
        if verdict.solved == "unreachable":
            return None
        try:
            case = record_feedback(
                ref,
                solved=verdict.solved,
                satisfied=verdict.satisfied,
                contacted=True,
                comment=verdict.comment,
                at=at,
                key=_key("hear", at),
            )
        except TooLate:
            return None
        return _due(case, at) if case.status == Case.Status.OPEN else None

    def urge(self, ref: str, *, text: str, at: datetime) -> None:
        """Urge whoever has the case."""
        urge_case(ref, reason=text, actor=self._staff.supervisor, at=at, key=_key("urge", at))

    def exclude(self, ref: str, *, unit: str, reason: str, text: str, at: datetime) -> None:
        """Propose to leave a case out of the rates, and have the supervisor grant it."""
        item = propose_exclusion(
            ref,
            reason=reason,
            evidence=text,
            actor=self._handler(unit),
            at=at,
            key=_key("propose", at),
        )
        if item is not None:
            decide_exclusion(
                ref,
                item.pk,
                granted=True,
                reason=text,
                actor=self._staff.supervisor,
                at=at,
                key=_key("decide", at),
            )

    def _handler(self, unit: str) -> Actor:
        return self._staff.handlers[unit]

    def _open_item(self, ref: str, unit: str) -> int | None:
        """Return the unit's open part of the case, None where it has none any more."""
        for item in items_of(case_for(SYSTEM_ACTOR, ref)):
            is_open = item.state == "open" and item.kind == "main"
            if is_open and item.unit is not None and item.unit.code == unit:
                return item.pk
        return None


def _key(act: str, at: datetime) -> str:
    """Name a command: the same act at the same moment is the same command."""
    return f"town:{act}:{at.isoformat()}"


def _due(case: Case, at: datetime) -> datetime:
    return case.due_at or at + NO_LIMIT
