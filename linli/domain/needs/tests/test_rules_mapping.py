import pytest

from linli.domain.needs.errors import MappingRejected
from linli.domain.needs.rules.mapping import mapping_of

LEAST = "columns: {body: 内容}\n"


def of(text: str):
    return mapping_of(text.encode(), name="m.yaml")


def test_the_least_mapping_names_the_column_of_the_words():
    mapping = of(LEAST)

    assert mapping.columns.named() == {"body": "内容"}
    assert (mapping.source, mapping.channel) == ("hotline", "import")


def test_heads_are_made_plain_as_those_of_the_file_are():
    assert of("columns: {body: ' 内容１ '}\n").columns.body == "内容1"


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (LEAST + "encodng: utf-8\n", "m.yaml:2:", "encodng"),
        ("columns:\n  body: 内容\n  boddy: 标题\n", "m.yaml:3:", "boddy"),
        ("columns: {title: 标题}\n", "m.yaml:1:", "body"),
        (LEAST + "timezone: Mars/Olympus\n", "m.yaml:2:", "Mars/Olympus"),
        (LEAST + "encoding: latin-1\n", "m.yaml:2:", "latin-1"),
        (LEAST + "channels: {电话: 'Ph one'}\n", "m.yaml:2:", "Ph one"),
        (LEAST + "urgencies: {急: panic}\n", "m.yaml:2:", "panic"),
        (LEAST + "source: 热线\n", "m.yaml:2:", "热线"),
        ("- body\n", "m.yaml:1:", ""),
        ("columns: {body: 内容", "m.yaml:1:", ""),
    ],
)
def test_a_fault_is_told_by_file_and_line_in_both_languages(text, place, said):
    with pytest.raises(MappingRejected) as caught:
        of(text)

    for sentence in (caught.value.zh, caught.value.en):
        assert place in sentence
        assert said in sentence


def test_all_faults_are_told_at_once():
    with pytest.raises(MappingRejected) as caught:
        of("columns: {title: 标题}\nsheets: 1\n")

    assert len(caught.value.zh.splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("columns:\n  body: 内容\n  urgency: 信访人风险等级\n", 3, "信访人风险"),
        ("columns:\n  body: 内容\n  title: 信用分\n", 3, "信用分"),
        ("columns:\n  body: 内容\n  title: Petitioner Risk Score\n", 3, "petitioner risk score"),
        ("columns:\n  body: 内容\n  title: jumin_xinyong\n", 3, "juminxinyong"),
        ("columns:\n  body: 内容\n  title: 居\u200b民 积分\n", 3, ""),
        ("columns:\n  body: 内容\n  phone: 等级\n", 3, "等级"),
        (LEAST + "urgencies: {重点人员: urgent}\n", 2, "重点人员"),
        (LEAST + "petition_types: {缠访: complaint}\n", 2, "缠访"),
    ],
)
def test_a_mapping_that_brings_scores_of_persons_in_does_not_load(text, line, word):
    """Serves: X01."""
    with pytest.raises(MappingRejected) as caught:
        of(text)

    assert f"m.yaml:{line}:" in caught.value.zh
    assert word in caught.value.zh
    assert "从不评人" in caught.value.zh
    assert "persons have none" in caught.value.en


@pytest.mark.parametrize(
    "text",
    [
        LEAST + "matters: {个人信用: finance.credit}\n",
        "columns: {body: 内容, urgency: 紧急等级}\n",
        "columns: {body: 内容, address: 诉求人地址, reporter_name: 诉求人}\n",
    ],
)
def test_words_of_topics_and_of_urgency_come_in(text):
    assert of(text)


@pytest.mark.parametrize("zone", ["Asia", "a" * 5_000, "Asia/", "../Asia"])
def test_a_zone_that_is_a_folder_or_no_name_at_all_is_refused(zone):
    with pytest.raises(MappingRejected, match="Asia/Shanghai"):
        of(f"{LEAST}timezone: {zone}\n")
