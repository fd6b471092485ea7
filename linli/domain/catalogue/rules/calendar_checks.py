"""Whether a year's days and a region's hours can be counted by.

Serves: X06.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import available_timezones

from linli.domain.catalogue.rules.files import CalendarDef, HoursDef
from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.yaml_tree import Path, Tree

MOST_HOLIDAY_DAYS = 31
SATURDAY = 5


def calendar_problems(year: CalendarDef, tree: Tree) -> Iterator[Problem]:
    """Days outside the year, named twice, or a make-up day that is worked anyway."""
    file_year = tree.file.rsplit("/", 1)[-1].removesuffix(".yaml")
    if file_year != str(year.year):
        line = tree.line(("year",))
        yield problem("file_year", tree.file, line, file_year=file_year, year=year.year)
    for index, holiday in enumerate(year.holidays):
        yield from _holiday(year, tree, index)
        if holiday.length > MOST_HOLIDAY_DAYS:
            facts = {"name": holiday.name, "days": holiday.length, "most": MOST_HOLIDAY_DAYS}
            line = tree.line(("holidays", index, "to"))
            yield problem("holiday_too_long", tree.file, line, **facts)
    for index, day in enumerate(year.workdays):
        line = tree.line(("workdays", index))
        if not _belongs(day, year.year):
            yield problem("day_outside_year", tree.file, line, day=day, year=year.year)
        if day.weekday() < SATURDAY:
            yield problem("workday_not_weekend", tree.file, line, day=day)


def _holiday(year: CalendarDef, tree: Tree, index: int) -> Iterator[Problem]:
    holiday = year.holidays[index]
    line = tree.line(("holidays", index, "to"))
    if holiday.ends < holiday.begins:
        facts = {"name": holiday.name, "start": holiday.begins, "end": holiday.ends}
        yield problem("holiday_reversed", tree.file, line, **facts)
    for key, day in (("from", holiday.begins), ("to", holiday.ends)):
        if not _belongs(day, year.year):
            line = tree.line(("holidays", index, key))
            yield problem("day_outside_year", tree.file, line, day=day, year=year.year)


def _belongs(day: dt.date, year: int) -> bool:
    """New Year may begin in the last days of December before."""
    return day.year == year or (day.year == year - 1 and day.month == 12)


def named_days(year: CalendarDef) -> list[tuple[dt.date, Path]]:
    """Every day the year names, with the path in its file."""
    rests: list[tuple[dt.date, Path]] = [
        (day, ("holidays", index))
        for index, holiday in enumerate(year.holidays)
        if holiday.length <= MOST_HOLIDAY_DAYS
        for day in holiday.days
    ]
    return [*rests, *((day, ("workdays", index)) for index, day in enumerate(year.workdays))]


def hours_problems(hours: HoursDef, tree: Tree) -> Iterator[Problem]:
    """Periods that end before they begin or overlap, and zones nobody knows."""
    if hours.zone not in available_timezones():
        yield problem("unknown_zone", tree.file, tree.line(("zone",)), zone=hours.zone)
    before = ""
    for index, period in enumerate(hours.periods):
        line = tree.line(("periods", index))
        facts = {"start": period.opens, "end": period.closes}
        if period.closes <= period.opens:
            yield problem("hours_reversed", tree.file, line, **facts)
        elif period.opens < before:
            yield problem("hours_overlap", tree.file, line, **facts)
        before = max(before, period.closes)
