"""A person is found in a text however the name and the number are written. Serves: X08."""

import pytest

from linli.domain.vault.rules.traces import traces_in

LIN = {"reporter_name": "林小满（女士）", "reporter_phone": "+86 138-0000-1234"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("林小满反映", {"reporter_name"}),
        ("林 小、满 反映", {"reporter_name"}),
        ("林女士反映", {"reporter_family"}),
        ("反映人姓林", {"reporter_family"}),
        ("树林里的女士", set()),
        ("电话１３８０００01234", {"reporter_phone"}),
        ("电话幺三八〇〇〇〇一二三四", {"reporter_phone"}),
        ("电话尾号是一二三四的来电", {"reporter_phone_end"}),
        ("门牌 1234 号", set()),
        ("有居民反映贵单位未出具清单", set()),
    ],
)
def test_what_gives_a_person_away(text, found):
    assert traces_in(text, LIN) == found


def test_a_field_that_has_no_rule_of_its_own_is_looked_for_as_it_stands():
    assert traces_in("住在北苑 3 号", {"home": "北苑3号"}) == {"home"}


@pytest.mark.parametrize("value", ["", "满", "1"])
def test_what_is_too_short_tells_nobody_apart(value):
    assert traces_in("圆满完成 12 件", {"reporter_name": value, "home": value}) == frozenset()


def test_a_family_name_of_two_signs_is_one():
    assert traces_in("欧阳先生", {"reporter_name": "欧阳霁"}) == {"reporter_family"}
    assert traces_in("欧先生", {"reporter_name": "欧阳霁"}) == frozenset()
