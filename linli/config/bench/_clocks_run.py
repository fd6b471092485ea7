"""Made-up limits, calendars and stops, counted by the platform and by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from random import Random
from zoneinfo import available_timezones

from linli.config.bench._clocks_oracle import Almanac, Pause, due_by_hand
from linli.domain.cases.selectors import ClockFact, reckon
from linli.kernel.calendar import Day, DayKind, Period, WorkingCalendar
from linli.kernel.units import Limit, LimitUnit

PER_ALMANAC = 40
HOME_ZONE = "Asia/Shanghai"
FIRST, LAST = date(2000, 2, 1), date(2040, 12, 1)
# Summer time was kept in the home zone in these years; natural time must hold there as well.
SUMMERS = (date(1986, 4, 1), date(1991, 10, 1))
MOST = {
    LimitUnit.NATURAL_DAY: 90,
    LimitUnit.WORKING_DAY: 60,
    LimitUnit.WORKING_HOUR: 80,
    LimitUnit.HOUR: 200,
    LimitUnit.MINUTE: 3000,
}
WORKING = (LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR)


Fault = Callable[[Almanac], Almanac]


def sound(days: Almanac) -> Almanac:
    """Return the calendar as it is."""
    return days


@dataclass(frozen=True)
class Question:
    """One clock: its limit, when it starts, by how much it is lengthened, when it stood."""

    limit: Limit
    start: datetime
    extra: int
    pauses: tuple[Pause, ...]
    days: Almanac

    def facts(self) -> list[ClockFact]:
        """Return what happened, in order of time."""
        stops = [
            fact
            for begin, end in self.pauses
            for fact in (ClockFact("pause", begin), ClockFact("resume", end))
        ]
        longer = [ClockFact("extend", self.start, extra=self.extra)] if self.extra else []
        return [ClockFact("start", self.start), *longer, *stops]


def questions(count: int, *, seed: int) -> Iterator[Question]:
    """Yield made-up clocks; a calendar serves some of them."""
    rng = Random(seed)  # noqa: S311  # no secret
    zones = sorted(zone for zone in available_timezones() if "/" in zone)
    days = almanac(rng, zones)
    for place in range(count):
        if place % PER_ALMANAC == 0:
            days = almanac(rng, zones)
        yield question(rng, days)


def almanac(rng: Random, zones: list[str]) -> Almanac:
    """Return a calendar: mostly of the home zone, with holidays and days worked instead."""
    named: dict[date, bool] = {}
    for year in range(FIRST.year, LAST.year + 2):
        for _ in range(rng.randrange(8)):
            begin = date(year, 1, 1) + timedelta(days=rng.randrange(366))
            named |= {begin + timedelta(days=n): False for n in range(rng.randrange(1, 9))}
        for _ in range(rng.randrange(8)):
            named[date(year, 1, 1) + timedelta(days=rng.randrange(366))] = True
    steps = sorted(rng.sample(range(6 * 4, 22 * 4), 2 * rng.randrange(1, 4)))
    clocks = [time(step // 4, step % 4 * 15) for step in steps]
    years = [year for year in range(FIRST.year, LAST.year + 3) if rng.random() < 0.8]
    zone = HOME_ZONE if rng.random() < 0.7 else rng.choice(zones)
    hours = tuple(zip(clocks[::2], clocks[1::2], strict=True))
    return Almanac(zone, named, hours, frozenset(years))


def question(rng: Random, days: Almanac) -> Question:
    """Return a clock of a calendar, that stood up to three times."""
    unit = rng.choice(list(LimitUnit))
    is_summer = unit not in WORKING and rng.random() < 0.1
    first, last = SUMMERS if is_summer else (FIRST, LAST)
    day = first + timedelta(days=rng.randrange((last - first).days))
    if rng.random() < 0.2:  # around the turn of the year, and the leap day
        day = day.replace(month=rng.choice((1, 12, 2)), day=rng.choice((1, 28)))
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    start += timedelta(seconds=rng.randrange(86_400))
    moments = sorted(start + timedelta(minutes=rng.randrange(60 * 24 * 40)) for _ in range(6))
    pauses = tuple(zip(moments[::2], moments[1::2], strict=True))[: rng.choice((0, 0, 1, 2, 3))]
    extra = rng.randrange(MOST[unit]) if rng.random() < 0.3 else 0
    return Question(Limit(rng.randrange(1, MOST[unit]), unit), start, extra, pauses, days)


def is_agreed(asked: Question, *, calendar: WorkingCalendar) -> bool:
    """Whether the platform and the count by hand give the same moment, as sure as each other."""
    limit = asked.limit
    by_hand = due_by_hand(
        limit.unit.value, limit.value + asked.extra, asked.start, asked.pauses, asked.days
    )
    due = reckon(limit, asked.facts(), calendar).due
    return due is not None and (due.at, due.provisional) == by_hand


def calendar_of(days: Almanac) -> WorkingCalendar:
    """Return the platform's calendar of the same days and hours."""
    return WorkingCalendar(
        zone=days.zone,
        days=[
            Day(on, DayKind.WORK if is_worked else DayKind.REST, "")
            for on, is_worked in days.named.items()
        ],
        periods=[Period(opens, closes) for opens, closes in days.hours],
        confirmed_years=days.years,
    )


def wrong(count: int, *, seed: int, fault: Fault = sound) -> Iterator[Question]:
    """Yield each clock of which the two counts differ.

    `fault` : what is wrong with the platform's calendar, to see whether it is found.
    """
    for days, asked in groupby(questions(count, seed=seed), key=attrgetter("days")):
        calendar = calendar_of(fault(days))
        yield from (one for one in asked if not is_agreed(one, calendar=calendar))
