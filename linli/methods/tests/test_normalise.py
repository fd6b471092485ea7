from hypothesis import given
from hypothesis import strategies as st

from linli.methods.normalise import clean, normalise

anything = st.text(alphabet=st.characters(exclude_categories=()), max_size=80)
chinese = st.text(alphabet="路灯坏了 　\t\n\r１2Ａb，。!\u200b\x00", max_size=40)


@given(anything | chinese)
def test_what_is_clean_stays_as_it_is(text):
    assert clean(clean(text)) == clean(text)


@given(anything | chinese)
def test_what_is_normal_stays_as_it_is(text):
    assert normalise(normalise(text)) == normalise(text)


@given(anything)
def test_clean_text_can_be_stored_and_is_no_longer(text):
    kept = clean(text)

    kept.encode("utf-8")
    assert "\x00" not in kept
    assert len(kept) <= len(text)


def test_html_and_formulas_stay_text():
    assert clean("=cmd|' /C calc'!A0 <b>路灯</b>") == "=cmd|' /C calc'!A0 <b>路灯</b>"


def test_figures_become_half_width_and_punctuation_stays():
    assert clean("３号楼，２单元：ＷｉＦｉ") == "3号楼，2单元：WiFi"


def test_direction_and_zero_width_marks_go_and_joined_emoji_stay():
    assert clean("路\u202e灯\u200b👨\u200d👩\u200d👧") == "路灯👨\u200d👩\u200d👧"


def test_spaces_inside_chinese_do_not_part_a_word():
    assert normalise("幸 福 小 区 A 区") == "幸福小区 a 区"
