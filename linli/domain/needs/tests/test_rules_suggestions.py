from datetime import UTC, datetime

import pytest

from linli.domain.needs.ports import MatterGuess, MatterReading
from linli.domain.needs.rules.duplicates import DuplicateGuess, EarlierCase, ranked_duplicates
from linli.domain.needs.rules.petition import petition_type_of
from linli.domain.needs.rules.places import PlaceGuess
from linli.domain.needs.rules.reading import Sentence, abstains
from linli.domain.needs.rules.reasons import (
    duplicate_reasons,
    matter_reason,
    place_reason,
    urgency_reason,
)
from linli.domain.needs.rules.urgency import UrgencyFinding

NAMES = {"noise": ("噪声", "Noise"), "noise.site": ("工地噪声", "Building noise")}
TYPES = ("inquiry", "help", "complaint", "violation_report", "suggestion")
SITE = MatterGuess("noise.site", 0.87, ("打桩", "工地"))


def earlier(text, *, ref="r", lng=None, lat=None, same_area=False):
    return EarlierCase(
        ref=ref,
        number="n",
        title="t",
        text=text,
        lng=lng,
        lat=lat,
        same_area=same_area,
        received_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


def ranked(text, *cases, most=5):
    return ranked_duplicates(text, cases, lng=114.0, lat=30.0, reach_m=300.0, least=0.35, most=most)


def test_the_likest_come_first_and_only_so_many():
    far = earlier("门口路灯坏了三天", ref="far", lng=114.02, lat=30.0)
    near = earlier("门口路灯坏了三天", ref="near", lng=114.0, lat=30.0)
    other = earlier("工地半夜打桩", ref="other", lng=114.0, lat=30.0)

    found = ranked("门口路灯坏了三天了", far, near, other)

    assert [guess.ref for guess in found] == ["near", "far"]
    assert len(ranked("门口路灯坏了三天了", far, near, most=1)) == 1


def test_without_points_the_same_area_speaks_for_it():
    here, there = earlier("路灯坏了", ref="here", same_area=True), earlier("路灯坏了", ref="there")

    found = ranked("路灯坏了", there, here)

    assert [guess.ref for guess in found] == ["here", "there"]
    assert found[0].distance_m is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("请问居住证怎么办？", "inquiry"),
        ("楼上漏水，帮忙协调", "help"),
        ("投诉物业乱收费", "complaint"),
        ("举报无证诊所", "violation_report"),
        ("建议增设公交站", "suggestion"),
        ("给社区工作人员点赞", "help"),
    ],
)
def test_words_tell_what_the_person_wants(text, kind):
    assert petition_type_of(text, known=TYPES) == kind


def test_a_standard_without_types_gets_none():
    assert petition_type_of("投诉", known=()) == ""
    assert petition_type_of("投诉", known=("report",)) == "report"


@pytest.mark.parametrize(("chance", "unsure"), [(0.59, True), (0.6, False)])
def test_below_the_threshold_it_abstains(chance, unsure):
    assert abstains([MatterGuess("noise", chance)], least=0.6) is unsure
    assert abstains([], least=0.0)


def test_a_sure_reading_names_matter_share_and_words():
    reason = matter_reason(MatterReading((SITE,)), abstained=False, least=0.6, names=NAMES)

    assert reason.zh == "事项“工地噪声”（87%），依据“打桩”、“工地”。"
    assert reason.text("en") == "Matter “Building noise” (87%), from “打桩”, “工地”."


def test_where_only_the_class_is_sure_the_class_is_said():
    unsure = MatterReading((MatterGuess("noise.site", 0.4),), MatterGuess("noise", 0.95))

    assert "大类“噪声”（95%）" in matter_reason(unsure, abstained=True, least=0.6, names=NAMES).zh


def test_where_nothing_is_sure_a_person_must_choose():
    unsure = MatterReading((MatterGuess("noise.site", 0.4),), MatterGuess("noise", 0.5))

    assert "把握不足" in matter_reason(unsure, abstained=True, least=0.6, names=NAMES).zh
    nothing = matter_reason(MatterReading(), abstained=True, least=0.6, names=NAMES)
    assert "没有可以识别的词语" in nothing.zh


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (None, "没有识别出地点"),
        (PlaceGuess("1", "point"), "地图上的点落在“东岸”"),
        (PlaceGuess("1", "names", ("菜场",)), "文中提到“菜场”，位于“东岸”"),
        (PlaceGuess("1", "names", ("菜场",), ("11", "12")), "可能是“一村”或“二村”"),
        (PlaceGuess("1", "home"), "没有认得的地名"),
    ],
)
def test_a_place_says_how_it_is_known(place, said):
    reason = place_reason(place, names={"1": "东岸", "11": "一村", "12": "二村"})

    assert reason is not None
    assert said in reason.zh


def test_what_was_stated_is_doubted_where_the_text_names_a_place_elsewhere():
    doubted = PlaceGuess("1", "stated", ("柳塘菜场",), ("11",))
    said = place_reason(doubted, names={"1": "东岸", "11": "柳塘"})
    assert said is not None
    assert "像是在“柳塘”，与写明的“东岸”不同" in said.zh


def test_what_was_stated_needs_no_reason():
    assert place_reason(PlaceGuess("1", "stated"), names={}) is None
    assert urgency_reason(UrgencyFinding("ordinary")) is None


def test_urgency_and_likeness_are_said_in_words():
    finding = UrgencyFinding("emergency", ("着火",), ("fire",))
    apart = DuplicateGuess("r", "20261124-000001-1", "t", 0.82, 120.4)

    assert urgency_reason(finding) == Sentence(
        "出现“着火”，建议按特急件处理。", "The text says “着火”: treat it as an emergency."
    )
    assert [s.zh for s in duplicate_reasons([apart])] == [
        "与 20261124-000001-1 相近（82%），相距 120 米。"
    ]
