"""Counts and rates over the cases that an actor may see.

Serves: R014 R129.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db.models import Count, F, Q

from linli.domain.access.selectors import Actor
from linli.domain.cases.rules.rates import CaseOutcome, Rate, rate_of
from linli.domain.cases.selectors.filters import NOTHING_SET, CaseFilter, cases_within, overdue_at
from linli.domain.cases.selectors.grouping import Row, rows_over
from linli.domain.catalogue.selectors import RateDef, standard_by_code

By = Literal["area", "matter", "stage", "status", "unit", "channel"]
COLUMNS: dict[By, tuple[str, str]] = {
    "area": ("area__code", "area__name"),
    "matter": ("matter__code", "matter__name"),
    "stage": ("stage", "stage"),
    "status": ("status", "status"),
    "unit": ("lead_unit__code", "lead_unit__name"),
    "channel": ("channel", "channel"),
}
# Cases of a period by place and class of matter, and by unit: a bit of `level` is set for every
# column that a row is not grouped by.
BY_PLACE_AND_UNIT = """
SELECT GROUPING(reach.area_path, split_part(matter.path, '/', 1), unit.code) AS level,
       reach.area_path, split_part(matter.path, '/', 1), coalesce(unit.code, ''), count(*)
FROM reach JOIN catalogue_matter matter ON matter.id = reach.matter_id
LEFT JOIN organisations_unit unit ON unit.id = reach.lead_unit_id
GROUP BY GROUPING SETS ((reach.area_path, split_part(matter.path, '/', 1)), (unit.code))
"""
# The last word of the resident counts; a case has one first contact, whatever its clocks.
OUTCOME_FACTS = """,
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
"""
OUTCOME_COLUMNS = """said.solved, said.satisfied,
       reach.contacted_at IS NOT NULL
           OR coalesce(contact.first_due <= least(%(at)s, reach.held_at), false),
       coalesce(contact.last_due >= reach.contacted_at, false),
       reach.exclusion <> '', count(*)
FROM reach
LEFT JOIN said ON said.case_id = reach.id
LEFT JOIN contact ON contact.case_id = reach.id
"""
OUTCOMES = f"{OUTCOME_FACTS}SELECT {OUTCOME_COLUMNS}GROUP BY 1, 2, 3, 4, 5"
PLACED_OUTCOMES = (
    f"{OUTCOME_FACTS}SELECT reach.area_path, {OUTCOME_COLUMNS}GROUP BY 1, 2, 3, 4, 5, 6"
)
OUTCOME_READ = ("id", "exclusion", "contacted_at", "held_at")


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
    rows = rows_over(reach, OUTCOME_READ, sql=OUTCOMES, values={"at": at})
    outcomes = [_outcome(row) for row in rows]
    return [rate_of(rate, outcomes) for rate in definition.rates]


@dataclass(frozen=True)
class PeriodCounts:
    """Cases received within a period, counted three ways; each way adds up to the same.

    Parameters
    ----------
    places : (path of the area, code of the matter's class) → cases.
    units : code of the leading unit, "" where nobody leads → cases.
    rates : (path of the area, code of the rate, weight in shares of a case) → cases below its
        line; what no rate counts is in none.
    """

    places: dict[tuple[str, str], int]
    units: dict[str, int]
    rates: dict[tuple[str, str, float], int]
    definitions: tuple[RateDef, ...]


def counts_of_period(
    actor: Actor, *, since: datetime, until: datetime, at: datetime
) -> PeriodCounts:
    """Count the cases in reach received in [since, until), for what is made public of them."""
    reach = cases_within(actor, act="case.count", where=CaseFilter(since=since, until=until))
    columns = ("area_path", "matter_id", "lead_unit_id")
    rows = rows_over(reach, columns, sql=BY_PLACE_AND_UNIT, values={})
    places = {(str(path), str(top)): _int(n) for level, path, top, _, n in rows if level == 1}
    units = {str(unit): _int(n) for level, _, _, unit, n in rows if level != 1}
    definitions = standard_by_code(settings.LINLI_STANDARD, at).definition.rates
    led = reach.filter(lead_unit__isnull=False, standard__code=settings.LINLI_STANDARD)
    rates: Counter[tuple[str, str, float]] = Counter()
    for path, *row in rows_over(
        led, ("area_path", *OUTCOME_READ), sql=PLACED_OUTCOMES, values={"at": at}
    ):
        outcome = _outcome(tuple(row))
        for rate in definitions:
            if rate.denominator in outcome.facts and not outcome.is_excluded:
                weights = [rate.weight(f) for f in rate.numerator if f in outcome.facts]
                rates[str(path), rate.code, max(weights, default=0.0)] += outcome.count
    return PeriodCounts(places, units, dict(rates), tuple(definitions))


def _int(value: object) -> int:
    return int(str(value))


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
