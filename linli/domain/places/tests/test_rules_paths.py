import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.domain.places.rules.codes import AreaKind, kind_of, parent_code
from linli.domain.places.rules.paths import (
    child_path,
    is_area_code,
    is_inside,
    parent_codes,
    path_codes,
    path_range,
    paths_above,
    tree_label,
)

codes = st.text(alphabet="0123456789ABab_", min_size=1, max_size=8)
code_lists = st.lists(codes, min_size=1, max_size=7)


def join(parts: list[str]) -> str:
    return "".join(f"{part}/" for part in parts)


@settings(deadline=None)
@given(code_lists, code_lists)
def test_the_range_of_a_path_holds_exactly_what_begins_with_it(one, other):
    assert is_inside(join(one), join(other)) == (one[: len(other)] == other)


@settings(deadline=None)
@given(code_lists)
def test_every_area_above_contains_the_path(parts):
    path = join(parts)
    above = paths_above(path)
    assert above[0] == path
    assert len(above) == len(parts)
    assert all(is_inside(path, ancestor) for ancestor in above)
    assert all(len(a) > len(b) for a, b in zip(above, above[1:], strict=False))


@settings(deadline=None)
@given(code_lists)
def test_codes_come_back_out_of_a_path(parts):
    assert list(path_codes(join(parts))) == parts
    assert list(parent_codes(join(parts))) == parts[:-1]
    assert tree_label(join(parts)).split(".") == parts


@settings(deadline=None)
@given(code_lists)
def test_everywhere_contains_every_path(parts):
    assert is_inside(join(parts), "")


def test_a_sibling_whose_code_is_longer_is_not_inside():
    assert not is_inside("99/9901/99010/", "99/9901/9901/")
    assert not is_inside("990/", "99/")


def test_a_path_without_its_last_slash_is_a_mistake():
    with pytest.raises(ValueError, match="ends with /"):
        path_range("99/9901")


@pytest.mark.parametrize("code", ["", "9 9", "99/1", "街", "9" * 25, "9\n"])
def test_a_code_that_would_break_a_path_is_refused(code):
    assert not is_area_code(code)
    with pytest.raises(ValueError, match="letters, digits"):
        child_path("", code)


@pytest.mark.parametrize(
    ("code", "kind", "parent"),
    [
        ("99", AreaKind.PROVINCE, None),
        ("9901", AreaKind.CITY, "99"),
        ("990101", AreaKind.DISTRICT, "9901"),
        ("990101001", AreaKind.STREET, "990101"),
        ("990101001003", AreaKind.COMMUNITY, "990101001"),
        ("990101001003007", AreaKind.GRID, "990101001003"),
        ("99010100100300702", AreaKind.MICRO_GRID, "990101001003007"),
        ("9901010", None, None),
        ("９９", None, None),
        ("AB", None, None),
    ],
)
def test_the_length_of_a_code_says_its_kind_and_its_parent(code, kind, parent):
    assert kind_of(code) == kind
    assert parent_code(code) == parent
