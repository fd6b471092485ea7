"""Due times counted by hand: day after day, stretch after stretch, with no code of the platform."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
Stretch = tuple[datetime, datetime]
Pause = tuple[datetime, datetime]


@dataclass(frozen=True)
class Almanac:
    """Which days are worked, and from when to when.

    Parameters
    ----------
    zone : IANA name. named : days that differ, True where worked. hours : local opening and
    closing times of a worked day, in order. years : those with a notice.
    """

    zone: str
    named: Mapping[date, bool]
    hours: Sequence[tuple[time, time]]
    years: frozenset[int]

    def local(self, at: datetime) -> datetime:
        """Return what the clock on the wall shows."""
        return at.astimezone(ZoneInfo(self.zone))

    def is_worked(self, on: date) -> bool:
        """Whether people work on a day."""
        return self.named.get(on, on.isoweekday() <= 5)

    def wall(self, on: date, clock: time) -> datetime:
        """Return the moment at which the wall shows a time on a day."""
        return datetime.combine(on, clock, ZoneInfo(self.zone)).astimezone(UTC)

    def stretches(self, since: datetime) -> Iterator[Stretch]:
        """Yield the worked stretches that end after a moment, the first cut to begin there."""
        on = self.local(since).date()
        while True:
            for opens, closes in self.hours if self.is_worked(on) else ():
                begin, end = self.wall(on, opens), self.wall(on, closes)
                if end > since:
                    yield max(begin, since), end
            on += ONE_DAY

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Return how much is worked between two moments."""
        total = timedelta()
        for opens, closes in self.stretches(start):
            if opens >= end:
                return total
            total += min(closes, end) - opens
        raise AssertionError("stretches never end")

    def after(self, start: datetime, work: timedelta) -> datetime:
        """Return the first moment by which so much has been worked."""
        if not work:
            return start
        for opens, closes in self.stretches(start):
            if work <= closes - opens:
                return opens + work
            work -= closes - opens
        raise AssertionError("stretches never end")


def due_by_hand(
    unit: str, value: int, start: datetime, pauses: Sequence[Pause], days: Almanac
) -> tuple[datetime, bool]:
    """Return when a limit ends, and whether that rests on a year without a notice.

    Parameters
    ----------
    unit : as `LimitUnit`. value : of it, at least 1, extensions counted in.
    pauses : ended ones, in order.
    """
    due = _without_pauses(unit, value, start, days)
    is_working = unit.startswith("working")
    is_open = is_working and _is_open(start, due, days)
    for begin, end in pauses:
        if is_working:
            due = days.after(due, days.worked(begin, end))
            is_open = is_open or _is_open(end, due, days)
        else:
            due += end - begin
    return due, is_open


def _without_pauses(unit: str, value: int, start: datetime, days: Almanac) -> datetime:
    if unit == "minute":
        return start + timedelta(minutes=value)
    if unit == "hour":
        return start + timedelta(hours=value)
    if unit == "working_hour":
        return days.after(start, timedelta(hours=value))
    on = days.local(start).date()
    if unit == "natural_day":
        for _ in range(value + 1):
            on += ONE_DAY
        return days.wall(on, time())
    left = value
    while left:
        on += ONE_DAY
        left -= days.is_worked(on)
    return days.wall(on, days.hours[-1][1])


def _is_open(start: datetime, end: datetime, days: Almanac) -> bool:
    first, last = days.local(start).year, days.local(end).year
    return not set(range(first, last + 1)) <= days.years
