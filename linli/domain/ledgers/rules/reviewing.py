"""When a record is looked at again, and when its unit is reminded of it."""

import calendar
from datetime import date, timedelta

from linli.domain.catalogue.rules.ledger import CycleDef, ReviewDef


def due_after(cycle: CycleDef, day: date) -> date:
    """The day on which a record reviewed on a day is due again.

    A month or year ends on the same day of the month, or the month's last where it is shorter.

    >>> from types import SimpleNamespace
    >>> due_after(SimpleNamespace(value=1, unit="month"), date(2026, 1, 31))
    datetime.date(2026, 2, 28)
    """
    if cycle.unit == "natural_day":
        return day + timedelta(days=cycle.value)
    months = cycle.value * (12 if cycle.unit == "year" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def lead_reached(review: ReviewDef, due: date, on: date) -> int | None:
    """The nearest lead that is reached, in days before the due day; None before the first.

    A reminder that comes late is given once, not once for each lead that was missed.
    """
    left = (due - on).days
    reached = [lead for lead in review.remind if left <= lead]
    return min(reached) if reached else None
