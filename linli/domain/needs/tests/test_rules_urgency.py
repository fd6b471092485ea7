import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.needs.rules.urgency import LEVELS, UrgencyList, UrgentWord

LISTED = UrgencyList(
    [
        UrgentWord("着火", "emergency", "fire"),
        UrgentWord("燃气泄漏", "emergency", "gas"),
        UrgentWord("停水", "urgent", "water"),
    ]
)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("三楼着火了", "emergency"),
        ("小区停水两天", "urgent"),
        ("停水了，厨房又着火", "emergency"),
        ("没有着火", "ordinary"),
        ("没有，真的着火了", "emergency"),
        ("楼道堆纸箱，万一着火怎么办", "urgent"),
        ("担心燃气泄漏", "urgent"),
        ("可能要停水", "ordinary"),
        ("昨天没着火，今天着火了", "emergency"),
        ("燃 气 泄 漏", "emergency"),
        ("路灯坏了", "ordinary"),
        ("", "ordinary"),
    ],
)
def test_the_gravest_word_meant_decides(text, level):
    assert LISTED.find(text).level == level


def test_words_and_kinds_come_gravest_first():
    found = LISTED.find("停水了，厨房着火")

    assert (found.words, found.kinds) == (("着火", "停水"), ("fire", "water"))


@given(st.text(alphabet="着火停水没有万一，了", max_size=30))
def test_more_text_in_another_clause_never_lowers_the_level(text):
    alone, more = LISTED.find(text).level, LISTED.find(f"停水了。{text}").level

    assert LEVELS.index(more) >= max(LEVELS.index(alone), LEVELS.index("urgent"))


def test_an_empty_list_finds_nothing():
    assert UrgencyList([]).find("着火").level == "ordinary"
