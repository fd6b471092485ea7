from datetime import UTC, datetime, timedelta

import pytest
from django.template.loader import render_to_string

from linli.web.ui import parts

AT = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)


def shown(component: str, /, **values: object) -> str:
    return render_to_string(f"ui/components/{component}.html", values)


def test_a_button_with_an_address_is_a_link_and_else_a_button():
    assert "<a " in shown("button", label="查看工单", href="/x")
    assert "<button" in shown("button", label="转办工单")


def test_a_shortcut_is_shown_and_told():
    html = shown("button", label="转办工单", key="d")
    assert 'data-key="d"' in html
    assert 'aria-keyshortcuts="d"' in html
    assert "<kbd" in html


def test_a_missing_fact_reads_as_not_provided_and_zero_stays_zero():
    html = shown("summary_list", rows=[parts.Fact("电话", ""), parts.Fact("楼层", 0)])
    assert html.count("未提供") == 1
    assert ">0<" in html


def test_a_change_link_names_what_it_changes():
    html = shown("summary_list", rows=[parts.Fact("电话", "1", "/change")])
    assert '修改<span class="unseen"> 电话</span>' in html


def test_the_timeline_names_the_actor_and_the_moment():
    entry = parts.Happening("转办工单", AT, "受理派单员")
    html = shown("timeline", entries=[entry], now=AT + timedelta(days=2))
    assert "受理派单员" in html
    assert "2026-11-24 14:05</time>" in html


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_warning_has_four_cues_beside_its_colour(level: int):
    html = shown("warning", level=level)
    assert f"#level-{level}" in html
    assert f"#bars-{5 - level}" in html
    assert ("一级", "二级", "三级", "四级")[level - 1] in html
    assert "ⅠⅡⅢⅣ"[level - 1] in html


def test_table_cells_carry_their_column_for_narrow_screens():
    html = shown(
        "table",
        columns=[parts.Column("工单"), parts.Column("时长（小时）", is_number=True)],
        rows=[parts.Row(("甲", "3"), "/cases/1")],
    )
    assert 'data-label="时长（小时）" class="table__number"' in html
    assert '<a class="table__link" href="/cases/1">' in html


def test_a_row_of_another_length_than_its_head_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        shown("table", columns=[parts.Column("甲")], rows=[parts.Row(())])


@pytest.mark.parametrize(("share", "width"), [(-3, "0.0"), (13.27, "13.3"), (250, "100.0")])
def test_a_bar_stays_inside_its_ground(share: float, width: str):
    html = shown("bars", rows=[parts.BarRow("甲", "3", share)], label="社区", unit="件")
    assert f'class="bar__fill" width="{width}"' in html


def test_a_headline_number_shows_what_it_takes_to_read_it():
    html = shown(
        "big_number",
        label="解决率",
        value="83.1%",
        period="11 月",
        denominator="应回访 412 件",
        change="持平",
        url="/rows",
    )
    for words in ("83.1%", "11 月", "应回访 412 件", "持平", 'href="/rows"'):
        assert words in html


def test_a_suggestion_gives_likelihood_reasons_and_a_choice():
    best = parts.Suggestion("道路破损", "road", 0.87, ("出现“塌陷”",), "a")
    html = shown("suggestion", title="事项", options=[best], name="matter")
    assert "较有把握 · 87%" in html
    assert "出现“塌陷”" in html
    assert 'name="matter" value="road"' in html


def test_without_a_suggestion_the_machine_says_that_it_abstains():
    html = shown("suggestion", title="事项", options=[], name="matter")
    assert "没有把握，不作建议" in html
    assert "<button" not in html


def test_a_decided_suggestion_cannot_be_accepted_again():
    best = parts.Suggestion("道路破损", "road", 0.87)
    html = shown("suggestion", title="事项", options=[best], name="matter", taken="road")
    assert "<button" not in html


def test_the_map_can_be_skipped_and_names_itself():
    html = shown("map", name="各社区受理诉求", data_url="/areas", skip_to="rows")
    assert 'aria-label="各社区受理诉求"' in html
    assert '<a href="#rows">不用地图，看表格</a>' in html


def test_a_grave_act_states_its_consequences_before_the_button():
    html = shown(
        "grave",
        title="撤销工单",
        consequences=["撤销后不能恢复。"],
        action_label="撤销工单",
        cancel_url="/back",
    )
    assert html.index("撤销后不能恢复") < html.index("<button")
    assert 'href="/back"' in html
    assert 'data-behaviour="submit-once"' in html


def test_text_from_outside_is_escaped_everywhere():
    bad = "<img src=x>"
    happening = parts.Happening(bad, AT, bad, bad)
    html = shown("timeline", entries=[happening], now=AT)
    html += shown("summary_list", rows=[parts.Fact(bad, bad)])
    html += shown("notice", text=bad) + shown("tag", word=bad)
    assert "<img" not in html
