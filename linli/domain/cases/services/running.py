"""Starting, moving and stopping the clocks of a case, and their timers. Not public."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from linli.domain.cases.models import Case, Clock, Timer, WorkItem
from linli.domain.cases.rules.clocks import Fact, FactKind, Reckoning, Ring
from linli.domain.cases.selectors.reckoning import calendar_for, facts_of, reckoning_of
from linli.domain.cases.services.keeping import keep
from linli.domain.catalogue.selectors import LimitDef, StageDef, TimerDef
from linli.kernel.calendar import WorkingCalendar
from linli.kernel.units import Limit, LimitUnit

CASE_CLOCK = "case"
STAGE_CLOCK = "stage"
CONTACT_CLOCK = "first_contact"
RECHECK_CLOCK = "recheck"
CHANGING = ("facts", "due_at", "is_provisional", "is_running")


def new_clock(
    case: Case, kind: str, limit: LimitDef, *, item: WorkItem | None, starts_at: datetime
) -> Clock:
    """Start a clock; its due time follows at once."""
    clock = begun_clock(case, kind, limit, item=item, starts_at=starts_at)
    clock.save(force_insert=True)
    return clock


def begun_clock(
    case: Case, kind: str, limit: LimitDef, *, item: WorkItem | None, starts_at: datetime
) -> Clock:
    """A clock that has started and knows its due time, not stored yet."""
    return _clock_with(case, kind, limit, item=item, facts=[Fact("start", starts_at)])


def ended_clock(
    case: Case, kind: str, limit: LimitDef, *, starts_at: datetime, ends_at: datetime
) -> Clock:
    """A clock that has run and stands, not stored yet; its due time is what it would have been."""
    facts = [Fact("start", starts_at), Fact("stop", ends_at)]
    return _clock_with(case, kind, limit, item=None, facts=facts)


def add_fact(
    case: Case,
    clocks: Sequence[Clock],
    kind: FactKind,
    *,
    at: datetime,
    reason: str = "",
    extra: int = 0,
) -> None:
    """Add a fact to clocks of a case and let due times and timers follow."""
    days = calendar_for(case, at)
    fact = _stored(Fact(kind, at, reason, extra))
    silent: list[Clock] = []
    sounding: list[Clock] = []
    for clock in clocks:
        clock.facts = [*clock.facts, fact]
        is_paused = _derive(clock, days).is_paused
        (silent if is_paused or not clock.is_running else sounding).append(clock)
    _save_all(clocks)
    _silence(silent)
    _reset_all(sounding, days)


def change_limit(clock: Clock, limit: LimitDef) -> None:
    """Let a clock count towards another limit; what happened to it so far stands."""
    clock.limit_value, clock.limit_unit = limit.value, limit.unit.value
    clock.source = limit.source
    start = next(fact.at for fact in facts_of(clock) if fact.kind == "start")
    days = calendar_for(clock.case, start)
    reckoning = _derive(clock, days)
    clock.save(update_fields=[*CHANGING, "limit_value", "limit_unit", "source"])
    _reset(clock, days, is_paused=reckoning.is_paused)


def rederive(clock: Clock, at: datetime) -> bool:
    """Derive a clock anew under today's calendar; whether its due time changed."""
    before = (clock.due_at, clock.is_provisional)
    days = calendar_for(clock.case, at)
    reckoning = _derive(clock, days)
    if before == (clock.due_at, clock.is_provisional):
        return False
    clock.save(update_fields=["due_at", "is_provisional", "is_running"])
    _reset(clock, days, is_paused=reckoning.is_paused)
    return True


def begins_at(case: Case, limit: LimitDef, at: datetime) -> datetime:
    """Return from when a limit counts: the moment that it names, else now.

    A moment that the case has not had, or that is not told apart, is now.
    """
    if limit.start == "received":
        return case.received_at
    marked = case.marks.get(limit.start)
    return datetime.fromisoformat(marked) if marked else at


def ring_of(timer: TimerDef) -> Ring:
    """When a timer of a standard rings."""
    lead = timer.before or timer.after
    return Ring(timer.share, lead.limit if lead else None, timer.after is not None)


def timers_of(clock: Clock, item: WorkItem, stage: StageDef, at: datetime) -> list[Timer]:
    """The timers that the stage gives for the item's clock, not stored yet."""
    days = calendar_for(clock.case, at)
    start, due = _span(clock)
    unit = LimitUnit(clock.limit_unit)
    return [
        Timer(
            clock=clock,
            item=item,
            do=timer.do,
            share=timer.share,
            lead_value=ring.lead.value if ring.lead else None,
            lead_unit=ring.lead.unit.value if ring.lead else "",
            is_after=ring.is_after,
            fire_at=ring.moment(start, due, unit, days),
        )
        for timer in stage.timers
        for ring in [ring_of(timer)]
    ]


def clocks_of(case: Case) -> list[Clock]:
    """The running clocks of a case."""
    return list(case.clocks.filter(is_running=True))


def stop_clocks(clocks: Iterable[Clock], *, at: datetime) -> None:
    """Stop clocks; what they rang for is over."""
    stopped = list(clocks)
    for clock in stopped:
        clock.facts = [*clock.facts, _stored(Fact("stop", at))]
        _derive(clock, calendar_for(clock.case, at))
    _save_all(stopped)
    _silence(stopped)


def refresh_due(
    case: Case, clocks: Sequence[Clock], items: Sequence[WorkItem], *, also: Sequence[str] = ()
) -> None:
    """Copy the due times of the running clocks onto items and case, for lists.

    `also` are fields of the case that were changed and are to be saved with them.
    """
    case_clock = next((c for c in clocks if c.kind == CASE_CLOCK), None)
    own = {c.item_id: c for c in clocks if c.kind == STAGE_CLOCK}
    # The limit of the whole case runs on while others rule on an objection to it.
    dues = [(c.due_at, c.is_provisional) for c in clocks if c.kind == CASE_CLOCK and c.due_at]
    moved = []
    for item in items:
        clock = own.get(item.pk, case_clock)
        due = clock.due_at if clock else None
        if item.due_at != due:
            item.due_at = due
            moved.append(item)
        if clock and due:
            dues.append((due, clock.is_provisional))
    if len(moved) == 1:
        moved[0].save(update_fields=["due_at"])
    elif moved:
        WorkItem.objects.bulk_update(moved, ["due_at"])
    first = min(dues) if dues else None
    case.due_at, case.due_is_provisional = first if first else (None, False)
    keep(case, "due_at", "due_is_provisional", *also)


def _save_all(clocks: Sequence[Clock]) -> None:
    if len(clocks) == 1:  # a statement for all costs more
        clocks[0].save(update_fields=CHANGING)
    elif clocks:
        Clock.objects.bulk_update(clocks, CHANGING)


def _silence(clocks: Sequence[Clock]) -> None:
    """Let no timer of the clocks ring that has not."""
    if clocks:
        Timer.objects.filter(clock__in=clocks, fired_at__isnull=True).update(fire_at=None)


def _reset(clock: Clock, days: WorkingCalendar, *, is_paused: bool) -> None:
    is_silent = is_paused or not clock.is_running
    _silence([clock] if is_silent else [])
    _reset_all([] if is_silent else [clock], days)


def _reset_all(clocks: Sequence[Clock], days: WorkingCalendar) -> None:
    """Move the timers of running clocks that have not fired."""
    due = {clock.pk: clock for clock in clocks if clock.due_at is not None}
    found = Timer.objects.filter(clock__in=due, fired_at__isnull=True) if due else ()
    timers = list(found)
    for timer in timers:
        clock = due[timer.clock_id]
        start, end = _span(clock)
        timer.fire_at = _ring_of(timer).moment(start, end, LimitUnit(clock.limit_unit), days)
    if timers:
        Timer.objects.bulk_update(timers, ["fire_at"])


def _clock_with(
    case: Case, kind: str, limit: LimitDef, *, item: WorkItem | None, facts: Sequence[Fact]
) -> Clock:
    clock = Clock(
        case=case,
        item=item,
        kind=kind,
        limit_value=limit.value,
        limit_unit=limit.unit.value,
        source=limit.source,
        facts=[_stored(fact) for fact in facts],
    )
    _derive(clock, calendar_for(case, facts[0].at))
    return clock


def _derive(clock: Clock, days: WorkingCalendar) -> Reckoning:
    reckoning = reckoning_of(clock, days)
    clock.due_at = reckoning.due.at if reckoning.due else None
    clock.is_provisional = bool(reckoning.due and reckoning.due.provisional)
    clock.is_running = reckoning.is_running
    return reckoning


def _ring_of(timer: Timer) -> Ring:
    lead = Limit(timer.lead_value, LimitUnit(timer.lead_unit)) if timer.lead_value else None
    return Ring(timer.share, lead, timer.is_after)


def _span(clock: Clock) -> tuple[datetime, datetime]:
    start = next(fact.at for fact in facts_of(clock) if fact.kind == "start")
    return start, clock.due_at or start


def _stored(fact: Fact) -> dict[str, str | int]:
    kept = {**asdict(fact), "at": fact.at.isoformat()}
    return {name: value for name, value in kept.items() if value not in ("", 0)}
