"""Counts and rates over the cases that an actor may see.

Serves: R014 R129.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db.models import Count, F, Q

from linli.domain.access.selectors import Actor
from linli.domain.cases.rules.rates import CaseOutcome, Rate, rate_of
from linli.domain.cases.selectors.filters import NOTHING_SET, CaseFilter, cases_within, overdue_at
from linli.domain.cases.selectors.grouping import Row, rows_over
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
# The last word of the resident counts; a case has one first contact, whatever its clocks.
OUTCOMES = """,
said AS (
    SELECT DISTINCT ON (f.case_id) f.case_id, f.solved, f.satisfied
    FROM cases_feedback f JOIN reach ON reach.id = f.case_id
    ORDER BY f.case_id, f.given_at DESC, f.id DESC
),
contact AS (
    SELECT k.case_id, min(k.due_at) AS first_due, max(k.due_at) AS last_due
    FROM cases_clock k JOIN reach ON reach.id = k.case_id
    WHERE k.kind = 'first_contact' GROUP BY k.case_id
)
SELECT said.solved, said.satisfied,
       reach.contacted_at IS NOT NULL
           OR coalesce(contact.first_due <= least(%(at)s, reach.held_at), false),
       coalesce(contact.last_due >= reach.contacted_at, false),
       reach.exclusion <> '', count(*)
FROM reach
LEFT JOIN said ON said.case_id = reach.id
LEFT JOIN contact ON contact.case_id = reach.id
GROUP BY 1, 2, 3, 4, 5
"""


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
        overdue=Count("pk", filter=overdue_at(at)),
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


def three_rates(
    actor: Actor,
    *,
    since: datetime,
    until: datetime,
    at: datetime,
    where: CaseFilter = NOTHING_SET,
) -> list[Rate]:
    """Reckon the standard's rates over its cases received in [since, until).

    Cases never dispatched are no part of any rate. The database counts the cases that are alike,
    the rule reckons over the counts: one query, some dozens of rows.
    """
    definition = standard_by_code(settings.LINLI_STANDARD, at).definition
    received = replace(where, since=since, until=until)
    reach = cases_within(actor, act="case.count", where=received).filter(
        lead_unit__isnull=False, standard__code=settings.LINLI_STANDARD
    )
    rows = rows_over(
        reach, ("id", "exclusion", "contacted_at", "held_at"), sql=OUTCOMES, values={"at": at}
    )
    outcomes = [_outcome(row) for row in rows]
    return [rate_of(rate, outcomes) for rate in definition.rates]


def _outcome(row: Row) -> CaseOutcome:
    solved, satisfied, is_due, in_time, is_excluded, count = row
    facts: set[str] = set()
    if is_due:
        facts.add("due")
    if in_time:
        facts.add("contacted_in_time")
    if solved in ("solved", "partly", "unsolved"):
        facts |= {"followed_up", str(solved), str(satisfied)}
    return CaseOutcome(frozenset(facts), bool(is_excluded), int(str(count)))
