"""When a time to keep runs out, and what stands against deleting."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linli.domain.privacy.rules.retention import (
    CaseStanding,
    Length,
    cutoff,
    duties_on,
    runs_out,
    verdict_on,
)

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
# Hours from 2019 on, and a good many of them around the ends of February.
HOURS_A_YEAR, FEBRUARY = 8766, 58 * 24
moments = st.builds(
    lambda years, hours: (
        AT.replace(year=2019, month=1, day=1) + timedelta(hours=years * HOURS_A_YEAR + hours)
    ),
    st.integers(0, 17),
    st.one_of(st.integers(0, HOURS_A_YEAR), st.integers(FEBRUARY, FEBRUARY + 120)),
)
lengths = st.builds(Length, st.integers(0, 12), st.sampled_from(["year", "natural_day"]))


@given(moments, lengths, moments)
@example(
    datetime(2024, 2, 29, 3, tzinfo=UTC), Length(1, "year"), datetime(2025, 3, 1, 17, tzinfo=UTC)
)
@example(
    datetime(2023, 2, 28, 16, tzinfo=UTC), Length(1, "year"), datetime(2024, 2, 29, 1, tzinfo=UTC)
)
@example(
    datetime(2023, 3, 1, 1, tzinfo=UTC), Length(1, "year"), datetime(2024, 2, 29, 20, tzinfo=UTC)
)
def test_the_cut_and_the_end_say_the_same_of_every_moment(start, length, at):
    """Serves: X01."""
    is_over = at >= runs_out(start, length, ZONE)

    assert is_over == (start < cutoff(at, length, ZONE))


@given(moments, lengths)
def test_nothing_is_kept_shorter_than_its_time_or_a_day_and_a_leap_day_longer(start, length):
    kept = runs_out(start, length, ZONE) - start
    days = length.value * (365 if length.unit == "year" else 1)

    assert timedelta(days=days) < kept <= timedelta(days=days + length.value // 3 + 3)


@pytest.mark.parametrize("unit", ["working_day", "hour", "month"])
def test_data_are_kept_by_years_or_days_alone(unit):
    with pytest.raises(ValueError, match=unit):
        Length(1, unit)


def test_a_closed_case_that_nobody_needs_is_deleted_at_once():
    duties = duties_on(CaseStanding(AT - timedelta(days=999)), record_until=None, at=AT)

    verdict = verdict_on(duties, with_words=True)

    assert (verdict.is_person_now, verdict.is_words_now, verdict.duties) == (True, True, ())


def test_while_the_record_must_be_kept_the_person_goes_and_the_words_wait():
    until = AT + timedelta(days=300)
    duties = duties_on(CaseStanding(AT - timedelta(days=60)), record_until=until, at=AT)

    verdict = verdict_on(duties, with_words=True)

    assert (verdict.is_person_now, verdict.is_words_now) == (True, False)
    assert (verdict.duties, verdict.after) == (("record",), until)


@pytest.mark.parametrize(
    ("standing", "duty"),
    [
        (CaseStanding(None), "open"),
        (CaseStanding(AT, is_held=True), "hold"),
        (CaseStanding(AT, is_waiting=True), "waiting"),
        (CaseStanding(AT, reopen_until=AT), "reopen"),
    ],
)
def test_what_stands_against_it_keeps_the_person_too(standing, duty):
    verdict = verdict_on(duties_on(standing, record_until=None, at=AT), with_words=False)

    assert (verdict.is_person_now, verdict.duties) == (False, (duty,))
    assert verdict.after == standing.reopen_until


def test_whoever_takes_consent_back_leaves_the_record_as_it_is():
    duties = duties_on(CaseStanding(AT), record_until=AT + timedelta(days=9), at=AT)

    verdict = verdict_on(duties, with_words=False)

    assert (verdict.is_person_now, verdict.is_words_now, verdict.duties) == (True, False, ())
