"""Four hundred due times of 2019 to 2026, checked by hand and by counting, and none is wrong.

Serves: R108 X06.
"""

from dataclasses import replace
from datetime import timedelta

from linli.config.bench._clocks_table import table, wrong_entries
from linli.kernel.calendar import DayKind
from linli.kernel.units import LimitUnit
from tests.clocks.make_table import TABLE, Calendar, asks, text_of
from tests.packs.shipped import content_of


def test_the_platform_counts_what_the_table_says():
    assert [entry.said for entry in wrong_entries()] == []


def test_the_table_is_what_counting_minute_by_minute_gives_for_the_notices_of_today():
    days = Calendar()

    assert TABLE.read_text(encoding="utf-8") == text_of(days, list(asks(days)))


def test_its_days_and_hours_are_those_of_the_shipped_calendar():
    calendar, _ = table()
    content = content_of("cn-base")
    rests = {day for year in content.years for h in year.holidays for day in h.days}
    works = {day for year in content.years for day in year.workdays}

    assert {day.on for day in calendar.days if day.kind is DayKind.WORK} == works
    assert {day.on for day in calendar.days if day.kind is DayKind.REST} == rests - works
    assert content.hours is not None
    assert [(str(p.opens)[:5], str(p.closes)[:5]) for p in content.hours.periods] == [
        (f"{p.opens:%H:%M}", f"{p.closes:%H:%M}") for p in calendar.periods
    ]


def test_it_asks_of_every_year_and_unit_with_stops_extensions_and_a_missing_notice():
    _, entries = table()

    assert len(entries) >= 400
    assert {entry.limit.unit for entry in entries} == set(LimitUnit)
    assert set(range(2019, 2027)) <= {entry.due.year for entry in entries}
    assert sum(len(entry.facts) > 2 for entry in entries) > 100
    assert sum(any(f.kind == "extend" for f in entry.facts) for entry in entries) > 40
    assert sum(entry.is_open for entry in entries) >= 1


def test_a_line_that_is_a_minute_off_is_found():
    calendar, entries = table()

    off = [replace(entry, due=entry.due + timedelta(minutes=1)) for entry in entries]
    assert not any(entry.is_met(calendar) for entry in off)
