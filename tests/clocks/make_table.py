"""Counts the table of due times minute by minute and day by day, with no code of the platform.

`python -m tests.clocks.make_table` writes the table again; the tests hold the platform against it.
What is asked lies around the holidays and the days worked instead of each notice, where counting
goes wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "linli" / "config" / "bench" / "_clocks_table.yaml"
NOTICES = sorted((ROOT / "packs" / "cn-base" / "calendar").glob("*.yaml"))
HEAD = """\
# Due times of the home zone's years with a notice, counted minute by minute and day by day by
# tests/clocks/make_table.py, which shares no code with the platform. Local wall time throughout.
#
#   days     what the notices of the State Council say of each year (sources: the pack cn-base)
#   hours    of a worked day
#   table    limit, start, `longer` by so much, `stops` from and to, due; `open` where a year
#            without a notice is counted in
#
# A limit in days leaves the day of its start out: natural days end at the midnight after the last
# one, working days with the working hours of the last one.
"""
HOURS = ((time(9), time(12)), (time(13, 30), time(17, 30)))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True)
class Ask:
    """A limit of a unit from a start, longer by `extra`, with stops."""

    value: int
    unit: str
    start: datetime
    extra: int = 0
    stops: tuple[tuple[datetime, datetime], ...] = ()


class Calendar:
    """The days of the notices, looked at one by one."""

    def __init__(self) -> None:
        self.years = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in NOTICES]
        self.rests = {
            holiday["from"] + DAY * n
            for year in self.years
            for holiday in year["holidays"]
            for n in range((holiday["to"] - holiday["from"]).days + 1)
        }
        self.works = {day for year in self.years for day in year["workdays"]}

    def is_worked(self, on: date) -> bool:
        if on in self.works:
            return True
        return on not in self.rests and on.isoweekday() < 6

    def is_at_work(self, minute: datetime) -> bool:
        """Whether the minute that begins then is worked."""
        clock = minute.time()
        return self.is_worked(minute.date()) and any(a <= clock < b for a, b in HOURS)

    def worked(self, since: datetime, until: datetime) -> int:
        minute, count = since, 0
        while minute < until:
            count += self.is_at_work(minute)
            minute += MINUTE
        return count

    def after(self, since: datetime, minutes: int) -> datetime:
        minute = since
        while minutes:
            minutes -= self.is_at_work(minute)
            minute += MINUTE
        return minute

    def due(self, ask: Ask) -> datetime:
        """Count by hand; stops come one after the other."""
        due = self._without_stops(ask.value + ask.extra, ask.unit, ask.start)
        for begin, end in ask.stops:
            if ask.unit.startswith("working"):
                due = self.after(due, self.worked(begin, end))
            else:
                due += end - begin
        return due

    def _without_stops(self, value: int, unit: str, start: datetime) -> datetime:
        if unit == "minute":
            return start + MINUTE * value
        if unit == "hour":
            return start + MINUTE * 60 * value
        if unit == "working_hour":
            return self.after(start, 60 * value)
        on = start.date()
        while value:
            on += DAY
            value -= unit == "natural_day" or self.is_worked(on)
        if unit == "natural_day":
            return datetime.combine(on + DAY, time())
        return datetime.combine(on, HOURS[-1][1])

    def is_open(self, ask: Ask, due: datetime) -> bool:
        """Whether a year without a notice was counted in."""
        known = {year["year"] for year in self.years}
        counted = set(range(ask.start.year, due.year + 1))
        return ask.unit.startswith("working") and not counted <= known


def asks(days: Calendar) -> Iterator[Ask]:
    """What is asked of each year."""
    for year in days.years:
        for place, holiday in enumerate(year["holidays"]):
            yield from _around(holiday["from"], holiday["to"], place)
        for place, day in enumerate(year["workdays"]):
            yield from _at_made_up(day, place)
        yield from _at_turn(year["year"])


def _at(on: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(on, time(hour, minute))


def _around(first: date, last: date, place: int) -> Iterator[Ask]:
    eve, back = first - DAY, last + DAY
    yield Ask(5 + place, "working_day", _at(eve, 16, 10 + place))
    yield Ask(3 + place, "working_hour", _at(first, 10, 5 * place))
    yield Ask(2 + place, "natural_day", _at(eve, 23, 59))
    stop = ((_at(eve, 11, 15), _at(back, 14, 40 + place)),)
    if place % 2:
        yield Ask(3, "working_day", _at(eve - DAY, 9, 30), extra=place, stops=stop)
        yield Ask(36 + place, "hour", _at(eve, 20, 7), stops=((_at(first, 8), _at(last, 22)),))
    else:
        yield Ask(9, "working_hour", _at(eve - DAY, 13), extra=place, stops=stop)
        yield Ask(7, "natural_day", _at(eve, 0), extra=place, stops=stop)


def _at_made_up(on: date, place: int) -> Iterator[Ask]:
    eve = on - DAY
    yield Ask(1, "working_day", _at(eve, 8 + place))
    yield Ask(8 + place, "working_hour", _at(eve, 15, 20))
    yield Ask(2, "working_day", _at(on, 17, 31), stops=((_at(on, 17, 31), _at(on + DAY, 9, 1)),))


def _at_turn(year: int) -> Iterator[Ask]:
    eve = date(year, 12, 31)
    yield Ask(30, "minute", _at(eve, 23, 45))
    yield Ask(72, "hour", _at(date(year, 2, 27), 9, 9))
    yield Ask(60, "working_day", _at(date(year, 11, 2), 10), extra=30)
    yield Ask(15, "natural_day", _at(date(year, 2, 14), 12))


def line_of(days: Calendar, ask: Ask) -> str:
    due = days.due(ask)
    stops = ", ".join(f"[{a:%Y-%m-%d %H:%M}, {b:%Y-%m-%d %H:%M}]" for a, b in ask.stops)
    parts = [f"limit: {ask.value} {ask.unit}", f"start: {ask.start:%Y-%m-%d %H:%M}"]
    parts += [f"longer: {ask.extra}"] if ask.extra else []
    parts += [f"stops: [{stops}]"] if stops else []
    parts += [f"due: {due:%Y-%m-%d %H:%M}"]
    parts += ["open: true"] if days.is_open(ask, due) else []
    return f"- {{{', '.join(parts)}}}"


def text_of(days: Calendar, asked: Sequence[Ask]) -> str:
    spans = [
        f"    - {{name: {h['name']}, from: {h['from']}, to: {h['to']}}}"
        for year in days.years
        for h in year["holidays"]
    ]
    works = [f"    - {day}" for year in days.years for day in year["workdays"]]
    hours = ", ".join(f'["{a:%H:%M}", "{b:%H:%M}"]' for a, b in HOURS)
    return "\n".join(
        [
            f"{HEAD}zone: Asia/Shanghai",
            f"hours: [{hours}]",
            f"years: [{', '.join(str(year['year']) for year in days.years)}]",
            "days:",
            "  rests:",
            *spans,
            "  works:",
            *works,
            "table:",
            *(line_of(days, ask) for ask in asked),
            "",
        ]
    )


if __name__ == "__main__":
    calendar = Calendar()
    TABLE.write_text(text_of(calendar, list(asks(calendar))), encoding="utf-8")
