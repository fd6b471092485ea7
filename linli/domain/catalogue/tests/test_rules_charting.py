"""A standard becomes a chart that says what it says.

Serves: R105 R106.
"""

import pytest
from hypothesis import given, settings

from linli.domain.catalogue.rules.charting import ChartWords, chart_of
from linli.domain.catalogue.rules.standard import StandardDef
from linli.domain.catalogue.tests.random_standards import CITED, standards
from linli.methods.process.bpmn import bpmn_of
from linli.methods.process.picture import svg_of
from linli.methods.tests.bpmn_oracle import read, spiff_spec

LIMIT = {"value": 2, "unit": "hour", "start": "opened", **CITED}
ENGLISH = ChartWords(lang="en", roles={"clerk": "Clerk"})


def named(code: str, to: str, **more: object) -> dict[str, object]:
    return {"code": code, "name": f"中{code}", "name_en": code, "to": to, **more}


def stage(key: str, **more: object) -> dict[str, object]:
    return {
        "key": key,
        "title": f"中{key}",
        "title_en": key,
        "role": "clerk",
        "place": "窗口",
        "place_en": "Counter",
        "content": [{"text": "核对证件", "text_en": "Check papers"}],
        "limit": LIMIT,
        "outcomes": [named("done", "closed")],
        **more,
    }


def standard(*stages: dict[str, object]) -> StandardDef:
    clock = {"code": "general", "name": "一般", "name_en": "General", "limit": LIMIT}
    return StandardDef.model_validate(
        {
            **CITED,
            "standard": "permit",
            "version": "2026.1",
            "name": "许可",
            "name_en": "Permit",
            "valid_from": "2026-01-01",
            "confidentiality": "ordinary",
            "default_clock": "general",
            "clocks": [clock],
            "stages": list(stages),
        }
    )


def test_notes_hold_role_place_limit_source_and_checks():
    words = ChartWords(roles={"clerk": "受理员"}, sources={"ours": "本单位规定"})
    task = chart_of(standard(stage("check")), words).tasks[0]

    assert task.notes == (
        "承办角色：受理员",
        "地点：窗口",
        "时限：2小时，自环节开始起（依据：本单位规定（待核对））",
        "检查项：核对证件",
    )


def test_each_row_of_a_rule_table_is_a_way_with_its_condition():
    rows = [
        {"when": {"cost": {"at_least": 100.0}}, "to": "board", **CITED},
        {
            "when": {"kind": {"any_of": ["a", "b"]}},
            "to": "board",
            "says": "甲",
            "says_en": "A",
            **CITED,
        },
    ]
    way = named("done", "closed", decide={"rows": rows})
    chart = chart_of(standard(stage("check", outcomes=[way]), stage("board")), ENGLISH)
    told = [(flow.target, flow.condition) for flow in chart.ways_of("check")]

    assert told == [("board", "cost ≥ 100; A"), (None, "")]


@pytest.mark.parametrize(("then", "to"), [("done", ""), ("more", "board"), (None, None)])
def test_parts_are_called_and_lead_on_by_their_way(then: str | None, to: str | None):
    ways = [named("done", "closed"), named("more", "board")]
    parts = {"matters": ["fire", "water"], "then": then}
    words = ChartWords(matters={"fire": ("消防", "permit"), "water": ("给水", "permit")})
    chart = chart_of(standard(stage("check", outcomes=ways, parts=parts), stage("board")), words)
    children = chart.tasks[0].children

    assert children is not None
    assert (children.title, children.called, children.to) == ("消防、给水", "permit", to)


def test_timers_of_the_whole_ladder_say_when_they_ring():
    timers = [
        {"do": "remind", "share": 0.5, **CITED},
        {"do": "list", "before": {"value": 1, "unit": "working_day"}, **CITED},
        {"do": "circulate", "after": {"value": 3, "unit": "hour"}, **CITED},
    ]
    chart = chart_of(standard(stage("check", timers=timers)), ChartWords())
    told = [(one.title, one.mark, one.when, one.duration) for one in chart.tasks[0].alarms]

    assert told == [
        ("提醒", "50%", "用去时限的 50% 时提醒", "PT3600S"),
        ("挂牌", "-1个工作日", "期满前1个工作日挂牌", ""),
        ("通报", "+3小时", "期满后3小时通报", ""),
    ]


def test_the_fields_own_word_for_a_role_names_the_lane():
    chart = chart_of(
        standard(stage("check", who="窗口人员", who_en="Counter staff"), stage("b")), ENGLISH
    )

    assert [lane.title for lane in chart.lanes] == ["Counter staff", "Clerk"]


@settings(max_examples=200, deadline=None)
@given(standards())
def test_any_standard_is_exported_valid_and_read_by_spiffworkflow(body: StandardDef):
    matters = {code: (code, "part") for code in ("noise", "water.leak")}
    chart = chart_of(body, ChartWords(matters=matters))
    text = bpmn_of(chart)
    read(text)
    spec = spiff_spec(text, "standard_chance")

    assert {"stage_stage0", "stage_stage0.BoundaryEventSplit"} & set(spec.task_specs)
    assert svg_of(chart).endswith("</svg>\n")
