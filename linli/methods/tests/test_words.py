from hypothesis import given
from hypothesis import strategies as st

from linli.methods.words import STOP_WORDS, is_readable, search_tokens, words


@given(st.text(max_size=60))
def test_search_tokens_hold_no_sign_and_no_stop_word(text):
    tokens = search_tokens(text).split()

    assert all(token not in STOP_WORDS and any(map(str.isalnum, token)) for token in tokens)


def test_a_long_word_is_found_by_its_parts():
    assert {"建筑", "工地"} <= set(search_tokens("建筑工地").split())


def test_two_spellings_are_indexed_alike():
    assert search_tokens("ＷｉＦｉ坏了，３号楼") == search_tokens("wifi坏了 3号楼")


def test_words_hold_chinese_only():
    assert words("wifi 12345 路灯") == ["路灯"]


def test_function_words_are_no_reasons():
    assert [word for word in ("我们", "坏", "路灯", "abc") if is_readable(word)] == ["路灯"]
