"""What units do with the work they were handed, and what happens when they object to it."""

from collections.abc import Mapping
from datetime import datetime

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require
from linli.domain.cases.errors import (
    CaseIsElsewhere,
    NobodyNamed,
    NoSuchOutcome,
    PartsAreOpen,
    SamePerson,
    TooLate,
)
from linli.domain.cases.events import (
    CaseContacted,
    CaseReturned,
    ItemCompleted,
    ObjectionRuled,
)
from linli.domain.cases.models import Case, CaseEvent, WorkItem
from linli.domain.cases.rules.closing import may_return_again, return_until
from linli.domain.cases.rules.flow import Move, move_after, plain_ways
from linli.domain.cases.selectors.reckoning import calendar_for
from linli.domain.cases.selectors.working import act_for
from linli.domain.cases.services.dispatch import (
    check_duty,
    hand_over,
    handlers,
    require_unshielded,
)
from linli.domain.cases.services.keeping import command, keep
from linli.domain.cases.services.moving import (
    follow,
    last_handlers,
    leave_to_others,
    open_parts,
    views,
)
from linli.domain.cases.services.part_answers import reckoned
from linli.domain.cases.services.recusing import require_unrecused
from linli.domain.cases.services.running import CONTACT_CLOCK, stop_clocks
from linli.domain.cases.services.steps import (
    Json,
    answered,
    close_item,
    definition_of,
    is_repeat,
    item_of,
    known_of,
    lock_case,
    lock_for,
    open_items,
    require_needs,
    require_stage,
    require_way,
    require_words,
    require_working,
    stage_def,
    write,
)
from linli.domain.cases.services.told_moments import CONTACTED, moment_of_contact, moment_told
from linli.domain.catalogue.selectors import OutcomeDef, StageDef
from linli.domain.organisations.selectors import unit_by_code
from linli.kernel.errors import NotPermitted
from linli.kernel.moments import end_text


@command
def complete_item(
    ref: str,
    item_id: int,
    *,
    outcome: str,
    reason: str = "",
    result: Mapping[str, Json] | None = None,
    actor: Actor,
    at: datetime,
    key: str,
) -> Case:
    """Finish a unit's or a role's work with an outcome of its stage that takes only its form.

    The case moves if the join is met. Records ItemCompleted, and what follows from the move.
    Raises NotFound, NotPermitted, ItemIsDone, NoSuchOutcome, ReasonMissing, SamePerson,
    Recused, NobodyNamed, NoSuchMoment, PartUnanswered, WeightsUneven, Rejected for what the form
    refuses.
    """
    case = lock_case(ref)
    act = _act_of(case, item_id)
    require(actor, act, case)
    if is_repeat(case, key):
        return case
    item = item_of(case, item_id)
    stage = stage_def(case)
    _require_mine(case, item, actor, act=act)
    way = _plain_way(case, stage, outcome)
    reason, kept = _said(case, stage, way, reason=reason, given=result or {})
    require_second_person(case, stage, actor)
    since = moment_told(case, kept.get(way.marked_on or ""), at, field=way.marked_on or "")
    facts = known_of(case) | kept
    working = open_items(case)
    move = move_after(stage, views(working), done=item.pk, outcome=outcome, facts=facts)
    if move is not None:
        _require_ready(case, stage, move)
    close_item(item, outcome=outcome, reason=reason, result=kept, actor=actor, at=at)
    unit = item.unit.code if item.unit else ""
    fact = ItemCompleted(case.public_id, item.pk, stage.key, outcome, unit)
    write(case, fact, actor=actor, at=at, key=key, item=item)
    if move is None:
        _wait(case, stage, item, len(working) - 1, actor, at)
        return case
    if not move.is_back:
        _note_answer(case, stage, at, told=kept.get(CONTACTED))
    follow(case, move, actor=actor, at=at, outcome=outcome, since=since)
    return case


@command
def record_contact(
    ref: str, *, contacted_at: datetime | None = None, actor: Actor, at: datetime, key: str
) -> Case:
    """Note that the unit has spoken to the resident; stops the first-contact clock.

    Parameters
    ----------
    contacted_at : when it spoke; None for now.

    Records CaseContacted, once a case. Raises NotFound, NotPermitted, NoSuchMoment.
    """
    case = lock_for(ref, act="case.handle", actor=actor)
    if is_repeat(case, key) or case.contacted_at is not None:
        return case
    require_working(case, actor, "case.handle")
    _contact(case, moment_of_contact(case, contacted_at, at))
    unit = case.lead_unit.code if case.lead_unit else ""
    write(case, CaseContacted(case.public_id, unit), actor=actor, at=at, key=key)
    return case


@command
def return_item(
    ref: str, item_id: int, *, reason: str, actor: Actor, at: datetime, key: str
) -> Case:
    """Object to a dispatch within its window, with a reason; a supervisor rules.

    A co-unit's return ends its own part alone. Records CaseReturned. Raises NotFound,
    NotPermitted, ItemIsDone, ReasonMissing, TooLate, NotPermitted after a ruling.
    """
    case = lock_for(ref, act="case.return", actor=actor)
    if is_repeat(case, key):
        return case
    item = item_of(case, item_id)
    stage = require_way(case, "return")
    _require_mine(case, item, actor, act="case.return")
    require_words(reason)
    _require_window(case, item, at)
    move = move_after(
        stage, views(open_items(case)), done=item.pk, outcome="return", facts=known_of(case)
    )
    close_item(item, outcome="return", reason=reason, result={}, actor=actor, at=at)
    unit = item.unit.code if item.unit else ""
    fact = CaseReturned(case.public_id, unit, reason)
    write(case, fact, actor=actor, at=at, key=key, item=item)
    if move is not None:
        case.bounces += 1
        keep(case, "bounces")
        follow(case, move, actor=actor, at=at, outcome="return")
    elif not open_items(case):
        _go_on_without(case, stage, actor=actor, at=at)
    else:
        leave_to_others(case, item, at=at)
    return case


def _wait(
    case: Case, stage: StageDef, done: WorkItem, others: int, by: Actor, at: datetime
) -> None:
    """Leave the case to those who still work; where nobody does, go on as its lead has answered."""
    if others:
        leave_to_others(case, done, at=at)
    else:
        _go_on_without(case, stage, actor=by, at=at)


def _go_on_without(case: Case, stage: StageDef, *, actor: Actor, at: datetime) -> None:
    """Let the case go on as its lead has answered, now that nobody else is waited for."""
    done = WorkItem.objects.filter(case=case, stage=stage.key, round=case.round, state="done")
    answered_by_lead = done.filter(kind="main", is_lead=True).order_by("-closed_at").first()
    way = stage.way(answered_by_lead.outcome) if answered_by_lead else None
    if answered_by_lead is not None and way is not None:
        _note_answer(case, stage, at)
        move = Move(way.target(known_of(case)), False, ())
        follow(case, move, actor=actor, at=at, outcome=answered_by_lead.outcome)


@command
def rule_objection(
    ref: str,
    *,
    outcome: str,
    reason: str,
    to: str = "",
    result: Mapping[str, Json] | None = None,
    actor: Actor,
    at: datetime,
    key: str,
) -> Case:
    """Rule on an objection: uphold it (back to dispatch) or reject it (the unit keeps the case).

    With `to` the ruling itself names the unit; it may not return the case again. `reason` is the
    ruling; `result` holds whatever else the stage's form asks. Records ObjectionRuled. Raises
    NotFound, NotPermitted, CaseIsElsewhere, NoSuchOutcome, ReasonMissing, AgainstTheDutyList,
    Rejected for what the form refuses.
    """
    case = lock_for(ref, act="case.review_objection", actor=actor)
    if is_repeat(case, key):
        return case
    standard = definition_of(case)
    stage = require_stage(case, standard.leads_to("return"))
    require_words(reason)
    if stage.way(outcome) is None:
        raise NoSuchOutcome(outcome, stage.title)
    reason, kept = answered(case, stage, result or {}, words=reason, fills="ruling")
    item = open_items(case)[0]
    move = move_after(stage, views([item]), done=item.pk, outcome=outcome, facts=known_of(case))
    close_item(item, outcome=outcome, reason=reason, result={**kept, "to": to}, actor=actor, at=at)
    fact = ObjectionRuled(case.public_id, outcome, to, reason)
    write(case, fact, actor=actor, at=at, key=key, item=item)
    if to:
        lead = unit_by_code(to)
        check_duty(case, [lead], at)
        require_unshielded(case, [lead])
        hand_over(case, lead, [])
        ruled = Move(standard.leads_to("dispatch"), True, ())
        follow(case, ruled, handlers=handlers(lead, []), actor=actor, at=at, outcome=outcome)
    elif move is not None:
        follow(case, move, actor=actor, at=at, outcome=outcome)
    return case


def require_second_person(case: Case, stage: StageDef, actor: Actor) -> None:
    """Raise SamePerson where the stage wants somebody who had no hand in the round so far."""
    if not stage.second_person or actor.user_id is None:
        return
    done = WorkItem.objects.filter(case=case, kind="main", state="done", round=case.round)
    if done.exclude(stage=stage.key).filter(closed_by=actor.user_id).exists():
        raise SamePerson


def _plain_way(case: Case, stage: StageDef, outcome: str) -> OutcomeDef:
    """The way that takes the stage's form and nothing more. Raises NoSuchOutcome."""
    ways = plain_ways(definition_of(case), stage)
    way = next((way for way in ways if way.code == outcome), None)
    if way is None:
        raise NoSuchOutcome(outcome, stage.title)
    return way


def _said(
    case: Case, stage: StageDef, way: OutcomeDef, *, reason: str, given: Mapping[str, Json]
) -> tuple[str, dict[str, Json]]:
    """Return the words and the answers with which a way is taken, and what is reckoned for it."""
    reason, kept = answered(case, stage, given, words=reason, fills="answer")
    require_needs(case, way, {**kept, "answer": reason})
    if way.needs_reason:
        require_words(reason)
    return reason, kept | (reckoned(case, stage) if way.decide else {})


def _act_of(case: Case, item_id: int) -> str:
    """The act that working on an item needs; on one that the case does not have, looking."""
    found = WorkItem.objects.filter(case=case, pk=item_id).values_list("role", "unit_id").first()
    return act_for(found[0], by_units=found[1] is not None) if found else "case.view"


def _require_ready(case: Case, stage: StageDef, move: Move) -> None:
    """Raise PartsAreOpen where the stage waits for its parts; NobodyNamed as below."""
    parts = stage.parts
    waits = parts is not None and not move.is_back and (parts.join == "all" or move.closes)
    if waits and (blocking := open_parts(case)):
        raise PartsAreOpen(blocking)
    if move.closes:
        return
    target = stage_def(case, move.to)
    # Units are to have the next stage, and none ever had one.
    if target.each == "units" and not last_handlers(case, target):
        raise NobodyNamed(target.title, target.title_en)


def _require_mine(case: Case, item: WorkItem, actor: Actor, *, act: str) -> None:
    """Only main work may be done so; a unit's only by who handles for it, a role's by its act.

    Never by whoever withdrew from the case.
    """
    require_unrecused(case, actor)
    if item.kind != WorkItem.Kind.MAIN:
        stage = stage_def(case)
        raise CaseIsElsewhere(case.number, stage.title, stage.title_en)
    is_of_role = item.unit_id is None and act == act_for(item.role, by_units=False)
    if actor.is_system or is_of_role or item.unit_id in actor.units_for(act):
        return
    raise NotPermitted(
        "这一步由其他单位承办，您可以查看但不能代办。",
        "Another unit has this step; you may look at it but not act on it.",
    )


def _require_window(case: Case, item: WorkItem, at: datetime) -> None:
    standard = definition_of(case)
    days = calendar_for(case, at)
    rulings = CaseEvent.objects.filter(case=case, activity=ObjectionRuled.name)
    if not may_return_again(standard, is_ruled=rulings.filter(at__lte=item.opened_at).exists()):
        stage = stage_def(case)
        raise NotPermitted(
            f"该工单已经裁定由贵单位办理，不能再次退回（环节：{stage.title}）。",
            "A ruling has fixed your unit as the handler; the case cannot be returned again.",
        )
    until = return_until(standard, item.opened_at, days)
    if until is not None and at > until:
        raise TooLate("退单", "returning a case", end_text(days.local(until)))


def _note_answer(case: Case, stage: StageDef, at: datetime, *, told: Json = None) -> None:
    if stage.each != "units":
        return
    case.answered_at = at
    keep(case, "answered_at")
    said = datetime.fromisoformat(told) if isinstance(told, str) else None
    contacted_at = moment_of_contact(case, said, at)
    if case.contacted_at is None or said is not None:
        _contact(case, contacted_at)


def _contact(case: Case, at: datetime) -> None:
    case.contacted_at = at
    keep(case, "contacted_at")
    stop_clocks(case.clocks.filter(kind=CONTACT_CLOCK, is_running=True), at=at)
