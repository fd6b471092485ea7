"""Working time as one monotone function W(t), and the due times that follow from it.

W(t) is the number of working seconds since 1 January 2000 in the calendar's zone. Deadlines,
timers, pauses and (later) mining and simulation all use it, so they cannot disagree.
Days come from packs: rest days and make-up working days of the yearly notice. A year without
a confirmed notice is counted by the weekday rule and marked provisional.

Serves: R108 X06.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from linli.kernel.clock import require_aware
from linli.kernel.moments import end_text
from linli.kernel.units import Limit, LimitUnit

FIRST_DAY = date(2000, 1, 1)
SATURDAY = 5


class DayKind(StrEnum):
    """Whether a day is worked."""

    WORK = "work"
    REST = "rest"


@dataclass(frozen=True)
class Day:
    """A day that a notice or the office names.

    Parameters
    ----------
    on : the local date.
    kind : worked or not, whatever its weekday.
    name : what the notice calls it, e.g. 春节.
    """

    on: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True)
class Period:
    """Working hours within a day, local wall time; `opens` < `closes`."""

    opens: time
    closes: time

    @property
    def seconds(self) -> int:
        """Length in seconds."""
        return of_day(self.closes) - of_day(self.opens)


@dataclass(frozen=True)
class Due:
    """When a limit runs out, and how that came about.

    Parameters
    ----------
    at : UTC moment; being later than it is being late.
    provisional : True where a counted day lies in a year without a confirmed notice.
    zh, en : the reckoning in words.
    """

    at: datetime
    provisional: bool
    zh: str
    en: str

    def text(self, lang: str = "zh-hans") -> str:
        """Return the reckoning in a language."""
        return self.en if lang.startswith("en") else self.zh


def of_day(clock: time) -> int:
    """Return seconds since midnight."""
    return clock.hour * 3600 + clock.minute * 60 + clock.second


@dataclass
class WorkingCalendar:
    """The days and hours of one region.

    Parameters
    ----------
    zone : IANA time zone name.
    days : days that differ from the weekday rule, or are named by a notice.
    periods : working hours of each working day, in order, not overlapping.
    confirmed_years : years for which a notice is held.
    """

    zone: str
    days: Iterable[Day]
    periods: Sequence[Period]
    confirmed_years: frozenset[int]
    _by_date: dict[date, Day] = field(init=False, repr=False)
    _tz: ZoneInfo = field(init=False, repr=False)
    _worked: list[int] = field(init=False, repr=False)
    _seconds: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._by_date = {day.on: day for day in self.days}
        self._tz = ZoneInfo(self.zone)
        self._worked = [0]
        self._seconds = sum(period.seconds for period in self.periods)
        if self._seconds <= 0:
            raise ValueError("a calendar needs working hours")

    def is_working_day(self, on: date) -> bool:
        """Whether the day is worked: by notice if one names it, else Monday to Friday."""
        named = self._by_date.get(on)
        if named is not None:
            return named.kind is DayKind.WORK
        return on.weekday() < SATURDAY

    def local(self, at: datetime) -> datetime:
        """Return the moment in the calendar's zone."""
        return require_aware(at).astimezone(self._tz)

    def working_time(self, at: datetime) -> int:
        """W(t): working seconds from 2000-01-01 up to the moment; never falls as t grows."""
        here = self.local(at)
        full = self._days_worked_before(here.date()) * self._seconds
        if not self.is_working_day(here.date()):
            return full
        now = of_day(here.time())
        inside = (min(max(now - of_day(p.opens), 0), p.seconds) for p in self.periods)
        return full + sum(inside)

    def working_seconds(self, start: datetime, end: datetime) -> int:
        """Working seconds between two moments; negative if they are the wrong way round."""
        return self.working_time(end) - self.working_time(start)

    def after_working_seconds(self, start: datetime, seconds: int) -> datetime:
        """Return the first moment at which `seconds` of working time have passed since start."""
        if seconds <= 0:
            return require_aware(start)
        return self._worked_at(self.working_time(start) + seconds)

    def before(self, end: datetime, limit: Limit) -> datetime:
        """Return the last moment from which at least a limit is left until an end.

        Working days and hours are counted in working time, a working day as the hours of one.
        """
        if limit.unit in (LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR):
            length = 3600 if limit.unit is LimitUnit.WORKING_HOUR else self._seconds
            return self._worked_at(max(self.working_time(end) - limit.value * length, 1))
        if limit.unit is LimitUnit.NATURAL_DAY:
            return require_aware(end) - timedelta(days=limit.value)
        seconds = limit.value * (3600 if limit.unit is LimitUnit.HOUR else 60)
        return require_aware(end) - timedelta(seconds=seconds)

    def _worked_at(self, wanted: int) -> datetime:
        """Return the first moment at which W(t) is `wanted`, in seconds ≥ 1."""
        full_days = -(-wanted // self._seconds) - 1
        on = self._nth_working_day(full_days + 1)
        rest = wanted - full_days * self._seconds
        for period in self.periods:
            if rest <= period.seconds:
                return self._moment(on, of_day(period.opens) + rest)
            rest -= period.seconds
        raise AssertionError("the rest of a day is never longer than the day")

    def add(self, start: datetime, limit: Limit) -> Due:
        """Return when a limit that starts at a moment runs out.

        Natural and working days leave the day of the start out and end with the last day: at
        midnight for natural days, at the close of working hours for working days. Hours and
        minutes run on; working hours run within working hours only.
        """
        here = self.local(start)
        if limit.unit is LimitUnit.NATURAL_DAY:
            end = self._moment(here.date() + timedelta(days=limit.value + 1), 0)
        elif limit.unit is LimitUnit.WORKING_DAY:
            end = self._close_of(self._working_day_after(here.date(), limit.value))
        elif limit.unit is LimitUnit.WORKING_HOUR:
            end = self.after_working_seconds(start, limit.value * 3600)
        else:
            seconds = limit.value * (3600 if limit.unit is LimitUnit.HOUR else 60)
            end = require_aware(start) + timedelta(seconds=seconds)
        return self._due(start, end, limit)

    def shift(self, due: datetime, limit: Limit, start: datetime, end: datetime) -> datetime:
        """Return a due time moved by a pause from start to end, counted in the limit's own time."""
        if limit.unit in (LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR):
            return self.after_working_seconds(due, self.working_seconds(start, end))
        return require_aware(due) + (end - start)

    def is_provisional(self, start: datetime, end: datetime) -> bool:
        """Whether the span touches a year for which no notice is held."""
        first, last = self.local(start).year, self.local(end).year
        return any(year not in self.confirmed_years for year in range(first, last + 1))

    def skipped(self, start: datetime, end: datetime) -> list[Day]:
        """Return the named days inside the span that change its length, in order."""
        first, last = self.local(start).date(), self.local(end).date()
        return sorted(
            (d for d in self._by_date.values() if first < d.on <= last and self._matters(d)),
            key=lambda day: day.on,
        )

    def _matters(self, day: Day) -> bool:
        weekday = day.on.weekday() < SATURDAY
        return weekday is (day.kind is DayKind.REST)

    def _due(self, start: datetime, end: datetime, limit: Limit) -> Due:
        here, there = self.local(start), self.local(end)
        zh = f"{here:%Y-%m-%d %H:%M} 起算，限 {limit.text()}，至 {end_text(there)}"
        en = f"from {here:%Y-%m-%d %H:%M}, limit {limit.text('en')}, to {end_text(there)}"
        counts_working_time = limit.unit in (LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR)
        if counts_working_time:
            days = self.skipped(start, end)
            rests = [f"{day.on:%m-%d}{day.name}" for day in days if day.kind is DayKind.REST]
            works = [f"{day.on:%m-%d}" for day in days if day.kind is DayKind.WORK]
            if rests:
                zh += f"；不计节假日 {'、'.join(rests)}"
                en += f"; holidays left out: {', '.join(rests)}"
            if works:
                zh += f"；计入调休上班日 {'、'.join(works)}"
                en += f"; make-up working days counted: {', '.join(works)}"
        provisional = counts_working_time and self.is_provisional(start, end)
        if provisional:
            zh += "；其中有年度放假通知未发布，暂按周一至周五推算，通知导入后重算"
            en += "; a year's holiday notice is missing, so Monday to Friday is assumed for now"
        return Due(end, provisional, zh, en)

    def _moment(self, on: date, seconds: int) -> datetime:
        midnight = datetime.combine(on, time(), tzinfo=self._tz)
        return (midnight + timedelta(seconds=seconds)).astimezone(UTC)

    def _close_of(self, on: date) -> datetime:
        return self._moment(on, of_day(self.periods[-1].closes))

    def _working_day_after(self, on: date, count: int) -> date:
        return self._nth_working_day(self._days_worked_before(on + timedelta(days=1)) + count)

    def _days_worked_before(self, on: date) -> int:
        index = (on - FIRST_DAY).days
        if index < 0:
            raise ValueError(f"the calendar begins on {FIRST_DAY}")
        self._extend(index)
        return self._worked[index]

    def _nth_working_day(self, count: int) -> date:
        while self._worked[-1] < count:
            self._extend(len(self._worked) + 366)
        return FIRST_DAY + timedelta(days=bisect_left(self._worked, count) - 1)

    def _extend(self, index: int) -> None:
        while len(self._worked) <= index:
            on = FIRST_DAY + timedelta(days=len(self._worked) - 1)
            self._worked.append(self._worked[-1] + self.is_working_day(on))
