"""Due times: every rule as a table of facts, and what holds of all tables.

Serves: R108 X06.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linli.domain.cases.rules.clocks import Fact, FactKind, Reckoning, moment_at_share, reckon
from linli.kernel.calendar import Day, DayKind, Due, Period, WorkingCalendar
from linli.kernel.moments import end_text
from linli.kernel.units import Limit, LimitUnit

ZONE = timedelta(hours=8)
WORKING = (LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR)
# A made-up turn of the year: Friday 1 January to Sunday 3 rest, and Sunday 10 January is worked.
DAYS = WorkingCalendar(
    "Asia/Shanghai",
    [
        *(Day(date(2027, 1, day), DayKind.REST, "元旦") for day in (1, 2, 3)),
        Day(date(2027, 1, 10), DayKind.WORK, "元旦调休"),
    ],
    (Period(time(9), time(12)), Period(time(13, 30), time(17, 30))),
    frozenset({2026, 2027}),
)


def here(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A local moment; months from 9 on lie in 2026, the others in 2027."""
    year = 2026 if month >= 9 else 2027
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - ZONE


def fact(kind: FactKind, at: datetime, **more: object) -> Fact:
    return Fact(kind, at, **more)  # type: ignore[arg-type]  # reason and extra


def due_of(limit: Limit, *facts: Fact) -> Due:
    due = reckon(limit, facts, DAYS).due
    assert due is not None
    return due


minutes = st.integers(0, 60 * 24 * 150)
moments = minutes.map(lambda passed: here(11, 1) + timedelta(minutes=passed))
units = st.sampled_from(LimitUnit)
limits = st.builds(Limit, st.integers(1, 40), units)


def in_order(many: int) -> st.SearchStrategy[list[datetime]]:
    return st.lists(moments, min_size=many, max_size=many).map(sorted)


@pytest.mark.parametrize(
    ("limit", "start", "due"),
    [
        # The day of the start is left out; natural days end at midnight, through holidays.
        (Limit(1, LimitUnit.NATURAL_DAY), here(12, 31, 10), here(1, 2)),
        (Limit(7, LimitUnit.NATURAL_DAY), here(12, 31, 0), here(1, 8)),
        # Working days end at the close, skip the holiday, count the make-up Sunday.
        (Limit(1, LimitUnit.WORKING_DAY), here(12, 31, 10), here(1, 4, 17, 30)),
        (Limit(1, LimitUnit.WORKING_DAY), here(12, 31, 23), here(1, 4, 17, 30)),
        (Limit(1, LimitUnit.WORKING_DAY), here(1, 2, 12), here(1, 4, 17, 30)),
        (Limit(1, LimitUnit.WORKING_DAY), here(1, 8, 17), here(1, 10, 17, 30)),
        (Limit(2, LimitUnit.WORKING_DAY), here(1, 8, 17), here(1, 11, 17, 30)),
        (Limit(5, LimitUnit.WORKING_DAY), here(1, 4, 9), here(1, 10, 17, 30)),
        # Working hours run within working hours only: over lunch, night, holiday.
        (Limit(3, LimitUnit.WORKING_HOUR), here(12, 31, 16, 30), here(1, 4, 11)),
        (Limit(4, LimitUnit.WORKING_HOUR), here(1, 8, 13, 30), here(1, 8, 17, 30)),
        (Limit(5, LimitUnit.WORKING_HOUR), here(1, 8, 13, 30), here(1, 10, 10)),
        (Limit(4, LimitUnit.WORKING_HOUR), here(1, 6, 11), here(1, 6, 16, 30)),
        # Hours and minutes run on, whatever the day.
        (Limit(24, LimitUnit.HOUR), here(12, 31, 16), here(1, 1, 16)),
        (Limit(90, LimitUnit.MINUTE), here(12, 31, 23), here(1, 1, 0, 30)),
    ],
)
def test_each_unit_is_counted_in_its_own_way(limit, start, due):
    assert due_of(limit, fact("start", start)).at == due


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ([fact("start", here(1, 4, 9))], here(1, 4, 12)),
        (
            [
                fact("start", here(1, 4, 9)),
                fact("pause", here(1, 4, 10)),
                fact("resume", here(1, 4, 11)),
            ],
            here(1, 4, 14, 30),
        ),
        # A pause over night costs no working time.
        (
            [
                fact("start", here(1, 4, 9)),
                fact("pause", here(1, 4, 17, 30)),
                fact("resume", here(1, 5, 9)),
            ],
            here(1, 4, 12),
        ),
        # While it stands still, the due time is that of the moment of the pause.
        ([fact("start", here(1, 4, 9)), fact("pause", here(1, 4, 10))], here(1, 4, 12)),
        (
            [fact("start", here(1, 4, 9)), fact("extend", here(1, 4, 10), extra=2)],
            here(1, 4, 15, 30),
        ),
        # A second pause in a pause, or a resume without one, changes nothing.
        (
            [
                fact("start", here(1, 4, 9)),
                fact("resume", here(1, 4, 9, 30)),
                fact("pause", here(1, 4, 10)),
                fact("pause", here(1, 4, 10, 30)),
                fact("resume", here(1, 4, 11)),
            ],
            here(1, 4, 14, 30),
        ),
    ],
)
def test_what_happens_to_three_working_hours_of_a_monday(facts, due):
    assert due_of(Limit(3, LimitUnit.WORKING_HOUR), *facts).at == due


def test_a_clock_that_has_not_started_has_no_due_time():
    assert reckon(Limit(1, LimitUnit.HOUR), [], DAYS) == Reckoning(None, False, False)


def test_a_stopped_clock_neither_runs_nor_stands_still():
    facts = [fact("start", here(1, 4, 9)), fact("pause", here(1, 4, 10)), fact("stop", here(1, 5))]
    found = reckon(Limit(1, LimitUnit.HOUR), facts, DAYS)
    assert (found.is_running, found.is_paused) == (False, False)


@given(limits, moments)
def test_nothing_is_due_before_or_when_it_starts(limit, start):
    assert due_of(limit, fact("start", start)).at > start


@given(units, st.integers(1, 30), st.integers(1, 10), moments)
def test_a_longer_limit_is_due_later_and_an_extension_is_a_longer_limit(unit, value, extra, start):
    short, long = Limit(value, unit), Limit(value + extra, unit)
    extended = due_of(short, fact("start", start), fact("extend", start, extra=extra))

    assert due_of(short, fact("start", start)).at < due_of(long, fact("start", start)).at
    assert extended.at == due_of(long, fact("start", start)).at


@given(limits, in_order(2))
def test_what_starts_later_is_not_due_earlier(limit, starts):
    first, second = (due_of(limit, fact("start", start)).at for start in starts)
    assert first <= second


@given(in_order(3))
def test_working_time_never_falls_and_never_outruns_the_clock(three):
    one, two, three_ = three
    spent = DAYS.working_seconds(one, three_)
    assert 0 <= spent <= (three_ - one).total_seconds()
    assert spent == DAYS.working_seconds(one, two) + DAYS.working_seconds(two, three_)


@given(moments, st.integers(1, 60 * 60 * 7 * 30))
def test_the_moment_after_some_working_time_is_the_first_at_which_it_has_passed(start, seconds):
    end = DAYS.after_working_seconds(start, seconds)
    assert DAYS.working_seconds(start, end) == seconds
    assert DAYS.working_seconds(start, end - timedelta(seconds=1)) == seconds - 1


def pauses(*ends: datetime) -> list[Fact]:
    kinds: tuple[FactKind, FactKind] = ("pause", "resume")
    return [fact(kinds[number % 2], at) for number, at in enumerate(ends)]


@given(limits, in_order(5))
def test_pauses_add_up_in_the_limits_own_time(limit, times):
    start, *ends = times
    before = due_of(limit, fact("start", start)).at
    after = due_of(limit, fact("start", start), *pauses(*ends)).at
    spans = list(pairwise(ends))[::2]

    if limit.unit in WORKING:
        held = sum(DAYS.working_seconds(a, b) for a, b in spans)
        assert DAYS.working_seconds(before, after) == held
    else:
        assert after - before == sum((b - a for a, b in spans), timedelta())


@given(limits, in_order(4))
def test_a_pause_cut_in_two_moves_the_due_time_as_far_as_the_whole(limit, times):
    start, one, two, three = times
    whole = due_of(limit, fact("start", start), *pauses(one, three))
    halves = due_of(limit, fact("start", start), *pauses(one, two, two, three))
    assert whole.at == halves.at


@given(limits, moments, st.floats(0.05, 1.5), st.floats(0.05, 1.5))
def test_shares_of_a_limit_lie_in_order_between_start_and_due(limit, start, one, two):
    due = due_of(limit, fact("start", start)).at
    less, more = sorted((one, two))

    def at(share: float) -> datetime:
        return moment_at_share(start, due, share, limit.unit, DAYS)

    assert start <= at(less) <= at(more)
    assert at(1.0) == due
    assert (at(less) <= due) or less > 1


@given(limits, in_order(3), st.integers(1, 5))
def test_the_explanation_names_every_number_that_makes_the_due_time(limit, times, extra):
    start, paused, resumed = times
    assume(paused < resumed)
    due = due_of(
        limit,
        fact("start", start),
        fact("extend", start, extra=extra),
        *pauses(paused, resumed),
    )

    span = f"{paused + ZONE:%m-%d %H:%M}～{resumed + ZONE:%m-%d %H:%M}"
    for lang in ("zh-hans", "en"):
        for number in (
            f"{start + ZONE:%Y-%m-%d %H:%M}",
            Limit(limit.value + extra, limit.unit).text(lang),
            Limit(extra, limit.unit).text(lang),
            span,
            end_text(DAYS.local(due.at)),
        ):
            assert number in due.text(lang)


def test_the_explanation_names_the_holidays_left_out_and_the_make_up_days_counted():
    due = due_of(Limit(6, LimitUnit.WORKING_DAY), fact("start", here(12, 31, 10)))
    assert "不计节假日 01-01元旦" in due.zh
    assert "01-10" in due.zh
    assert "make-up working days counted: 01-10" in due.en
    assert "01-02" not in due.zh  # a Saturday rests anyway


@pytest.mark.parametrize(
    ("unit", "is_provisional"), [(unit, unit in WORKING) for unit in LimitUnit]
)
def test_only_working_time_waits_for_the_notice_of_a_year(unit, is_provisional):
    start = datetime(2027, 12, 31, 1, tzinfo=UTC)
    due = due_of(Limit(60 * 24 * 2 if unit is LimitUnit.MINUTE else 48, unit), fact("start", start))
    assert due.provisional is is_provisional
    assert ("暂按" in due.zh) is is_provisional


def test_a_pause_that_reaches_into_a_year_without_notice_makes_the_due_time_provisional():
    due = due_of(
        Limit(1, LimitUnit.WORKING_DAY),
        fact("start", datetime(2027, 12, 1, tzinfo=UTC)),
        *pauses(datetime(2027, 12, 1, 5, tzinfo=UTC), datetime(2028, 1, 3, tzinfo=UTC)),
    )
    assert due.provisional
