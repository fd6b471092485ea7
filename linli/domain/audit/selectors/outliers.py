"""Posts whose looks are unusually many, against their own earlier days.

A hint to whoever audits, with the rows behind it. Posts are compared, never persons, and only
with themselves; nobody is scored and nothing is ranked.

Serves: X02 X10.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from linli.domain.audit.selectors.looking import view_counts
from linli.methods.outlying import usual_and_most

DAYS_SHOWN, DAYS_BEFORE = 7, 28


@dataclass(frozen=True)
class UnusualDay:
    """A day on which a post looked unusually often.

    Parameters
    ----------
    role, office : the post; office is the code of the unit.
    count : looks of that day. usual : of a day of the 28 before.
    """

    day: date
    role: str
    office: str
    count: int
    usual: float


def unusual_days(*, today: date, midnight: datetime, zone: str) -> list[UnusualDay]:
    """Return the unusual days of the last seven, today included, newest first.

    Parameters
    ----------
    today : the day in `zone`; midnight : its beginning.
    """
    since = midnight - timedelta(days=DAYS_SHOWN + DAYS_BEFORE)
    counts = view_counts(since=since, until=midnight + timedelta(days=1), zone=zone)
    found = []
    for (role, office), by_day in counts.items():
        for back in range(DAYS_SHOWN):
            day = today - timedelta(days=back)
            known = usual_and_most(_before(day, by_day))
            if known is not None and by_day.get(day, 0) > known[1]:
                found.append(UnusualDay(day, role, office, by_day[day], known[0]))
    return sorted(found, key=lambda one: (-one.day.toordinal(), one.office, one.role))


def _before(day: date, by_day: Mapping[date, int]) -> list[int]:
    """Return the counts of the days before, from the first on which the post looked at all."""
    first = max(min(by_day), day - timedelta(days=DAYS_BEFORE))
    return [by_day.get(first + timedelta(days=n), 0) for n in range(max(0, (day - first).days))]
