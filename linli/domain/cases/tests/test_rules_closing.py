"""When a case may be closed, tied, reopened, returned."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.cases.rules.closing import (
    makes_a_ring,
    may_return_again,
    parts_that_block,
    reopen_until,
    return_until,
)
from linli.domain.cases.tests.definitions import standard
from linli.kernel.calendar import Period, WorkingCalendar

DAYS = WorkingCalendar(
    "Asia/Shanghai", [], (Period(time(9), time(17)),), frozenset(range(2020, 2030))
)
AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
statuses = st.dictionaries(st.text(min_size=1, max_size=4), st.sampled_from(["open", "closed"]))
trees = st.dictionaries(st.integers(1, 12), st.integers(1, 12), max_size=12)


@given(statuses)
def test_exactly_the_open_parts_keep_a_whole_open(parts):
    assert set(parts_that_block(parts)) == {n for n, status in parts.items() if status == "open"}


@given(trees, st.integers(1, 12), st.integers(1, 12))
def test_a_tie_makes_a_ring_just_when_the_case_stands_above_the_other(links, case, other):
    above, step = {other}, other
    for _ in range(len(links)):
        step = links.get(step, step)
        above.add(step)
    assert makes_a_ring(links, case=case, other=other) is (case in above)


def test_a_case_may_be_reopened_to_the_end_of_the_window_and_never_without_one():
    until = reopen_until(standard(reopen=3), AT, DAYS)
    assert until == datetime(2026, 11, 27, 16, tzinfo=UTC)
    assert reopen_until(standard(), AT, DAYS) is None


def test_a_return_comes_within_its_window():
    until = return_until(standard(objection=1), AT, DAYS)
    assert until == AT.replace(hour=9) + timedelta(days=1)
    assert return_until(standard(), AT, DAYS) is None


@pytest.mark.parametrize(
    ("after_ruling", "is_ruled", "may"),
    [(False, False, True), (False, True, False), (True, True, True), (None, True, True)],
)
def test_a_ruling_fixes_the_handler_where_the_standard_says_so(after_ruling, is_ruled, may):
    assert may_return_again(standard(may_return=after_ruling), is_ruled=is_ruled) is may
