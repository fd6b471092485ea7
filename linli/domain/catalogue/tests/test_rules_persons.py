"""No pack can score, rank or label a person."""

import re

import pytest

from linli.domain.catalogue.rules.persons import person_word
from linli.domain.catalogue.tests.builders import SMALL, edited, said


@pytest.mark.parametrize(
    "text",
    [
        "petitioner_risk_score",
        "resident_rank",
        "caller.level",
        "Citizen credit",
        "risk of a resident",
        "household stability",
        "blacklist",
        "social_credit",
        "居民信用分",
        "诉求人风险等级",
        "人员画像",
        "重点人员",
        "缠访户",
        "黑名单",
        "jumin_xinyong_fen",
        "xinfangren-fengxian-dengji",
        "ZhongDianRenYuan",
        "userRiskLevel",
        "ｒｅｓｉｄｅｎｔ＿ｓｃｏｒｅ",
        "居\u200b民评分",
        "score per household",
    ],
)
def test_a_word_that_judges_a_person_is_found(text: str) -> None:
    assert person_word(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "road_risk",
        "area.risk_level",
        "resident",
        "satisfaction_rate",
        "群众满意率",
        "居民楼漏水",
        "重点工程",
        "个人信息",
        "老年人活动中心",
        "reporter_shield",
        "Party building",
        "luwang_fengxian",
        "renyuan_jingbei",
        "user_name",
    ],
)
def test_words_about_places_matters_and_services_stand(text: str) -> None:
    assert person_word(text) is None


def test_such_a_parameter_does_not_load_and_says_why() -> None:
    files = edited("parameters.yaml", "code: lights.yellow", "code: petitioner.risk_score")

    assert said(files) == [
        "parameters.yaml:1: “petitioner.risk_score” scores, ranks or labels a person (in code)."
        " Places, topics and matters have risk; persons have none. Remove it."
    ]


@pytest.mark.parametrize(
    "edit",
    ["code: petitioner.first_value", "code: lights.yellow\n  per: household", "unit: persons"],
)
def test_nor_does_one_whose_two_names_together_score_a_person(edit: str) -> None:
    """Serves: X01."""
    key = edit.split(":")[0]
    line = next(text for text in SMALL["parameters.yaml"].splitlines() if f"{key}: " in text)
    renamed = SMALL["parameters.yaml"].replace(line.strip("- "), edit, 1)
    files = {**SMALL, "parameters.yaml": re.sub(r"name: .*", "name: 综合评分", renamed, count=1)}

    told = [text for text in said(files) if "together they score, rank or label a person" in text]

    assert [text.split(": ")[0].split(":")[0] for text in told] == ["parameters.yaml"]


def test_such_a_key_does_not_load_either() -> None:
    files = edited("pack.yaml", "title: 小包", "title: 小包\nresident_score: 3")

    assert any("scores, ranks or labels a person" in text for text in said(files))


def test_what_residents_say_may_use_any_word() -> None:
    files = edited("examples/noise.yaml", "楼下装修电钻响个不停", "听说有个居民黑名单是真的吗")

    assert said(files) == []
    assert "居民黑名单" in files["examples/noise.yaml"]
    assert files["pack.yaml"] == SMALL["pack.yaml"]
