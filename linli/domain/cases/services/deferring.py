"""Putting off what is real but blocked for now (挂账): asked, agreed, checked again, taken up.

Serves: R020 R108.
"""

from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.cases.errors import CaseIsElsewhere
from linli.domain.cases.events import DeferralDecided, DeferralRechecked, DeferralRequested
from linli.domain.cases.models import Case, Timer, WorkItem
from linli.domain.cases.rules.sides import DEFERRAL, DEFERRED
from linli.domain.cases.selectors.reckoning import calendar_of
from linli.domain.cases.services.beside import ask_beside, decide_beside, require_approver
from linli.domain.cases.services.running import (
    RECHECK_CLOCK,
    add_fact,
    clocks_of,
    new_clock,
    refresh_due,
    stop_clocks,
)
from linli.domain.cases.services.steps import (
    close_item,
    definition_of,
    is_repeat,
    lock_for,
    open_items,
    require_listed,
    require_open_words,
    require_words,
    require_working,
    side_item_of,
    stage_def,
    write,
)
from linli.domain.catalogue.selectors import DeferDef
from linli.kernel.errors import WrongState


@transaction.atomic
def request_deferral(
    ref: str, *, why: str, reason: str, actor: Actor, at: datetime, key: str
) -> WorkItem | None:
    """Ask to put off a case that is blocked for now, for one of the standard's reasons.

    Returns the side item for the approver, None for a repeated command. Records
    DeferralRequested. Raises NotFound, NotPermitted, CaseIsElsewhere where the standard knows no
    deferral, Rejected, ReasonMissing, WrongState where one waits or holds.
    """
    case = lock_for(ref, act="case.request_extension", actor=actor)
    if is_repeat(case, key):
        return None
    require_working(case, actor, "case.request_extension")
    terms = _terms(case)
    require_listed(why, terms.reasons, zh="挂账事由", en="reasons to put off", field="why")
    require_words(reason)
    require_open_words(reason)
    waiting = WorkItem.objects.filter(case=case, stage__in=[DEFERRAL, DEFERRED], state="open")
    if case.status == Case.Status.CLOSED or waiting.exists():
        raise WrongState(
            "该工单已挂账、正在审核挂账或已办结。", "The case is put off already, or is closed."
        )
    item = ask_beside(
        case, DEFERRAL, terms.approver, reason=reason, result={"why": why}, due_at=case.due_at,
        actor=actor, at=at,
    )  # fmt: skip
    unit = case.lead_unit.code if case.lead_unit else ""
    fact = DeferralRequested(case.public_id, why, unit, reason)
    write(case, fact, actor=actor, at=at, key=key, item=item)
    return item


@transaction.atomic
def decide_deferral(
    ref: str, item_id: int, *, granted: bool, reason: str, actor: Actor, at: datetime, key: str
) -> Case:
    """Let a case be put off, or not. Its clocks stand from now on; it is no solved case.

    Records DeferralDecided. Raises NotFound, NotPermitted, ItemIsDone, ReasonMissing, SamePerson.
    """
    case = lock_for(ref, act="case.approve_extension", actor=actor)
    if is_repeat(case, key):
        return case
    item = decide_beside(
        case, item_id, stage=DEFERRAL, granted=granted, reason=reason, actor=actor, at=at
    )
    recheck = _put_off(case, _terms(case), actor=actor, at=at) if granted else ""
    fact = DeferralDecided(case.public_id, granted, recheck, reason)
    write(case, fact, actor=actor, at=at, key=key, item=item)
    return case


@transaction.atomic
def recheck_deferral(
    ref: str, item_id: int, *, keep: bool, reason: str, actor: Actor, at: datetime, key: str
) -> Case:
    """Check again what was put off: keep it so for another term, or take it up.

    Records DeferralRechecked. Raises NotFound, NotPermitted, ItemIsDone, ReasonMissing.
    """
    case = lock_for(ref, act="case.approve_extension", actor=actor)
    if is_repeat(case, key):
        return case
    item = side_item_of(case, item_id, stage=DEFERRED)
    require_approver(item, actor)
    require_words(reason)
    outcome = "kept" if keep else "taken_up"
    close_item(item, outcome=outcome, reason=reason, result=item.result, actor=actor, at=at)
    stop_clocks(case.clocks.filter(kind=RECHECK_CLOCK, is_running=True), at=at)
    recheck = _put_off(case, _terms(case), actor=actor, at=at) if keep else _take_up(case, at)
    fact = DeferralRechecked(case.public_id, recheck, reason)
    write(case, fact, actor=actor, at=at, key=key, item=item)
    return case


def _terms(case: Case) -> DeferDef:
    terms = definition_of(case).defer
    if terms is None:
        stage = stage_def(case)
        raise CaseIsElsewhere(case.number, stage.title, stage.title_en)
    return terms


def _put_off(case: Case, terms: DeferDef, *, actor: Actor, at: datetime) -> str:
    """Let the clocks stand and set the day of the next check; returns it, ISO."""
    if case.held_at is None:
        add_fact(case, clocks_of(case), "pause", at=at, reason=DEFERRED)
        case.held_at = at
    case.deferred_at = case.deferred_at or at
    case.save(update_fields=["held_at", "deferred_at"])
    item = ask_beside(
        case, DEFERRED, terms.approver, reason="", result={},
        due_at=calendar_of(at).add(at, terms.recheck.limit).at, actor=actor, at=at,
    )  # fmt: skip
    clock = new_clock(case, RECHECK_CLOCK, terms.recheck, item=item, starts_at=at)
    Timer.objects.create(clock=clock, item=item, do="remind", share=1.0, fire_at=clock.due_at)
    return item.due_at.isoformat() if item.due_at else ""


def _take_up(case: Case, at: datetime) -> str:
    running = clocks_of(case)
    add_fact(case, running, "resume", at=at)
    case.held_at = case.deferred_at = None
    case.save(update_fields=["held_at", "deferred_at"])
    refresh_due(case, running, open_items(case))
    return ""
