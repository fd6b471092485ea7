"""Reading YAML without losing lines or guessing values."""

import datetime as dt

import pytest

from linli.domain.catalogue.rules.yaml_tree import MOST_BYTES, read_tree


def faults(raw: bytes) -> list[str]:
    """Say every fault of a file called f.yaml."""
    return [fault.text("en") for fault in read_tree("f.yaml", raw)[1]]


def test_values_keep_their_kind_and_line() -> None:
    tree, problems = read_tree("f.yaml", b"a: 7\nb:\n  - 0.5\n  - 2026-01-31\nc: text\nd: true\n")

    assert tree is not None
    assert problems == []
    assert tree.data == {"a": 7, "b": [0.5, dt.date(2026, 1, 31)], "c": "text", "d": True}
    assert tree.line(("b", 1)) == 4


def test_a_missing_path_gets_the_line_of_what_stands_above_it() -> None:
    tree, _ = read_tree("f.yaml", b"a:\n  b:\n    c: 1\n")

    assert tree is not None
    assert tree.line(("a", "b", "nothing", "here")) == 2


@pytest.mark.parametrize("text", ["on", "Off", "yes", "NO", "13:30", "010", "1_000", "1e5", ".5"])
def test_a_bare_value_that_programs_read_differently_is_refused(text: str) -> None:
    assert faults(f"x: 1\na: {text}\n".encode()) == [
        f"f.yaml:2: “{text}” without quotes is read differently by different programs."
        f' If it is text, write "{text}"; if a number, write it plainly in decimals.'
    ]


def test_a_bare_on_as_key_is_refused_and_a_quoted_one_is_text() -> None:
    assert len(faults(b"on: 1\n")) == 1
    tree, problems = read_tree("f.yaml", b'"on": 1\n')

    assert problems == []
    assert tree is not None
    assert tree.data == {"on": 1}


def test_a_key_that_stands_twice_names_both_lines() -> None:
    assert faults(b"a: 1\nb: 2\na: 3\n") == [
        "f.yaml:3: “a” stands twice in one place (first on line 1), so it is unclear which"
        " holds. Keep one."
    ]


@pytest.mark.parametrize(
    ("raw", "line", "word"),
    [
        (b"a: &x 1\n", 1, "anchor"),
        (b"a: 1\nb: *a\n", 2, "anchor"),
        (b"a: 1\nb: !!python/object:os.system x\n", 2, "tag"),
        (b"a: 1\n---\nb: 2\n", 2, "second YAML document"),
        (b"a: 1\nb: [1\n", 3, "breaks here"),
        (b"a: 1\n\tb: 2\n", 2, "breaks here"),
        (b"a: 1\nb: \x07\n", 2, "breaks here"),
        (b"a: 1\nb: \xff\n", 2, "UTF-8"),
        (b"a: 2026-02-30\n", 1, "not a date of the calendar"),
        (b"[a]: 1\n", 1, "not a word"),
        (b"", 1, "empty"),
        (b"# only a remark\n", 1, "empty"),
        (b"[" * 500, 1, "deeper than"),
        (b"a" * (MOST_BYTES + 1), 1, "more than the"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(raw: bytes, line: int, word: str) -> None:
    found = faults(raw)

    assert any(text.startswith(f"f.yaml:{line}: ") and word in text for text in found), found


def test_a_byte_order_mark_is_no_fault() -> None:
    tree, problems = read_tree("f.yaml", b"\xef\xbb\xbfa: 1\n")

    assert problems == []
    assert tree is not None
    assert tree.data == {"a": 1}
