from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from linli.web.ui import wording

AT = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "masked"),
    [("", ""), ("张", "*"), ("张三", "张*"), ("张老三", "张*三"), ("欧阳建国", "欧**国")],
)
def test_a_name_keeps_its_first_and_last_character(name: str, masked: str):
    assert wording.masked_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800001402", "138****1402"),
        ("138 0000 1402", "138****1402"),
        ("010-66001234", "010****1234"),
        ("66001234", "6*****34"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_phone_number_never_shows_more_than_seven_digits(phone: str, masked: str):
    assert wording.masked_phone(phone) == masked


def test_a_moment_is_written_to_the_minute_in_its_zone():
    assert wording.minute_text(AT, zone=ZoneInfo("Asia/Shanghai")) == "2026-11-24 14:05"


def test_running_text_takes_the_long_date():
    assert wording.prose_date(date(2026, 1, 4), lang="zh-hans") == "2026年1月4日"
    assert wording.prose_date(date(2026, 1, 4), lang="en") == "4 January 2026"


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(seconds=10), "刚刚"),
        (timedelta(minutes=25), "25 分钟前"),
        (timedelta(hours=23, minutes=59), "23 小时前"),
        (timedelta(days=1), None),
        (-timedelta(hours=2), "2 小时后"),
    ],
)
def test_relative_time_stops_at_a_day(gap: timedelta, words: str | None):
    assert wording.since_text(AT - gap, now=AT) == words


HELD_LATE = "已超期 5 天，计时暂停"


@pytest.mark.parametrize(
    ("due_in", "more", "kind", "words"),
    [
        (None, {}, "none", "无时限"),
        (timedelta(hours=-3), {}, "overdue", "已超期 3 小时"),
        (timedelta(hours=5), {}, "soon", "剩余 5 小时"),
        (timedelta(hours=47), {}, "open", "剩余 47 小时"),
        (timedelta(days=2, hours=3), {}, "open", "剩余 2 天"),
        (timedelta(hours=5), {"held_at": AT}, "paused", "计时暂停"),
        (timedelta(hours=-2), {"held_at": AT - timedelta(hours=3)}, "paused", "计时暂停"),
        (timedelta(days=-6), {"held_at": AT - timedelta(days=1)}, "overdue", HELD_LATE),
        (timedelta(hours=-5), {"done_at": AT - timedelta(hours=6)}, "met", "按期办结"),
        (timedelta(hours=-5), {"done_at": AT}, "late", "超期 5 小时办结"),
    ],
)
def test_a_due_moment_says_how_it_stands(due_in, more, kind: str, words: str):
    due_at = None if due_in is None else AT + due_in
    assert wording.due_words(due_at, now=AT, **more) == wording.DueWords(kind, words)


def test_the_very_moment_is_not_yet_overdue():
    assert wording.due_words(AT, now=AT).kind == "soon"


def test_a_missing_figure_is_two_dashes_and_never_zero():
    assert wording.number_text(None) == "--"
    assert wording.percent_text(None) == "--"
    assert wording.number_text(0) == "0"


def test_figures_take_commas_and_shares_no_space():
    assert wording.number_text(1234567.891, places=1) == "1,234,567.9"
    assert wording.percent_text(0.8315) == "83.2%"


def test_only_large_headlines_are_counted_by_wan_and_only_in_chinese():
    assert wording.headline_text(99_999, lang="zh-hans") == "99,999"
    assert wording.headline_text(128_400, lang="zh-hans") == "12.8万"
    assert wording.headline_text(230_000_000, lang="zh-hans") == "2.3亿"
    assert wording.headline_text(128_400, lang="en") == "128,400"


def test_words_follow_the_language_of_the_reader():
    with override("zh-hans"):
        assert wording.length_text(timedelta(days=3)) == "3 天"
