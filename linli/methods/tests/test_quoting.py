import pytest

from linli.methods.quoting import bare, in_figures, runs_in

SAID = "那天夜里执法队把我的秤收走了，没有给单子，还推了我一把。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("据反映，贵队执法队把我的秤收走了没有给单子。", ["执法队把我的秤收走了没有给单子"]),
        ("执 法 队、把我的秤——收走了！", ["执 法 队、把我的秤——收走了"]),
        ("反映贵单位暂扣物品时未出具清单，请说明。", []),
        ("", []),
    ],
)
def test_a_run_is_found_however_it_is_spaced(text, found):
    assert runs_in(text, [SAID], least=8) == found


def test_two_runs_are_told_apart_and_short_ones_do_not_count():
    text = "那天夜里执法队。另：没有给单子还推了我一把。"

    assert runs_in(text, [SAID], least=7) == ["那天夜里执法队", "没有给单子还推了我一把"]
    assert runs_in(text, [SAID], least=8) == ["没有给单子还推了我一把"]


def test_names_that_anybody_may_say_do_not_make_a_run():
    name = "青桥区城市管理局"

    assert runs_in(f"请{name}说明", [f"投诉{name}的人"], least=6) == [name]
    assert runs_in(f"请{name}说明", [f"投诉{name}的人"], least=6, apart=[name]) == []


def test_every_sign_keeps_its_place_though_one_sign_may_fold_into_two():
    assert bare("㎏３").signs == "kg3"
    assert bare("㎏３").places == (0, 0, 1)
    assert in_figures("一三八零") == "1380"
