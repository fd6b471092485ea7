"""The days and hours by which limits are counted.

Serves: R108.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache

from linli.domain.catalogue.errors import NoCalendar
from linli.domain.catalogue.models import CalendarDay, CalendarYear, Pack, WorkingHours
from linli.domain.catalogue.selectors.holding import in_force, on_day
from linli.kernel.calendar import Day, DayKind, Period, WorkingCalendar


def published_state() -> str:
    """Mark that changes with every publication; caches and trained models hang on it."""
    last = Pack.objects.order_by("-id").values_list("id", "sha256").first()
    return f"{last[0]}:{last[1]}" if last else "none"


def calendar(region: str, at: datetime, *, state: str = "") -> WorkingCalendar:
    """The days and hours of a region by which limits are counted.

    Every year with a confirmed notice is exact; any other is counted Monday to Friday and
    marked provisional. Cached until the next publication. Raises NoCalendar.

    Parameters
    ----------
    state : `published_state()`, from whoever asks for many; asked for here where it is empty.
    """
    return _calendar(region, on_day(at), state or published_state())


@lru_cache(maxsize=32)
def _calendar(region: str, on: date, state: str) -> WorkingCalendar:
    hours = in_force(WorkingHours.objects.filter(region=region), on).order_by("-valid_from")
    held = hours.first()
    if held is None:
        raise NoCalendar(region)
    years = CalendarYear.objects.filter(region=region, status=CalendarYear.Status.CONFIRMED)
    days = CalendarDay.objects.filter(region=region, status=CalendarYear.Status.CONFIRMED)
    rows = days.values_list("date", "kind", "name")
    return WorkingCalendar(
        zone=held.zone,
        days=[Day(on=day, kind=DayKind(kind), name=name) for day, kind, name in rows],
        periods=[_period(pair) for pair in held.periods],
        confirmed_years=frozenset(years.values_list("year", flat=True)),
    )


def _period(pair: Sequence[str]) -> Period:
    opens, closes = pair
    return Period(time.fromisoformat(opens), time.fromisoformat(closes))
