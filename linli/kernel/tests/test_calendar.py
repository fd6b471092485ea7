from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.calendar import Day, DayKind, Period, WorkingCalendar
from linli.kernel.units import Limit, LimitUnit

HOURS = (Period(time(9), time(12)), Period(time(13, 30), time(17, 30)))


def autumn_2025() -> WorkingCalendar:
    rest = [Day(date(2025, 10, day), DayKind.REST, "国庆节、中秋节") for day in range(1, 9)]
    work = [Day(date(2025, 9, 28), DayKind.WORK), Day(date(2025, 10, 11), DayKind.WORK)]
    return WorkingCalendar("Asia/Shanghai", rest + work, HOURS, frozenset({2025}))


def here(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def test_three_working_days_before_the_october_holiday_end_on_the_make_up_saturday():
    """Serves: X06."""
    due = autumn_2025().add(here(2025, 9, 30, 10), Limit(3, LimitUnit.WORKING_DAY))

    assert due.at == here(2025, 10, 11, 17, 30)
    assert "10-11" in due.zh
    assert not due.provisional


def test_natural_days_run_through_holidays_and_end_at_midnight():
    due = autumn_2025().add(here(2025, 9, 30, 10), Limit(3, LimitUnit.NATURAL_DAY))
    assert due.at == here(2025, 10, 4)


def test_working_hours_jump_lunch_and_night():
    due = autumn_2025().add(here(2025, 9, 29, 11), Limit(8, LimitUnit.WORKING_HOUR))
    assert due.at == here(2025, 9, 30, 12)


def test_a_limit_that_starts_on_a_rest_day_counts_from_the_next_working_day():
    due = autumn_2025().add(here(2025, 10, 3, 22), Limit(1, LimitUnit.WORKING_HOUR))
    assert due.at == here(2025, 10, 9, 10)


def test_a_year_without_a_notice_is_marked_provisional():
    due = autumn_2025().add(here(2025, 12, 30, 10), Limit(5, LimitUnit.WORKING_DAY))
    assert due.provisional
    assert "暂按" in due.zh


def test_a_pause_moves_a_working_limit_by_the_working_time_paused():
    calendar, limit = autumn_2025(), Limit(3, LimitUnit.WORKING_DAY)
    due = calendar.add(here(2025, 9, 29, 9), limit).at

    moved = calendar.shift(due, limit, here(2025, 9, 29, 12), here(2025, 9, 30, 12))

    assert due == here(2025, 10, 10, 17, 30)
    assert moved == here(2025, 10, 11, 17, 30)


MOMENTS = st.integers(0, 3 * 366 * 86_400).map(
    lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(MOMENTS, MOMENTS)
def test_working_time_never_runs_backwards(one, two):
    calendar = autumn_2025()
    first, last = sorted((one, two))
    assert calendar.working_time(first) <= calendar.working_time(last)


@given(MOMENTS, st.integers(1, 400_000))
def test_the_moment_after_some_working_time_lies_that_much_working_time_later(start, seconds):
    calendar = autumn_2025()
    start = start.replace(microsecond=0)
    end = calendar.after_working_seconds(start, seconds)
    assert calendar.working_seconds(start, end) == seconds
    assert calendar.working_seconds(start, end - timedelta(seconds=1)) == seconds - 1


def test_a_limit_that_ends_with_a_day_is_told_by_that_day():
    due = autumn_2025().add(here(2025, 9, 30, 10), Limit(3, LimitUnit.NATURAL_DAY))

    assert "至 2025-10-03 24:00" in due.zh
    assert "to 2025-10-03 24:00" in due.en
