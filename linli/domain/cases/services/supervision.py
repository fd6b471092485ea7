"""Reminding, urging, supervising. A late poller delays a notice, never the truth."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.cases.errors import CaseIsClosed
from linli.domain.cases.events import (
    CaseUrged,
    SupervisionLifted,
    SupervisionRaised,
    TimerFired,
)
from linli.domain.cases.models import Case, Notice, Timer, WorkItem
from linli.domain.cases.rules.sides import RUNGS, SUPERVISION, is_higher
from linli.domain.cases.selectors.lists import notices_within
from linli.domain.cases.services.steps import (
    close_item,
    is_repeat,
    lock_case,
    lock_for,
    require_words,
    side_item_of,
    write,
)
from linli.kernel.errors import Rejected, WrongState


@transaction.atomic
def urge_case(ref: str, *, reason: str, actor: Actor, at: datetime, key: str) -> Case:
    """Urge whoever has the case. Records CaseUrged.

    Raises NotFound, NotPermitted, CaseIsClosed, ReasonMissing.
    """
    case = lock_for(ref, act="case.supervise", actor=actor)
    if is_repeat(case, key):
        return case
    if case.status == Case.Status.CLOSED:
        raise CaseIsClosed(case.number)
    require_words(reason)
    unit = case.lead_unit.code if case.lead_unit else ""
    write(case, CaseUrged(case.public_id, unit, reason), actor=actor, at=at, key=key)
    return case


@transaction.atomic
def raise_supervision(
    ref: str, *, level: str, reason: str, actor: Actor, at: datetime, key: str
) -> Case:
    """Put a case under supervision by hand, or raise it to a higher rung. Records
    SupervisionRaised.

    Parameters
    ----------
    level : a rung: supervise, list, talk or circulate.

    Raises NotFound, NotPermitted, CaseIsClosed, ReasonMissing, Rejected for an unknown rung,
    WrongState where it stands as high already.
    """
    case = lock_for(ref, act="case.supervise", actor=actor)
    if is_repeat(case, key):
        return case
    if case.status == Case.Status.CLOSED:
        raise CaseIsClosed(case.number)
    require_words(reason)
    if level not in RUNGS:
        raise Rejected(
            f"没有“{level}”这一级督办。请从列表中选择。",
            f"There is no rung {level} of supervision; choose one of the list.",
            field="level",
        )
    item = _supervise(case, level, at)
    if item is None:
        raise WrongState(
            "该工单已在同级或更高一级督办中。需要降低时请先解除督办。",
            "The case is supervised at this rung or above; lift that first to lower it.",
        )
    unit = case.lead_unit.code if case.lead_unit else ""
    fact = SupervisionRaised(case.public_id, level, unit, reason)
    write(case, fact, actor=actor, at=at, key=key, item=item)
    return case


@transaction.atomic
def lift_supervision(
    ref: str, item_id: int, *, reason: str, actor: Actor, at: datetime, key: str
) -> Case:
    """End a supervision that a timer opened: its item is done, its notices are settled.

    Clocks and timers are left alone: a later share of the limit may open another. Records
    SupervisionLifted. Raises NotFound, NotPermitted, ItemIsDone, ReasonMissing.

    Serves: R020.
    """
    case = lock_for(ref, act="case.supervise", actor=actor)
    if is_repeat(case, key):
        return case
    item = side_item_of(case, item_id, stage=SUPERVISION)
    require_words(reason)
    close_item(item, outcome="lifted", reason=reason, result={}, actor=actor, at=at)
    rung = Notice.objects.filter(case=case, kind=TimerFired.name, seen_at__isnull=True)
    rung.filter(at__lte=at).update(seen_at=at)
    unit = case.lead_unit.code if case.lead_unit else ""
    fact = SupervisionLifted(case.public_id, unit, reason)
    write(case, fact, actor=actor, at=at, key=key, item=item)
    return case


def fire_timers(*, at: datetime, limit: int = 500) -> int:
    """Fire the timers that are due, each once however many pollers run; returns how many.

    Records TimerFired; a timer that supervises opens a side item for the supervisors.
    """
    waiting = Timer.objects.filter(fired_at__isnull=True, fire_at__lte=at).order_by("fire_at")
    refs = list(waiting.values_list("item__case__public_id", flat=True)[:limit])
    return sum(_fire_of_case(ref, at) for ref in dict.fromkeys(refs))


@transaction.atomic
def _fire_of_case(ref: str, at: datetime) -> int:
    case = lock_case(ref)
    due = Timer.objects.select_for_update(of=("self",)).filter(
        item__case=case, fired_at__isnull=True, fire_at__lte=at
    )
    timers = list(due.select_related("item__unit").order_by("fire_at", "pk"))
    for timer in timers:
        timer.fired_at = at
        timer.save(update_fields=["fired_at"])
        if timer.item.state == WorkItem.State.OPEN:
            _ring(case, timer, at)
    return len(timers)


def _ring(case: Case, timer: Timer, at: datetime) -> None:
    fact = TimerFired(case.public_id, timer.do, timer.share or 0.0, timer.item.stage)
    write(case, fact, actor=SYSTEM_ACTOR, at=at, item=timer.item)
    if timer.do in RUNGS:
        _supervise(case, timer.do, at)


def _supervise(case: Case, level: str, at: datetime) -> WorkItem | None:
    """Put a case under supervision of a rung, or raise it; None where it stands as high."""
    waiting = WorkItem.objects.filter(case=case, stage=SUPERVISION, state="open")
    item = waiting.select_for_update().first()
    if item is None:
        return WorkItem.objects.create(
            case=case,
            kind=WorkItem.Kind.SIDE,
            stage=SUPERVISION,
            round=case.round,
            role="supervisor",
            result={"level": level},
            opened_at=at,
        )
    if not is_higher(level, than=str(item.result.get("level", RUNGS[0]))):
        return None
    item.result = {**item.result, "level": level}
    item.save(update_fields=["result"])
    return item


@transaction.atomic
def notify(ref: str, *, kind: str, at: datetime, since: datetime | None = None) -> int:
    """Leave a notice for whoever had the case's open work; returns how many were left.

    Called by the reactions of `jobs`, which make sure that twice is once.

    Parameters
    ----------
    since : when that happened of which they are told, `at` unless given. Work may have moved on
        meanwhile: who has it now is not who is meant, and whose work is done has seen it.
    """
    case = lock_case(ref)
    notices = [
        Notice(
            case=case,
            unit=item.unit,
            role=item.role,
            kind=kind,
            at=at,
            seen_at=at if item.state == WorkItem.State.DONE else None,
        )
        for item in _items_at(case, since or at)
    ]
    Notice.objects.bulk_create(notices)
    return len(notices)


def _items_at(case: Case, since: datetime) -> list[WorkItem]:
    """Return the main items that were open at a moment, else those that were opened last by then.

    The latter where two machines' clocks differ, so that work ended before it began.
    """
    rows = WorkItem.objects.filter(case=case, kind="main", opened_at__lte=since)
    rows = rows.select_related("unit").order_by("-is_lead", "id")
    items = list(rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=since)))
    if items or not (last := rows.order_by("-opened_at", "-id").first()):
        return items
    return list(rows.filter(opened_at=last.opened_at, stage=last.stage, round=last.round))


@transaction.atomic
def notify_role(ref: str, *, role: str, kind: str, at: datetime) -> int:
    """Leave one notice for all who hold a role over the place of a case.

    Called by the reactions of `jobs`, as `notify` is.
    """
    Notice.objects.create(case=lock_case(ref), role=role, kind=kind, at=at)
    return 1


@transaction.atomic
def mark_notices_seen(*, actor: Actor, at: datetime) -> int:
    """Mark the notices that are for the actor as seen; returns how many were new.

    A notice to a unit or to all of a role is seen once somebody of it has seen it. What came
    after `at`, while the person was still reading, stays unseen.
    """
    return notices_within(actor).filter(at__lte=at).update(seen_at=at)
