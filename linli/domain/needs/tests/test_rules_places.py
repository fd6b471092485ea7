import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.needs.rules.places import (
    PlaceGuess,
    common_area,
    place_from_names,
    stated_place,
)
from linli.methods.gazetteer import Gazetteer

PATHS = {
    "1": "1/",
    "11": "1/11/",
    "111": "1/11/111/",
    "112": "1/11/112/",
    "12": "1/12/",
    "121": "1/12/121/",
    "2": "2/",
}
NAMES = Gazetteer(
    [
        ("东岸街道", "1"),
        ("柳塘社区", "11"),
        ("幸福小区", "111"),
        ("幸福小区", "121"),
        ("柳塘菜场", "112"),
        ("工人新村", "121"),
        ("外地广场", "2"),
    ]
)


SPOKEN = ["东岸街道", "柳塘社区", "幸福小区", "柳塘菜场", "工人新村", "，"]


def place(text, *, within="1/"):
    return place_from_names(NAMES.hits(text), PATHS, within=within)


def test_the_deepest_area_that_is_named_is_meant():
    assert place("东岸街道柳塘社区柳塘菜场") == PlaceGuess(
        "112", "names", ("东岸街道", "柳塘社区", "柳塘菜场")
    )


def test_another_name_tells_which_of_two_bearers_is_meant():
    guess = place("柳塘社区幸福小区")

    assert (guess.code, guess.is_sure) == ("111", True)


def test_a_name_of_two_places_gives_what_holds_both_and_asks():
    guess = place("幸福小区的路灯")

    assert (guess.code, guess.others, guess.is_sure) == ("1", ("111", "121"), False)


def test_two_places_of_one_area_give_that_area():
    assert place("从柳塘菜场到柳塘社区幸福小区").code == "11"


def test_names_elsewhere_are_taken_for_other_words():
    assert place("外地广场") is None
    assert place("外地广场，工人新村").code == "121"


@pytest.mark.parametrize(
    ("stated", "text", "others"),
    [
        ("12", "柳塘菜场", ("112",)),
        ("2", "幸福小区", ("111", "121")),
        ("11", "柳塘菜场", ()),
        ("112", "东岸街道", ()),
        ("12", "幸福小区", ()),
        ("12", "路灯坏了", ()),
        ("unheard", "柳塘菜场", ()),
    ],
)
def test_a_stated_area_stands_and_what_the_text_says_elsewhere_is_kept_beside_it(
    stated, text, others
):
    found = stated_place(stated, place(text), PATHS)
    assert (found.code, found.origin, found.others) == (stated, "stated", others)
    assert found.is_contradicted is bool(others)
    assert bool(found.names) is bool(others)


def test_no_known_name_gives_no_place():
    assert place("路灯坏了") is None


@given(st.lists(st.sampled_from(sorted(PATHS.values())), min_size=1, max_size=5))
def test_the_common_area_holds_all_and_nothing_deeper_does(paths):
    common = common_area(paths)

    assert all(path.startswith(common) for path in paths)
    deeper = {path[: len(common)] + path[len(common) :].partition("/")[0] + "/" for path in paths}
    assert len(deeper) > 1 or common == paths[0] or len(set(paths)) == 1


@given(
    st.lists(st.sampled_from(["东岸街道", "柳塘社区", "幸福小区", "柳塘菜场", "工人新村", "，"]))
)
def test_a_guess_lies_inside_the_area_served(words):
    guess = place("".join(words))

    assert guess is None or PATHS[guess.code].startswith("1/")
