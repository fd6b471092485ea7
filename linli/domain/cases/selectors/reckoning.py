"""Reading clocks: the calendar that counts here, and what a clock's facts give under it."""

from datetime import datetime

from django.conf import settings

from linli.domain.cases.models import Case, Clock
from linli.domain.cases.rules.clocks import Fact, Reckoning, reckon
from linli.domain.catalogue.selectors import calendar
from linli.kernel.calendar import WorkingCalendar
from linli.kernel.units import Limit, LimitUnit


def calendar_of(at: datetime, *, state: str = "") -> WorkingCalendar:
    """The working calendar by which this installation counts; `state` as of `calendar`."""
    return calendar(settings.LINLI_REGION, at, state=state)


def calendar_for(case: Case, at: datetime) -> WorkingCalendar:
    """The calendar for a case, looked up once each time that the case is loaded."""
    if case.calendar is None:
        case.calendar = calendar_of(at)
    return case.calendar


def facts_of(clock: Clock) -> list[Fact]:
    """Read a clock's facts back as values."""
    return [
        Fact(f["kind"], datetime.fromisoformat(f["at"]), f.get("reason", ""), f.get("extra", 0))
        for f in clock.facts
    ]


def begun_at(clock: Clock) -> datetime | None:
    """When a clock was started; None where it was not."""
    return next((fact.at for fact in facts_of(clock) if fact.kind == "start"), None)


def reckoning_of(clock: Clock, days: WorkingCalendar) -> Reckoning:
    """Derive a clock's due time from its facts under a calendar."""
    limit = Limit(clock.limit_value, LimitUnit(clock.limit_unit))
    return reckon(limit, facts_of(clock), days)
