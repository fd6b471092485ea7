"""Stopping and lengthening clocks, always with a reason, and letting a new calendar count."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.cases.errors import CaseIsElsewhere, TooLate
from linli.domain.cases.events import (
    ClockPaused,
    ClockRecomputed,
    ClockResumed,
    ExtensionDecided,
    ExtensionRequested,
)
from linli.domain.cases.models import Case, Clock, WorkItem
from linli.domain.cases.rules.clocks import is_overdue
from linli.domain.cases.rules.extending import most_extra, times_used
from linli.domain.cases.rules.sides import EXTENSION
from linli.domain.cases.selectors.reckoning import calendar_of
from linli.domain.cases.services.beside import ask_beside, decide_beside
from linli.domain.cases.services.keeping import command, keep
from linli.domain.cases.services.running import (
    CASE_CLOCK,
    STAGE_CLOCK,
    add_fact,
    clocks_of,
    rederive,
    refresh_due,
)
from linli.domain.cases.services.steps import (
    definition_of,
    is_repeat,
    lock_case,
    lock_for,
    open_items,
    require_listed,
    require_words,
    require_working,
    stage_def,
    write,
)
from linli.domain.catalogue.selectors import ExtendDef
from linli.kernel.errors import Rejected, WrongState
from linli.kernel.moments import end_text
from linli.kernel.units import Limit, LimitUnit


@command
def pause_clock(ref: str, *, reason: str, actor: Actor, at: datetime, key: str) -> Case:
    """Stop the running clocks of a case for one of the standard's pause reasons.

    Records ClockPaused. Raises NotFound, NotPermitted, Rejected for an unlisted reason,
    WrongState where the clock stands already or none runs.
    """
    case = lock_for(ref, act="case.pause", actor=actor)
    if is_repeat(case, key):
        return case
    require_working(case, actor, "case.pause")
    listed = definition_of(case).pause_reasons
    require_listed(reason, listed, zh="停表事由", en="reasons to stop a clock", field="reason")
    running = clocks_of(case)
    if case.held_at is not None or not running:
        raise WrongState("该工单没有正在计时的时限。", "No clock of this case is running.")
    add_fact(case, running, "pause", at=at, reason=reason)
    case.held_at = at
    keep(case, "held_at")
    write(case, ClockPaused(case.public_id, reason), actor=actor, at=at, key=key)
    return case


@command
def resume_clock(ref: str, *, actor: Actor, at: datetime, key: str) -> Case:
    """Let the clocks of a case run on; due times move by the time held. Records ClockResumed.

    Raises NotFound, NotPermitted, WrongState where nothing is held.
    """
    case = lock_for(ref, act="case.pause", actor=actor)
    if is_repeat(case, key):
        return case
    require_working(case, actor, "case.pause")
    if case.held_at is None:
        raise WrongState("该工单没有停表。", "The clocks of this case are not stopped.")
    if case.deferred_at is not None:
        raise WrongState(
            "该工单已经挂账，恢复计时须先复核。请在挂账复核中选择恢复办理。",
            "The case is put off; its clocks run on once it was checked again. Take it up there.",
        )
    running = clocks_of(case)
    add_fact(case, running, "resume", at=at)
    case.held_at = None
    keep(case, "held_at")
    refresh_due(case, running, open_items(case))
    due = case.due_at.isoformat() if case.due_at else ""
    write(case, ClockResumed(case.public_id, due), actor=actor, at=at, key=key)
    return case


@command
def request_extension(
    ref: str,
    *,
    extra: int,
    reason: str,
    item_id: int | None = None,
    actor: Actor,
    at: datetime,
    key: str,
) -> WorkItem | None:
    """Ask for more time, before the limit runs out; opens a side item for the approver.

    Parameters
    ----------
    extra : more of the limit's own unit, ≥ 1, at most what the standard allows.
    item_id : whose limit, where each unit of a stage has its own; None for the actor's own.

    Returns the side item, None for a repeated command. Records ExtensionRequested. Raises
    NotFound, NotPermitted, CaseIsElsewhere, ReasonMissing, TooLate, Rejected.
    """
    case = lock_for(ref, act="case.request_extension", actor=actor)
    if is_repeat(case, key):
        return None
    require_working(case, actor, "case.request_extension")
    terms, clock = _extendable(case, _asking(case, item_id, actor))
    require_words(reason)
    if clock.due_at is not None and is_overdue(clock.due_at, held_at=case.held_at, at=at):
        until = calendar_of(at).local(clock.due_at)
        raise TooLate("申请延期", "asking for an extension", end_text(until))
    _require_allowed(case, terms, clock, extra)
    asked = {"extra": extra} | ({"item": clock.item_id} if clock.item_id else {})
    item = ask_beside(
        case, EXTENSION, terms.approver, reason=reason, result=asked, due_at=clock.due_at,
        actor=actor, at=at,
    )  # fmt: skip
    unit = case.lead_unit.code if case.lead_unit else ""
    fact = ExtensionRequested(case.public_id, extra, unit, reason)
    write(case, fact, actor=actor, at=at, key=key, item=item)
    return item


@command
def decide_extension(
    ref: str, item_id: int, *, granted: bool, reason: str, actor: Actor, at: datetime, key: str
) -> Case:
    """Grant or refuse more time. Records ExtensionDecided.

    Raises NotFound, NotPermitted, ItemIsDone, ReasonMissing, SamePerson.
    """
    case = lock_for(ref, act="case.approve_extension", actor=actor)
    if is_repeat(case, key):
        return case
    item = decide_beside(
        case, item_id, stage=EXTENSION, granted=granted, reason=reason, actor=actor, at=at
    )
    extra = int(item.result.get("extra", 0))
    if granted:
        running = clocks_of(case)
        asked = item.result.get("item")
        kind = CASE_CLOCK if asked is None else STAGE_CLOCK
        meant = [clock for clock in running if (clock.kind, clock.item_id) == (kind, asked)]
        add_fact(case, meant, "extend", at=at, reason=reason, extra=extra)
        refresh_due(case, running, open_items(case))
    fact = ExtensionDecided(case.public_id, granted, extra, reason)
    write(case, fact, actor=actor, at=at, key=key, item=item)
    return case


def recompute_clocks(*, at: datetime) -> int:
    """Derive every running clock anew, after a calendar was published; returns how many moved.

    One transaction a case, so that it can be stopped and run again. Records ClockRecomputed
    for each case whose due time changed: nothing moves silently.
    """
    return sum(_recompute(ref, at) for ref in _refs_with_clocks())


def _refs_with_clocks() -> Iterator[str]:
    rows = Case.objects.filter(clocks__is_running=True).order_by("pk").distinct()
    yield from rows.values_list("public_id", flat=True).iterator(chunk_size=500)


@transaction.atomic
def _recompute(ref: str, at: datetime) -> bool:
    case = lock_case(ref)
    running = clocks_of(case)
    before = case.due_at
    if not any([rederive(clock, at) for clock in running]):
        return False
    refresh_due(case, running, open_items(case))
    fact = ClockRecomputed(case.public_id, _iso(before), _iso(case.due_at))
    write(case, fact, actor=SYSTEM_ACTOR, at=at)
    return True


def _asking(case: Case, item_id: int | None, actor: Actor) -> int | None:
    """The open item whose limit is meant: the one named, the actor's own, else the lead's."""
    items = open_items(case)
    if item_id is not None:
        return next((item.pk for item in items if item.pk == item_id), None)
    units = actor.units_for("case.request_extension")
    own = next((item.pk for item in items if item.unit_id in units), None)
    return own if own is not None else next((item.pk for item in items), None)


def _extendable(case: Case, item_id: int | None) -> tuple[ExtendDef, Clock]:
    stage = stage_def(case)
    if stage.own_limit is None:
        clock = next((c for c in clocks_of(case) if c.kind == CASE_CLOCK), None)
    else:
        own = (c for c in clocks_of(case) if c.kind == STAGE_CLOCK and c.item_id == item_id)
        clock = next(own, None)
    if stage.extend is None or clock is None:
        raise CaseIsElsewhere(case.number, stage.title, stage.title_en)
    return stage.extend, clock


def _require_allowed(case: Case, terms: ExtendDef, clock: Clock, extra: int) -> None:
    asked = WorkItem.objects.filter(case=case, stage=EXTENSION, kind="side")
    if clock.item_id is not None:
        asked = asked.filter(result__item=clock.item_id)
    if times_used(asked, case_round=case.round) >= int(terms.times.value):
        raise WrongState(
            f"本环节最多延期 {int(terms.times.value)} 次，已经用完。",
            f"This stage may be extended {int(terms.times.value)} time(s); that is used up.",
        )
    most = most_extra(Limit(clock.limit_value, LimitUnit(clock.limit_unit)), terms).value
    if not 1 <= extra <= most:
        raise Rejected(
            f"延期时长须为 1 至 {most}（单位与原时限相同）。",
            f"An extension must be 1 to {most}, in the unit of the original limit.",
            field="extra",
        )


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
