"""What a rendition may not say, and what it may say for a reason. Serves: X08 R129."""

import pytest

from linli.domain.cases.rules.renditions import WHY, Finding, Original, findings_in

ORIGINAL = Original(
    texts=["城管队员把我的秤收走了没有给单子，我的电话13912345678，证件110101199003071234。"],
    addresses=["青桥路12号菜场东门"],
    numbers=["20261124-000123-7", "abcdefghijklmnop"],
    names=["青桥区城市管理局"],
)
PLAIN = "据反映，贵单位队员近期在某市场暂扣物品时未出具清单。请说明情况、依据和后续处理。"


def codes(text: str, traces: tuple[str, ...] = ()) -> list[str]:
    return [one.code for one in findings_in(text, ORIGINAL, traces=traces, least=10)]


def test_a_text_in_other_words_passes():
    assert codes(PLAIN) == []
    assert codes("请青桥区城市管理局说明有一点不清楚的地方") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系一三九 1234 5678", ["phone_of_original"]),
        ("证件 32050219880307123Ｘ", ["id_number"]),
        ("工单 20261124 000123 7", ["case_number"]),
        ("ABCDEFGH-IJKLMNOP", ["case_number"]),
        ("电话 13700001111，027-65551234", ["phone_number"]),
        ("队员把我的秤收走了，没有给单子", ["quoted"]),
        ("2026年11月24日", ["moment"]),
        ("26.11.24", ["moment"]),
        ("十一月三日", ["moment"]),
        ("下午３点半", ["moment"]),
        ("凌晨三点钟", ["moment"]),
        ("14:05", ["moment"]),
        ("昨晚", ["moment"]),
        ("on Nov 24", ["moment"]),
        ("3号楼2单元", ["place"]),
        ("在青桥路 12 号菜场东门", ["place"]),
        ("有照片 IMG_1.jpg", ["evidence"]),
    ],
)
def test_each_way_of_giving_away_is_found(text, found):
    assert codes(text) == found


def test_what_the_vault_says_comes_first_and_never_as_a_value():
    found = findings_in(
        "李先生昨晚来电", ORIGINAL, traces=("reporter_family", "reporter_name", "home"), least=10
    )

    assert [one.code for one in found[:2]] == ["reporter_other", "reporter_name"]
    assert {one.said for one in found if one.code.startswith("reporter")} == {""}


def test_a_long_list_of_findings_of_one_kind_is_told_by_its_first_three():
    found = findings_in("1:00 2:00 3:00 4:00", ORIGINAL, traces=(), least=10)

    assert [one.said for one in found] == ["1:00”“2:00”“3:00……"]


def test_nothing_that_names_a_person_lets_a_reason_pass():
    hard = {code for code, why in WHY.items() if why.is_hard}

    assert hard == {
        "reporter_name",
        "reporter_phone",
        "reporter_other",
        "phone_of_original",
        "id_number",
        "case_number",
    }


@pytest.mark.parametrize("code", sorted(WHY))
def test_each_finding_says_in_both_languages_what_to_do(code):
    finding = Finding(code, "某处")

    assert "请" in finding.message()
    assert "{" not in finding.message() + finding.message("en")
    assert finding.message("en").endswith(".")
