"""Handing a case to whom it belongs, or telling the resident which door is the right one."""

from collections.abc import Sequence
from datetime import datetime

from linli.domain.access.selectors import Actor
from linli.domain.cases.errors import AgainstTheDutyList, AgainstTheShield
from linli.domain.cases.events import CaseDispatched, ItemCompleted
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.rules.flow import move_after
from linli.domain.cases.services.keeping import command, keep
from linli.domain.cases.services.moving import Handler, close, follow, views
from linli.domain.cases.services.steps import (
    close_item,
    definition_of,
    is_repeat,
    known_of,
    lock_for,
    open_items,
    require_listed,
    require_role_way,
    require_way,
    require_words,
    stage_def,
    write,
)
from linli.domain.organisations.selectors import (
    Unit,
    duty_for,
    first_refusal,
    house_of,
    units_by_codes,
)


@command
def dispatch_case(
    ref: str,
    *,
    to: str,
    co_units: Sequence[str] = (),
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: str,
) -> Case:
    """Hand a case to its lead unit and those that help. Records CaseDispatched.

    Parameters
    ----------
    ref : public id or number of the case.
    to, co_units : codes of units.

    Raises NotFound, NotPermitted, CaseIsElsewhere, AgainstTheDutyList.
    """
    case = lock_for(ref, act="case.dispatch", actor=actor)
    if is_repeat(case, key):
        return case
    require_way(case, "dispatch")
    lead, *helpers = units_by_codes(list(dict.fromkeys([to, *co_units])))
    check_duty(case, [lead, *helpers], at)
    _send(case, lead, helpers, reason, actor=actor, at=at, key=key)
    return case


@command
def dispatch_by_list(ref: str, *, actor: Actor, at: datetime, key: str) -> Case | None:
    """Hand a case to the unit that leads by the duty list. Records CaseDispatched.

    Returns None, and nothing is changed, where no entry counts: a person has to choose.
    Raises NotFound, NotPermitted, CaseIsElsewhere, AgainstTheShield.
    """
    case = lock_for(ref, act="case.dispatch", actor=actor)
    if is_repeat(case, key):
        return case
    require_way(case, "dispatch")
    match = duty_for(case.matter.code, case.area_path, at=at)
    if match is None:
        return None
    _send(case, match.lead, [], "", actor=actor, at=at, key=key)
    return case


def _send(
    case: Case,
    lead: Unit,
    helpers: Sequence[Unit],
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: str,
) -> None:
    """Close the stage by dispatch and open the next with whoever gets the case."""
    require_unshielded(case, [lead, *helpers])
    stage, item = stage_def(case), open_items(case)[0]
    move = move_after(stage, views([item]), done=item.pk, outcome="dispatch", facts=known_of(case))
    told = {"to": lead.code}
    close_item(item, outcome="dispatch", reason=reason, result=told, actor=actor, at=at)
    hand_over(case, lead, helpers)
    fact = CaseDispatched(case.public_id, lead.code, [u.code for u in helpers], reason)
    write(case, fact, actor=actor, at=at, key=key, item=item, unit=lead)
    if move is not None:
        follow(case, move, handlers=handlers(lead, helpers), actor=actor, at=at, outcome="dispatch")


@command
def close_by_route(
    ref: str, *, route: str, reason: str = "", actor: Actor, at: datetime, key: str
) -> Case:
    """Close a case that is not to be dispatched, by one of the standard's routes.

    Records ItemCompleted, CaseClosed. Raises NotFound, NotPermitted, CaseIsElsewhere, Rejected.
    """
    case = lock_for(ref, act="case.triage", actor=actor)
    if is_repeat(case, key):
        return case
    require_way(case, "route")
    listed = definition_of(case).routes
    require_listed(route, listed, zh="不派单情形", en="routes", field="route")
    item = open_items(case)[0]
    _complete_triage(case, item, "route", reason=reason, actor=actor, at=at, key=key)
    close(case, outcome="route", route=route, actor=actor, at=at)
    return case


@command
def answer_directly(ref: str, *, answer: str, actor: Actor, at: datetime, key: str) -> Case:
    """Answer at the desk, without dispatch; the resident is then asked back.

    Records ItemCompleted. Raises NotFound, NotPermitted, CaseIsElsewhere, ReasonMissing.
    """
    case = lock_for(ref, act="case.triage", actor=actor)
    if is_repeat(case, key):
        return case
    stage = require_role_way(case, "answer")
    require_words(answer)
    item = open_items(case)[0]
    move = move_after(stage, views([item]), done=item.pk, outcome="answer", facts=known_of(case))
    _complete_triage(case, item, "answer", reason=answer, actor=actor, at=at, key=key)
    case.answered_at = case.contacted_at = at
    keep(case, "answered_at", "contacted_at")
    if move is not None:
        follow(case, move, actor=actor, at=at, outcome="answer")
    return case


def check_duty(case: Case, named: Sequence[Unit], at: datetime) -> None:
    """Raise AgainstTheDutyList unless the duty list lets each unit have this matter here.

    Where the list names whoever is complained about, a person chooses freely among the others.
    """
    refusal = first_refusal(named, matter_code=case.matter.code, area_path=case.area_path, at=at)
    if refusal is None:
        return
    match = duty_for(case.matter.code, case.area_path, at=at) if case.respondent_ids else None
    if match is None or match.lead.pk not in house_of(case.respondent_ids):
        raise AgainstTheDutyList(refusal.zh, refusal.en)


def require_unshielded(case: Case, named: Sequence[Unit]) -> None:
    """Raise AgainstTheShield where a unit is complained about, or is a part of whoever is."""
    shut = house_of(case.respondent_ids)
    for unit in named:
        if unit.pk in shut:
            raise AgainstTheShield(unit.name)


def hand_over(case: Case, lead: Unit, helpers: Sequence[Unit]) -> None:
    """Note on the case who leads, and that these units may see it from now on."""
    case.lead_unit = lead
    case.unit_ids = sorted({*case.unit_ids, lead.pk, *(unit.pk for unit in helpers)})
    keep(case, "lead_unit", "unit_ids")


def handlers(lead: Unit, helpers: Sequence[Unit]) -> list[Handler]:
    """The units as the stage's handlers, lead first."""
    return [Handler(lead.pk, True), *(Handler(unit.pk, False) for unit in helpers)]


def _complete_triage(
    case: Case, item: WorkItem, outcome: str, *, reason: str, actor: Actor, at: datetime, key: str
) -> None:
    close_item(item, outcome=outcome, reason=reason, result={}, actor=actor, at=at)
    fact = ItemCompleted(case.public_id, item.pk, item.stage, outcome, "")
    write(case, fact, actor=actor, at=at, key=key, item=item)
