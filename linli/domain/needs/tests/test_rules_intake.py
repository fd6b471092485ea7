from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.needs.errors import (
    ChannelMissing,
    ChannelUnknown,
    MessageEmpty,
    PointIncomplete,
    ReceivedInFuture,
    TextTooLong,
)
from linli.domain.needs.rules.intake import IntakeLimits, NewMessage, checked_message, title_from
from linli.kernel.errors import Rejected, RejectedTogether
from linli.kernel.secrecy import SecretMarked

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LIMITS = IntakeLimits(
    body_chars=200,
    title_chars=40,
    future=timedelta(minutes=10),
    zone="Asia/Shanghai",
    secrecy_basis=("《保密法》", "the secrecy law"),
)
GOOD = NewMessage(channel="web", body="楼下路灯坏了三天。", row=7)


def check(**changed):
    return checked_message(replace(GOOD, **changed), limits=LIMITS, at=AT)


def test_a_good_message_gets_a_title_and_a_time():
    checked = check()

    assert (checked.title, checked.received_at) == ("楼下路灯坏了三天", AT)


@pytest.mark.parametrize(
    ("changed", "fault", "field"),
    [
        ({"body": ""}, MessageEmpty, "body"),
        ({"body": " \n\u200b\x00 "}, MessageEmpty, "body"),
        ({"body": "。。。！？"}, MessageEmpty, "body"),
        ({"body": "路" * 201}, TextTooLong, "body"),
        ({"body": "路" * 10_000_000}, TextTooLong, "body"),
        ({"title": "路" * 41}, TextTooLong, "title"),
        ({"address": "路" * 301}, TextTooLong, "address"),
        ({"reporter_phone": "1" * 33}, TextTooLong, "reporter_phone"),
        ({"received_at": AT + timedelta(minutes=11)}, ReceivedInFuture, "received_at"),
        ({"lng": 114.0}, PointIncomplete, "lng"),
        ({"lng": 114.0, "lat": 91.0}, PointIncomplete, "lng"),
        ({"lng": float("nan"), "lat": 30.0}, PointIncomplete, "lng"),
        ({"channel": " "}, ChannelMissing, "channel"),
        ({"body": "机密★10年\n关于某事"}, SecretMarked, "body"),
        ({"title": "【秘密】某事"}, SecretMarked, "title"),
    ],
)
def test_a_fault_names_its_field_and_row_in_both_languages(changed, fault, field):
    with pytest.raises(fault) as caught:
        check(**changed)

    assert (caught.value.field, caught.value.row) == (field, 7)
    assert caught.value.zh
    assert caught.value.en


def test_a_channel_that_nobody_counts_is_refused_with_those_that_are():
    with pytest.raises(ChannelUnknown) as caught:
        check(channel="nope")

    assert (caught.value.field, caught.value.row) == ("channel", 7)
    assert "hotline" in caught.value.zh


def test_all_faults_are_told_at_once():
    with pytest.raises(RejectedTogether) as caught:
        check(body="", channel="", lng=500.0, lat=1.0)

    assert [fault.field for fault in caught.value.faults] == ["channel", "body", "lng"]


def test_a_clock_a_little_ahead_is_forgiven():
    assert check(received_at=AT + timedelta(minutes=9)).received_at == AT + timedelta(minutes=9)


def test_a_secrecy_mark_is_told_alone_even_where_the_text_is_too_long():
    with pytest.raises(SecretMarked):
        check(body="机密★10年 " + "长" * 9_000, channel="")


def test_the_sentence_on_secrecy_names_mark_and_law():
    with pytest.raises(SecretMarked) as caught:
        check(body="绝密★启用前")

    assert "绝密★启用前" in caught.value.zh
    assert "《保密法》" in caught.value.zh


@pytest.mark.parametrize(
    "body",
    ["=cmd|' /C calc'!A0 路坏", "<script>alert(1)</script>路坏", "+1+1 路坏", "路坏😡👨\u200d👩"],
)
def test_formulas_html_and_emoji_stay_text(body):
    assert check(body=body).body == body


def test_a_time_in_the_future_is_told_in_local_time():
    with pytest.raises(ReceivedInFuture) as caught:
        check(received_at=datetime(2026, 11, 30, 16, 30, tzinfo=UTC))

    assert "2026-12-01 00:30" in caught.value.zh


@given(st.text(max_size=300), st.text(max_size=60))
def test_whatever_comes_is_taken_clean_or_refused_in_words(body, title):
    try:
        checked = check(body=body, title=title)
    except Rejected as fault:
        assert fault.zh
    else:
        assert check(body=checked.body, title=checked.title) == checked
        assert 0 < len(checked.title) <= LIMITS.title_chars
        assert "\x00" not in checked.body + checked.title


@given(st.text(alphabet="路灯，。 \n", min_size=1, max_size=80))
def test_a_made_title_is_one_short_line_of_the_body(body):
    title = title_from(body.strip())

    assert len(title) <= 30
    assert title.rstrip("…") in " ".join(body.split())
    assert "\n" not in title
