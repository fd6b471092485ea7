from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from linli.kernel.paging import Page
from linli.web.ui import levels, listing

AT = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)


def shown(source: str, address: str = "/cases", **values: object) -> str:
    request = RequestFactory().get(address)
    context = Context({"request": request, "at": AT, **values})
    return Template("{% load ui %}" + source).render(context).strip()


def test_a_moment_stands_in_a_time_element_with_its_zone():
    html = shown("{{ at|local_time }}")
    assert html == '<time datetime="2026-11-24T14:05+08:00">2026-11-24 14:05</time>'


def test_a_relative_moment_carries_the_absolute_one():
    html = shown("{% when at now %}", now=AT + timedelta(hours=3))
    assert "3 小时前" in html
    assert 'title="2026-11-24 14:05"' in html


@pytest.mark.parametrize(
    "tag", ["{{ none|local_time }}", "{{ none|local_date }}", "{% when none %}"]
)
def test_a_missing_moment_is_two_dashes(tag: str):
    assert shown(tag, none=None) == "--"


def test_a_day_near_midnight_is_the_local_day():
    late = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    assert "2026-11-25" in shown("{{ late|local_date }}", late=late)


def test_the_due_block_holds_date_and_word():
    html = shown("{% due at now=now %}", now=AT + timedelta(hours=3))
    assert "due--overdue" in html
    assert "已超期 3 小时" in html
    assert "2026-11-24 14:05" in html


def test_changing_a_filter_goes_back_to_the_first_page():
    html = shown('{% query state="open" %}', "/cases?page=4&matter=road")
    assert html == "?matter=road&amp;state=open"


def test_turning_the_page_keeps_the_filters():
    assert shown("{% query page=5 %}", "/cases?page=4&matter=road") == "?matter=road&amp;page=5"


def test_an_empty_value_takes_the_parameter_away():
    assert shown('{% query matter="" %}', "/cases?matter=road") == "?"


def test_one_of_several_values_can_be_taken_away():
    html = shown('{% query_without "matter" "road" %}', "/cases?matter=road&matter=noise&page=2")
    assert html == "?matter=noise"


def test_what_a_person_typed_into_the_address_is_escaped():
    html = shown("{% query page=2 %}", "/cases?q=%22%3E%3Cscript%3E")
    assert "<script>" not in html
    assert '"' not in html


def test_an_icon_is_hidden_from_screen_readers_unless_it_has_a_label():
    assert 'aria-hidden="true"' in shown('{% icon "place" %}')
    assert 'aria-label="地点"' in shown('{% icon "place" label="地点" %}')


def test_page_steps_leave_out_what_lies_far_away():
    page: Page[object] = Page(items=(), number=7, size=50, total=1234)
    assert listing.page_steps(page) == [1, 0, 6, 7, 8, 0, 25]
    assert listing.range_words(page) == "第 301～350 条，共 1,234 条"


def test_an_uncounted_total_says_at_least():
    page: Page[object] = Page(items=(), number=1, size=50, total=1000, is_counted=False)
    assert listing.range_words(page) == "第 1～50 条，共 1,000 条以上"


def test_the_highest_warning_is_red_with_four_bars_and_an_octagon():
    words = levels.warning_words(1)
    assert (words.word, words.grade, words.numeral) == ("红色", "一级", "Ⅰ")
    assert (words.shape, words.bars) == ("level-1", "bars-4")


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.8, 0.95, 1.0])
def test_every_share_has_a_word(share: float):
    assert levels.likelihood_words(share)


def test_a_due_moment_at_the_end_of_a_day_is_told_by_that_day():
    html = shown("{% due at now=at %}", at=datetime(2026, 12, 1, 16, 0, tzinfo=UTC))

    assert ">2026-12-01 24:00</time>" in html
    assert 'datetime="2026-12-02T00:00+08:00"' in html
