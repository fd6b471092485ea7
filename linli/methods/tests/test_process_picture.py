"""The picture of a process reads on a phone, on paper, and by ear.

Serves: R105 R106.
"""

import re
from dataclasses import replace

from hypothesis import given, settings
from lxml import etree

from linli.methods.process.chart import Chart, Figure, Overlay
from linli.methods.process.fitting import lines_of, width_of
from linli.methods.process.picture import PAD, WIDTH, svg_of
from linli.methods.tests.charts import ODD, charts, demand

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart, overlay: Overlay | None = None) -> etree._Element:
    return etree.fromstring(svg_of(chart, overlay or Overlay()).encode())


def texts(root: etree._Element) -> list[str]:
    return [text.text for text in root.iter(f"{SVG}text")]


def test_it_shows_every_stage_with_its_ways():
    shown = texts(drawn(demand()))

    assert {"受理派单", "承办", "异议审核", "回访", "办结"} <= set(shown)
    assert "派单 → 承办" in shown
    assert "成立（退回） → 受理派单" in shown
    assert "未解决（退回） [金额 ≥ 5] →承办" in "".join(shown)
    assert "提醒 70% · 督办 150%" in shown


def test_it_names_and_describes_itself():
    root = drawn(demand())
    named = {one.get("id"): one.text for one in root if one.tag in (f"{SVG}title", f"{SVG}desc")}
    title, described = [named[name] for name in root.get("aria-labelledby").split()]

    assert root.get("role") == "img"
    assert title == "流程图：群众诉求办理 2026.1"
    assert "从“受理派单”开始。" in described
    assert "异议审核：维持 → 承办; 成立（退回） → 受理派单。" in described


def test_ways_back_differ_by_more_than_colour():
    root = drawn(demand())
    dashed = [one for one in root.iter(f"{SVG}path") if one.get("stroke-dasharray")]

    # Three are called ways back; keeping the dispatch leads up as well.
    assert len(dashed) == 4
    assert {one.get("stroke") for one in root.iter(f"{SVG}path")} == {"currentColor", None}


def test_figures_can_be_laid_over_stages_and_ways():
    ways = {
        ("triage", "dispatch", "handle"): Figure(1100, 2.25),
        ("triage", "route", ""): Figure(11),
    }
    root = drawn(demand(), Overlay({"handle": Figure(1234, 52.26)}, ways))
    heavy = [one.get("stroke-width") for one in root.iter(f"{SVG}path") if one.get("stroke-width")]

    shown = texts(root)
    assert "1,234 次 · 中位 52.3 小时" in shown
    assert "1,100 次 · 中位 2.2 小时" in shown
    assert "11 次" in shown
    assert max(heavy) == "3.0"


def test_it_is_told_in_english_where_the_chart_is():
    root = drawn(replace(demand(), lang="en"), Overlay({"handle": Figure(3, 1)}))

    assert "Closed" in texts(root)
    assert "3× · median 1.0 h" in texts(root)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_an_odd_name_is_cut_in_the_picture_and_whole_in_its_title():
    chart = demand()
    tasks = tuple(replace(task, title=ODD) for task in chart.tasks)
    root = drawn(replace(chart, tasks=tasks))

    whole = [one.text for group in root.iter(f"{SVG}g") for one in group.iter(f"{SVG}title")]
    assert whole[0].startswith("办<理>&\"查'看😀")
    assert len(whole[0]) > 190
    assert any(text.endswith("…") for text in texts(root))


@settings(max_examples=100, deadline=None)
@given(charts())
def test_any_picture_is_legible_and_holds_nothing_that_pages_refuse(chart: Chart):
    text = svg_of(chart)
    root = etree.fromstring(text.encode())
    left, room = _room(root)

    assert not list(root.iter(f"{SVG}script", f"{SVG}style", f"{SVG}foreignObject"))
    assert not [one for one in root.iter() if {"style", "href", "onload"} & set(one.attrib)]
    assert root.get("viewBox").startswith(f"0 0 {WIDTH} ")
    for line in root.iter(f"{SVG}text"):
        assert int(line.get("font-size")) >= 12
        assert width_of(line.text) * int(line.get("font-size")) <= room - 2 * PAD
    across = [
        int(x) for path in root.iter(f"{SVG}path") for x in re.findall(r"[MH](\d+)", path.get("d"))
    ]
    assert all(0 < x < WIDTH for x in across)
    assert left > 0


def _room(root: etree._Element) -> tuple[int, int]:
    card = root.find(f"{SVG}g/{SVG}rect")
    return int(card.get("x")), int(card.get("width"))


def test_words_stay_whole_where_they_fit():
    assert lines_of("Handling by units 承办单位办理", ems=8, most=4) == [
        "Handling by",
        "units 承办单位",
        "办理",
    ]
    assert lines_of("办理" * 20, ems=10, most=2) == ["办理" * 5, "办理" * 4 + "办…"]
    assert lines_of("", ems=10, most=2) == []


def test_a_line_never_holds_only_what_xml_cannot():
    assert lines_of("名00000000\x1b", ems=6, most=4) == ["名00000000"]
    assert lines_of("\x1b", ems=6, most=4) == []
