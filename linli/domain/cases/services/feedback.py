"""Whether it is solved: asked by a clerk or said by the resident. Not solved goes back to work."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.db import transaction

from linli.domain.access.selectors import RESIDENT_ACTOR, Actor
from linli.domain.access.services import require
from linli.domain.cases.errors import TooLate
from linli.domain.cases.events import CaseReopened, FeedbackRecorded, PartReopened
from linli.domain.cases.models import Case, Feedback, Link, WorkItem
from linli.domain.cases.rules.closing import reopen_until
from linli.domain.cases.rules.flow import Move, move_after, next_round
from linli.domain.cases.selectors.merging import main_case_of
from linli.domain.cases.selectors.reckoning import calendar_of
from linli.domain.cases.services.finals import ended_for_good, require_not_final
from linli.domain.cases.services.handling import require_second_person
from linli.domain.cases.services.keeping import command, keep
from linli.domain.cases.services.moving import destination, enter, follow, views
from linli.domain.cases.services.steps import (
    close_item,
    definition_of,
    is_repeat,
    known_of,
    lock_for,
    open_items,
    require_open_words,
    require_said,
    require_way,
    write,
)
from linli.domain.cases.services.wholes import lock_upwards
from linli.kernel.errors import WrongState
from linli.kernel.moments import end_text
from linli.methods.normalise import clean

Solved = Literal["solved", "partly", "unsolved", "unreachable"]
UNSOLVED, UNREACHABLE = "unsolved", "unreachable"
Satisfied = Literal["satisfied", "basic", "dissatisfied", "no_comment"]


@command
def record_follow_up(
    ref: str,
    *,
    solved: Solved,
    satisfied: Satisfied,
    contacted: bool | None = None,
    comment: str = "",
    actor: Actor,
    at: datetime,
    key: str,
) -> Case:
    """Note what the resident said when asked; not solved goes back to the handler.

    Nobody was reached where `solved` is unreachable. Records FeedbackRecorded and what follows.
    Raises NotFound, NotPermitted, CaseIsElsewhere, SamePerson, Rejected for what the form refuses.
    """
    case = lock_for(ref, act="case.follow_up", actor=actor)
    if is_repeat(case, key):
        return case
    stage = require_way(case, solved)
    require_second_person(case, stage, actor)
    if solved == UNREACHABLE and contacted is None:
        contacted = False
    said = {"contacted": contacted, "comment": comment}
    if solved != UNREACHABLE:
        said |= {"solved": solved, "satisfied": satisfied}
    require_said(case, stage, said)
    _keep(case, solved, satisfied, contacted, comment, by="clerk", at=at)
    fact = FeedbackRecorded(case.public_id, solved, satisfied, "clerk")
    write(case, fact, actor=actor, at=at, key=key)
    _leave_follow_up(case, solved, comment, actor, at)
    return case


@transaction.atomic
def record_feedback(
    ref: str,
    *,
    solved: Literal["solved", "partly", "unsolved"],
    satisfied: Satisfied,
    contacted: bool | None = None,
    comment: str = "",
    at: datetime,
    key: str,
) -> Case:
    """Take the resident's own word; "not solved" reaches the handler, also after closing.

    The caller has proved by the receipt code that it is the resident. Records FeedbackRecorded,
    CaseReopened, also for the wholes that it is a part of. Raises NotFound, CaseIsElsewhere while
    work goes on, TooLate after the window.
    """
    case, wholes = lock_upwards(ref)
    if is_repeat(case, key):
        return case
    _require_answered(case, at)
    _keep(case, solved, satisfied, contacted, comment, by="resident", at=at)
    fact = FeedbackRecorded(case.public_id, solved, satisfied, "resident")
    write(case, fact, actor=RESIDENT_ACTOR, at=at, key=key)
    if case.status == Case.Status.OPEN:
        _leave_follow_up(case, solved, comment, RESIDENT_ACTOR, at)
    elif solved == UNSOLVED and ended_for_good(case) is None:
        _reopen(case, comment, actor=RESIDENT_ACTOR, at=at)
        _reopen_wholes(case, wholes, actor=RESIDENT_ACTOR, at=at)
    return case


@transaction.atomic
def reopen_case(ref: str, *, reason: str, actor: Actor, at: datetime, key: str) -> Case:
    """Open a closed case again, at the wish of the resident on the phone. Records CaseReopened.

    A closed whole that it is a part of opens with it. Raises NotFound, NotPermitted, WrongState,
    MatterIsFinal, TooLate.
    """
    case, wholes = lock_upwards(ref)
    require(actor, "case.follow_up", case)
    if is_repeat(case, key):
        return case
    if case.status != Case.Status.CLOSED:
        raise WrongState("该工单仍在办理中。", "The case is still open.")
    require_not_final(case)
    _require_answered(case, at)
    _reopen(case, reason, actor=actor, at=at, key=key)
    _reopen_wholes(case, wholes, actor=actor, at=at)
    return case


def _require_answered(case: Case, at: datetime) -> None:
    if case.status == Case.Status.OPEN:
        require_way(case, UNSOLVED)
        return
    days = calendar_of(at)
    answered = main_case_of(case) or case  # a merged one is answered when the other is
    until = reopen_until(definition_of(case), answered.closed_at or at, days)
    if until is not None and at > until:
        raise TooLate("评价或要求重办", "rating or reopening", end_text(days.local(until)))


def _leave_follow_up(case: Case, solved: Solved, comment: str, actor: Actor, at: datetime) -> None:
    stage = require_way(case, solved)
    item = open_items(case)[0]
    move = move_after(stage, views([item]), done=item.pk, outcome=solved, facts=known_of(case))
    close_item(item, outcome=solved, reason=comment, result={}, actor=actor, at=at)
    if move is None:
        return
    if move.is_back:
        move = _to_who_answered(case, move)
        case.answered_at = None
        keep(case, "answered_at")
    follow(case, move, actor=actor, at=at, outcome=solved)
    if move.is_back:
        fact = CaseReopened(case.public_id, case.round, comment)
        write(case, fact, actor=actor, at=at)


def _reopen(case: Case, reason: str, *, actor: Actor, at: datetime, key: str = "") -> None:
    standard = definition_of(case)
    to = standard.reopen.to if standard.reopen else standard.leads_to("dispatch")
    move = _to_who_answered(case, Move(to, True, ()))
    visited = frozenset(WorkItem.objects.filter(case=case).values_list("stage", flat=True))
    case.round = next_round(case.round, move, visited=visited)
    case.status, case.outcome, case.route = Case.Status.OPEN, "", ""
    case.closed_at = case.answered_at = None
    case.save(update_fields=["status", "outcome", "route", "closed_at", "answered_at"])
    Link.objects.filter(case=case, kind=Link.Kind.DUPLICATE).delete()  # it has a way of its own
    target, handlers = destination(case, move.to)
    enter(case, target, handlers=handlers, actor=actor, at=at)
    fact = CaseReopened(case.public_id, case.round, reason)
    write(case, fact, actor=actor, at=at, key=key)


def _reopen_wholes(part: Case, wholes: Sequence[Case], *, actor: Actor, at: datetime) -> None:
    """Open every closed whole again: it cannot have ended before its part."""
    for whole in wholes:
        if whole.status == Case.Status.CLOSED:
            fact = PartReopened(whole.public_id, part.public_id, part.number)
            write(whole, fact, actor=actor, at=at)
            _reopen(whole, "", actor=actor, at=at)
        part = whole


def _to_who_answered(case: Case, move: Move) -> Move:
    """Send it to the unit that had it; where the desk itself answered, back to the desk."""
    handled = WorkItem.objects.filter(case=case, stage=move.to, kind="main").exists()
    return move if handled else Move(definition_of(case).first_stage.key, True, move.cancels)


def _keep(
    case: Case,
    solved: Solved,
    satisfied: Satisfied,
    contacted: bool | None,
    comment: str,
    *,
    by: str,
    at: datetime,
) -> None:
    require_open_words(comment)
    Feedback.objects.create(
        case=case,
        round=case.round,
        contacted=contacted,
        solved=solved,
        satisfied=satisfied,
        comment=clean(comment),
        by=by,
        given_at=at,
    )
