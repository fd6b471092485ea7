from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from linli.domain.needs.rules.moments import read_moment

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 8, 1, 1, 47, tzinfo=UTC)


def wall(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  # a sheet's cell has no zone


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-01 09:47",
        "2026/8/1 09:47",
        "2026.8.1 9:47",
        "2026-08-01 09:47:00",
        "2026-08-01T09:47:00.000",
        "2026-08-01T01:47:00Z",
        "2026-08-01T11:47:00+10:00",
        "2026-08-01T11:47+1000",
        "2026年8月1日09时47分",
        "2026年08月01日 9点47分0秒",
        "２０２６年８月１日０９时４７分",
        "２０２６／８／１　０９：４７",
        "2026年8月1日上午9:47",
        " 2026-8-1  9：47 ",
        "20260801094700",
        "20260801 0947",
        "2026-08-01 09:47 AM",
    ],
)
def test_one_moment_in_many_writings(text):
    assert read_moment(text, zone=ZONE) == NOON


@pytest.mark.parametrize(
    "text", ["2026-08-01 21:47", "2026年8月1日下午9点47分", "2026/8/1 9:47 PM"]
)
def test_the_afternoon_is_later_than_the_morning(text):
    assert read_moment(text, zone=ZONE) == NOON + timedelta(hours=12)


@pytest.mark.parametrize("half", ["凌晨12:00", "12:00 AM", "00:00"])
def test_midnight_begins_the_day(half):
    assert read_moment(f"2026-08-01 {half}", zone=ZONE).astimezone(ZONE).hour == 0


@pytest.mark.parametrize("cell", ["2026-08-01", "20260801", 20260801, 20260801.0, "2026年8月1日"])
def test_a_day_alone_means_its_first_minute(cell):
    assert read_moment(cell, zone=ZONE) == datetime(2026, 7, 31, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        wall(2026, 8, 1, 9, 47),
        46235 + (9 * 60 + 47) / 1440,
        str(46235 + (9 * 60 + 47) / 1440),
        NOON,
        NOON.astimezone(timezone(timedelta(hours=-5))),
    ],
)
def test_sheets_tell_moments_as_dates_or_serials(cell):
    assert read_moment(cell, zone=ZONE) == NOON


def test_a_sheets_day_is_a_day():
    assert read_moment(date(2026, 8, 1), zone=ZONE) == datetime(2026, 7, 31, 16, tzinfo=UTC)


def test_the_zone_is_the_files():
    assert read_moment("2026-08-01 01:47", zone=ZoneInfo("UTC")) == NOON


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "上月底下午",
        "2026-13-45 25:61",
        "2026-02-30",
        "01/08/2026",
        "8/1/26 9:47",
        "2026-08",
        "46235abc",
        "99999",
        "123",
        12.0,
        True,
        float("nan"),
        "2026-08-01 09:47 其他",
        "=NOW()",
    ],
)
def test_what_is_no_moment_is_refused(cell):
    with pytest.raises((ValueError, OverflowError)):
        read_moment(cell, zone=ZONE)
