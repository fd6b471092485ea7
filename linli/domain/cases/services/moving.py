"""Carrying a case into a stage, and out of it. Not public: verbs call it under the case's lock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from linli.domain.access import wall
from linli.domain.access.selectors import Actor
from linli.domain.cases.errors import PartsAreOpen
from linli.domain.cases.events import CaseClosed, ClockResumed
from linli.domain.cases.models import Case, Clock, Link, Rendition, Timer, WorkItem
from linli.domain.cases.rules.closing import parts_that_block
from linli.domain.cases.rules.flow import ItemView, Move, next_round
from linli.domain.cases.rules.sides import OF_A_STAGE
from linli.domain.cases.services.keeping import keep
from linli.domain.cases.services.running import (
    CASE_CLOCK,
    RECHECK_CLOCK,
    STAGE_CLOCK,
    add_fact,
    begins_at,
    begun_clock,
    clocks_of,
    refresh_due,
    stop_clocks,
    timers_of,
)
from linli.domain.cases.services.steps import definition_of, open_items, stage_def, write
from linli.domain.cases.services.withdrawing import withdraw_all
from linli.domain.catalogue.selectors import StageDef, clock_limit
from linli.domain.organisations.selectors import house_of


@dataclass(frozen=True)
class Handler:
    """A unit that gets an item of a stage, and whether it leads."""

    unit_id: int
    is_lead: bool


def views(items: Sequence[WorkItem]) -> list[ItemView]:
    """Show items to the rules."""
    return [ItemView(item.pk, item.unit_id, item.is_lead, item.state == "open") for item in items]


def enter(
    case: Case,
    stage: StageDef,
    *,
    handlers: Sequence[Handler],
    actor: Actor,
    at: datetime,
    running: Sequence[Clock] | None = None,
) -> list[WorkItem]:
    """Open the items of a stage, start their clocks, set their timers.

    Parameters
    ----------
    running : the running clocks of the case, from whoever has read them.
    """
    case.stage = stage.key
    chosen = handlers if stage.each == "units" else [_own_handler(case, stage)]
    items = [_new_item(case, stage, handler, actor=actor, at=at) for handler in chosen]
    clocks = list(clocks_of(case) if running is None else running)
    known, timers = len(clocks), []
    for item in items:
        clock = _clock_for(case, stage, item, clocks, at)
        item.due_at = clock.due_at
        timers += timers_of(clock, item, stage, at)
        if all(clock is not one for one in clocks):
            clocks.append(clock)
    WorkItem.objects.bulk_create(items)
    Clock.objects.bulk_create(clocks[known:])
    Timer.objects.bulk_create(timers)
    refresh_due(case, clocks, items, also=("stage", "round", "marks"))
    return items


def follow(
    case: Case,
    move: Move,
    *,
    handlers: Sequence[Handler] = (),
    actor: Actor,
    at: datetime,
    outcome: str,
    since: datetime | None = None,
) -> list[WorkItem]:
    """Carry out a move: cancel what is not needed, stop its clocks, enter or close.

    `since` is when what the way marks came about, where that lies before now.
    """
    # What was asked for the work that ends here, nobody may grant to what comes next.
    needless = Q(pk__in=move.cancels) | Q(kind="side", stage__in=OF_A_STAGE)
    ended = WorkItem.objects.filter(needless, case=case, state="open")
    ended.update(state="cancelled", closed_at=at)
    _end_hold(case, actor=actor, at=at)
    left = stage_def(case)
    way = left.way(outcome)
    if way is not None and way.moment:
        case.marks = {**case.marks, way.moment: (since or at).isoformat()}
    over = {STAGE_CLOCK, RECHECK_CLOCK}
    if left.own_limit is None and not move.is_back:
        over.add(CASE_CLOCK)
    running = clocks_of(case)
    stop_clocks([clock for clock in running if clock.kind in over], at=at)
    if move.closes:
        close(case, outcome=outcome, actor=actor, at=at)
        return []
    visited = frozenset(_stages_of(case)) if move.is_back else frozenset()
    case.round = next_round(case.round, move, visited=visited)
    target, chosen = destination(case, move.to, handlers)
    kept = [clock for clock in running if clock.kind not in over]
    return enter(case, target, handlers=chosen, actor=actor, at=at, running=kept)


def _stages_of(case: Case) -> Iterable[str]:
    return WorkItem.objects.filter(case=case).values_list("stage", flat=True)


def leave_to_others(case: Case, item: WorkItem, *, at: datetime) -> None:
    """Stop the clock of a unit that is done while others still work; theirs say what is due."""
    running = clocks_of(case)
    own = [clock for clock in running if clock.item_id == item.pk]
    if own:
        stop_clocks(own, at=at)
        others = [clock for clock in running if clock.item_id != item.pk]
        refresh_due(case, others, open_items(case))


def _end_hold(case: Case, *, actor: Actor, at: datetime) -> None:
    """Let stopped clocks run on when work moves: whoever comes next has not asked for the stop."""
    if case.held_at is None:
        return
    add_fact(case, clocks_of(case), "resume", at=at)
    case.held_at = case.deferred_at = None
    keep(case, "held_at", "deferred_at")
    write(case, ClockResumed(case.public_id, ""), actor=actor, at=at)


def destination(
    case: Case, stage: str, handlers: Sequence[Handler] = ()
) -> tuple[StageDef, Sequence[Handler]]:
    """Return the stage that a case gets to and who has it: whoever is named, else as last time.

    Where nobody may lead it as last time, it is decided anew at the first stage: helpers alone
    would never move it on.
    """
    target = stage_def(case, stage)
    chosen = handlers or last_handlers(case, target)
    if target.each == "units" and not any(handler.is_lead for handler in chosen):
        return definition_of(case).first_stage, ()
    return target, chosen


def last_handlers(case: Case, stage: StageDef) -> list[Handler]:
    """The units that had the stage last time: who answers again when work comes back.

    Where none had it yet, or the case was handed to another unit since, those that had a stage of
    units last go on with it. Whoever is complained about since is left out.
    """
    if stage.each != "units":
        return []
    joint = [one.key for one in definition_of(case).stages if one.each == "units"]
    found = WorkItem.objects.filter(case=case, stage__in=joint, kind="main", unit__isnull=False)
    rows = list(found.order_by("-id").only("stage", "round", "unit", "is_lead"))
    own = [item for item in rows if item.stage == stage.key]
    led = next((item.unit_id for item in own if item.is_lead), None)
    rows = own if led is not None and led == (case.lead_unit_id or led) else rows
    last = [item for item in rows if item.round == rows[0].round]
    seen: dict[int, Handler] = {}
    for item in sorted(last, key=lambda item: (not item.is_lead, item.pk)):
        if item.unit_id is not None:
            seen.setdefault(item.unit_id, Handler(item.unit_id, item.is_lead))
    shut = house_of(case.respondent_ids)
    return [handler for handler in seen.values() if handler.unit_id not in shut]


def close(case: Case, *, outcome: str, actor: Actor, at: datetime, route: str = "") -> None:
    """End a case: all clocks stop, open side items are cancelled, renditions withdrawn.

    Records CaseClosed.

    Raises PartsAreOpen.
    """
    if blocking := open_parts(case):
        raise PartsAreOpen(blocking)
    stop_clocks(clocks_of(case), at=at)
    WorkItem.objects.filter(case=case, state="open").update(state="cancelled", closed_at=at)
    case.status = Case.Status.CLOSED
    case.stage = "closed"
    case.outcome = outcome
    case.route = route
    case.closed_at = at
    case.due_at = None
    case.held_at = case.deferred_at = None
    ended = ("status", "stage", "outcome", "route", "closed_at")
    keep(case, *ended, "due_at", "held_at", "deferred_at", "marks")
    write(case, CaseClosed(case.public_id, outcome, route), actor=actor, at=at)
    withdraw_all(case, why=Rendition.Why.CASE_CLOSED, actor=actor, at=at)


def open_parts(case: Case) -> list[str]:
    """Return the numbers of the parts of a case that are still open."""
    with wall.wider("parts"):
        parts = Link.objects.filter(other=case, kind=Link.Kind.PART)
        return parts_that_block(dict(parts.values_list("case__number", "case__status")))


def _own_handler(case: Case, stage: StageDef) -> Handler:
    """Who has a stage that is not for units: the unit that opened the case, or a role."""
    unit = case.origin_unit_id if stage.each == "own" else None
    return Handler(unit or 0, True)


def _new_item(
    case: Case, stage: StageDef, handler: Handler, *, actor: Actor, at: datetime
) -> WorkItem:
    return WorkItem(
        case=case,
        stage=stage.key,
        round=case.round,
        unit_id=handler.unit_id or None,
        role=stage.role,
        is_lead=handler.is_lead,
        opened_at=at,
        opened_by=actor.user_id,
    )


def _clock_for(
    case: Case, stage: StageDef, item: WorkItem, clocks: Sequence[Clock], at: datetime
) -> Clock:
    if stage.own_limit is not None:
        starts_at = begins_at(case, stage.own_limit, at)
        return begun_clock(case, STAGE_CLOCK, stage.own_limit, item=item, starts_at=starts_at)
    running = next((clock for clock in clocks if clock.kind == CASE_CLOCK), None)
    if running is not None:
        return running
    limit = clock_limit(definition_of(case), case.clock_code)
    is_first = not Clock.objects.filter(case=case, kind=CASE_CLOCK).exists()
    starts_at = begins_at(case, limit, at) if is_first else at
    return begun_clock(case, CASE_CLOCK, limit, item=None, starts_at=starts_at)
