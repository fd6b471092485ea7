"""The table of due times that can be checked by hand, held against the platform."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from linli.config.bench._clocks_oracle import Almanac
from linli.config.bench._clocks_run import calendar_of
from linli.domain.cases.selectors import ClockFact, reckon
from linli.kernel.calendar import WorkingCalendar
from linli.kernel.units import Limit, LimitUnit

FILE = Path(__file__).with_name("_clocks_table.yaml")


@dataclass(frozen=True)
class Entry:
    """A line of the table: what is asked, and what was counted.

    Parameters
    ----------
    facts : what happened to the clock, in order of time. due : UTC.
    is_open : whether it counts in a year without a notice. said : the line as it stands.
    """

    limit: Limit
    facts: tuple[ClockFact, ...]
    due: datetime
    is_open: bool
    said: str

    def is_met(self, calendar: WorkingCalendar) -> bool:
        """Whether the platform counts the same."""
        due = reckon(self.limit, self.facts, calendar).due
        return due is not None and (due.at, due.provisional) == (self.due, self.is_open)


def table() -> tuple[WorkingCalendar, list[Entry]]:
    """Return the calendar of the table, and its lines."""
    told = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    zone = ZoneInfo(told["zone"])
    return calendar_of(_almanac(told)), [_entry(line, zone) for line in told["table"]]


def wrong_entries() -> Iterator[Entry]:
    """Yield each line that the platform counts otherwise."""
    calendar, entries = table()
    yield from (entry for entry in entries if not entry.is_met(calendar))


def _almanac(told: Mapping[str, Any]) -> Almanac:
    named: dict[date, bool] = {}
    for rest in told["days"]["rests"]:
        length = (rest["to"] - rest["from"]).days + 1
        named |= {rest["from"] + timedelta(days=n): False for n in range(length)}
    named |= dict.fromkeys(told["days"]["works"], True)
    hours = [(time.fromisoformat(a), time.fromisoformat(b)) for a, b in told["hours"]]
    return Almanac(told["zone"], named, hours, frozenset(told["years"]))


def _entry(line: Mapping[str, Any], zone: ZoneInfo) -> Entry:
    value, unit = str(line["limit"]).split()
    start = _moment(line["start"], zone)
    facts = [ClockFact("start", start)]
    if "longer" in line:
        facts.append(ClockFact("extend", start, extra=int(line["longer"])))
    for begin, end in line.get("stops", ()):
        facts += [ClockFact("pause", _moment(begin, zone)), ClockFact("resume", _moment(end, zone))]
    due = _moment(line["due"], zone)
    limit = Limit(int(value), LimitUnit(unit))
    return Entry(limit, tuple(facts), due, bool(line.get("open")), str(line))


def _moment(told: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=zone).astimezone(UTC)
