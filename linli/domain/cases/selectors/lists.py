"""Lists of cases and of work, each one query with its names joined in."""

from datetime import datetime

from django.db.models import Case as Choose
from django.db.models import Q, QuerySet, When
from django.db.models.functions import Coalesce

from linli.domain.access.selectors import Actor, predicate
from linli.domain.cases.models import Case, Notice, WorkItem
from linli.domain.cases.selectors.filters import NOTHING_SET, CaseFilter, cases_within
from linli.domain.cases.selectors.working import ROLE_ACTS
from linli.kernel.paging import Page

PAGE_SIZE = 50
COUNT_CAP = 10_000
NAMES = ("matter", "area", "lead_unit", "standard")
ORDERS = {
    "newest": ("-received_at", "-id"),
    "due": ("due_at", "id"),
    "oldest": ("received_at", "id"),
}
MOST_URGENT = Choose(
    When(case__urgency=Case.Urgency.EMERGENCY, then=0),
    When(case__urgency=Case.Urgency.URGENT, then=1),
    default=2,
)
SOONEST = Coalesce("due_at", "case__due_at").asc(nulls_last=True)


def cases_for(
    actor: Actor,
    where: CaseFilter = NOTHING_SET,
    *,
    page: int = 1,
    size: int = PAGE_SIZE,
    order: str = "newest",
) -> Page[Case]:
    """Return a page of the cases that the actor may see.

    Counting stops at 10,000: the page then says "at least".
    """
    rows = cases_within(actor, where=where)
    number = max(1, page)
    ordered = rows.select_related(*NAMES).defer("search", "search_text", "body")
    found = list(ordered.order_by(*ORDERS[order])[(number - 1) * size : number * size])
    total = rows.order_by()[: COUNT_CAP + 1].count()
    return Page(found, number, size, min(total, COUNT_CAP), is_counted=total <= COUNT_CAP)


def inbox(actor: Actor, *, page: int = 1, size: int = PAGE_SIZE) -> Page[WorkItem]:
    """Return the open items that wait for the actor: of the actor's units, and of roles held.

    The most urgent first, then soonest due; what has no limit of its own goes by its case's. An
    item of a role waits for everyone who holds the role over its place.
    """
    rows = WorkItem.objects.filter(_mine(actor), state="open")
    ordered = rows.select_related("unit", *(f"case__{name}" for name in NAMES))
    ordered = ordered.defer("case__search", "case__search_text", "case__body")
    number = max(1, page)
    start = (number - 1) * size
    found = list(ordered.order_by(MOST_URGENT, SOONEST, "id")[start : start + size])
    total = rows.order_by()[: COUNT_CAP + 1].count()
    return Page(found, number, size, min(total, COUNT_CAP), is_counted=total <= COUNT_CAP)


def overdue_cases(actor: Actor, *, at: datetime, page: int = 1) -> Page[Case]:
    """Return a page of open cases whose limit has run out, longest overdue first."""
    return cases_for(actor, CaseFilter(overdue_at=at), page=page, order="due")


def notices_within(actor: Actor) -> QuerySet[Notice]:
    """Return the unseen notices that are for the actor: of units worked for, and of roles held."""
    return Notice.objects.filter(_mine(actor), seen_at__isnull=True)


def notices_for(actor: Actor, *, limit: int = 50) -> list[Notice]:
    """Return the newest unseen notices that are for the actor."""
    rows = notices_within(actor).select_related("case__standard", "unit")
    rows = rows.defer("case__search", "case__search_text", "case__body")
    return list(rows.order_by("-at", "-id")[:limit])


def export_rows(
    actor: Actor, where: CaseFilter = NOTHING_SET, *, limit: int = 50_000
) -> QuerySet[Case]:
    """Return what an export may hold: the cases in reach, without persons, newest first."""
    rows = cases_within(actor, act="case.export", where=where)
    return rows.select_related(*NAMES).order_by("-received_at", "-id")[:limit]


def _mine(actor: Actor) -> Q:
    handled = predicate(actor, "case.handle", prefix="case__")
    mine = Q(unit_id__in=actor.units_for("case.handle")) & handled
    for role in sorted(actor.roles() & set(ROLE_ACTS)):
        reach = predicate(actor, ROLE_ACTS[role], prefix="case__")
        mine |= Q(role=role, unit__isnull=True) & reach
    return mine
