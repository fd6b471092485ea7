"""Counts and rates over the cases that an actor may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from linli.domain.access.selectors import Actor
from linli.domain.cases.models import Case, Clock, Feedback
from linli.domain.cases.rules.rates import CaseOutcome, Rate, rate_of
from linli.domain.cases.selectors.filters import NOTHING_SET, CaseFilter, cases_within
from linli.domain.catalogue.selectors import standard_by_code

By = Literal["area", "matter", "stage", "status", "unit", "channel"]
COLUMNS: dict[By, tuple[str, str]] = {
    "area": ("area__code", "area__name"),
    "matter": ("matter__code", "matter__name"),
    "stage": ("stage", "stage"),
    "status": ("status", "status"),
    "unit": ("lead_unit__code", "lead_unit__name"),
    "channel": ("channel", "channel"),
}


@dataclass(frozen=True)
class Tally:
    """Cases under one heading."""

    code: str
    name: str
    cases: int
    open: int
    overdue: int


def counts_by(
    actor: Actor, *, by: By, at: datetime, where: CaseFilter = NOTHING_SET
) -> list[Tally]:
    """Count the cases in reach under each heading, most first."""
    code, name = COLUMNS[by]
    rows = cases_within(actor, act="case.count", where=where).order_by()
    grouped = rows.values(shown_code=F(code), shown_name=F(name)).annotate(
        cases=Count("pk"),
        still_open=Count("pk", filter=Q(status="open")),
        overdue=Count("pk", filter=Q(status="open", due_at__lt=at)),
    )
    return [
        Tally(
            row["shown_code"] or "",
            row["shown_name"] or "",
            row["cases"],
            row["still_open"],
            row["overdue"],
        )
        for row in grouped.order_by("-cases", "shown_code")
    ]


def count_cases(actor: Actor, where: CaseFilter = NOTHING_SET) -> int:
    """Count the cases in reach, exactly."""
    return cases_within(actor, act="case.count", where=where).count()


def three_rates(actor: Actor, *, since: datetime, until: datetime, at: datetime) -> list[Rate]:
    """Reckon the standard's rates over the cases received in [since, until).

    Cases never dispatched are no part of any denominator.
    """
    definition = standard_by_code(settings.LINLI_STANDARD, at).definition
    where = CaseFilter(since=since, until=until)
    rows = cases_within(actor, act="case.count", where=where).filter(lead_unit__isnull=False)
    outcomes = [_outcome(row) for row in _with_facts(rows, at)]
    return [rate_of(rate, outcomes) for rate in definition.rates]


def _with_facts(rows: "QuerySet[Case]", at: datetime) -> Iterable[Mapping[str, object]]:
    said = Feedback.objects.filter(case=OuterRef("pk")).order_by("-given_at", "-id")
    contact = Clock.objects.filter(case=OuterRef("pk"), kind="first_contact")
    in_time = contact.filter(due_at__gte=OuterRef("contacted_at"))
    return (
        rows.order_by()
        .annotate(
            solved=Subquery(said.values("solved")[:1]),
            satisfied=Subquery(said.values("satisfied")[:1]),
            is_due=Exists(contact.filter(due_at__lte=at)) | Q(contacted_at__isnull=False),
            in_time=Exists(in_time),
        )
        .values("solved", "satisfied", "is_due", "in_time", "exclusion")
    )


def _outcome(row: Mapping[str, object]) -> CaseOutcome:
    facts: set[str] = set()
    if row["is_due"]:
        facts.add("due")
    if row["in_time"]:
        facts.add("contacted_in_time")
    if row["solved"] in ("solved", "partly", "unsolved"):
        facts |= {"followed_up", str(row["solved"]), str(row["satisfied"])}
    return CaseOutcome(frozenset(facts), bool(row["exclusion"]))
