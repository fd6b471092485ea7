"""Every day from 2019 to 2026 against an independent calendar.

Serves: X06.
"""

from datetime import date, time, timedelta

import chinese_calendar
import pytest

from linli.kernel.calendar import Day, DayKind, Period, WorkingCalendar
from tests.packs.shipped import content_of

YEARS = range(2019, 2027)


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    """The working calendar as cn-base gives it."""
    content = content_of("cn-base")
    assert content.hours is not None
    rests = [
        Day(d, DayKind.REST, h.name) for y in content.years for h in y.holidays for d in h.days
    ]
    works = [Day(day, DayKind.WORK) for year in content.years for day in year.workdays]
    return WorkingCalendar(
        zone=content.hours.zone,
        days=[*rests, *works],
        periods=[
            Period(opens=_time(period.opens), closes=_time(period.closes))
            for period in content.hours.periods
        ],
        confirmed_years=frozenset(y.year for y in content.years if y.status == "confirmed"),
    )


def _time(text: str) -> time:
    return time.fromisoformat(text)


@pytest.mark.parametrize("year", YEARS)
def test_each_day_is_worked_or_not_as_the_notices_say(calendar: WorkingCalendar, year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]

    wrong = [d for d in days if calendar.is_working_day(d) != chinese_calendar.is_workday(d)]

    assert wrong == []


def test_each_year_is_confirmed_by_a_notice_with_a_number() -> None:
    content = content_of("cn-base")
    sources = {source.id: source for source in content.sources}

    for year in content.years:
        cited = [sources[code] for code in (year.source, *year.changed_by)]
        assert year.status == "confirmed"
        assert all(str(year.year) in source.title for source in cited)
        assert all(source.number.startswith("国办发明电〔") for source in cited)
    assert [year.year for year in content.years] == list(YEARS)


def test_the_spring_festival_of_2020_and_the_labour_day_of_2019_follow_the_later_notice(
    calendar: WorkingCalendar,
) -> None:
    assert not calendar.is_working_day(date(2020, 2, 1))
    assert calendar.is_working_day(date(2020, 2, 3))
    assert not calendar.is_working_day(date(2019, 5, 3))
    assert calendar.is_working_day(date(2019, 4, 28))
