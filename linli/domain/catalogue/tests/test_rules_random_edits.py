"""Whatever is done to a pack, it loads or names a line that exists."""

from hypothesis import given
from hypothesis import strategies as st

from linli.domain.catalogue.rules.loader import load_pack
from linli.domain.catalogue.rules.references import Known
from linli.domain.catalogue.tests.builders import SMALL

WORDS = [
    "",
    "on",
    "- ",
    "x: 1",
    "value: -1",
    "null",
    "{",
    "]",
    "'",
    "*a",
    "&a",
    "2026-02-31",
    "\t",
    "?",
]
EDITS = st.one_of(
    st.tuples(st.just("drop"), st.integers(0, 200), st.just("")),
    st.tuples(st.just("twice"), st.integers(0, 200), st.just("")),
    st.tuples(st.just("swap"), st.integers(0, 200), st.just("")),
    st.tuples(st.just("indent"), st.integers(0, 200), st.sampled_from(["  ", "    ", "\t"])),
    st.tuples(
        st.just("insert"), st.integers(0, 200), st.sampled_from(WORDS) | st.text(max_size=12)
    ),
    st.tuples(st.just("value"), st.integers(0, 200), st.sampled_from(WORDS) | st.text(max_size=12)),
)


def apply(text: str, kind: str, place: int, word: str) -> str:
    """Do one edit to a file's lines."""
    lines = text.split("\n")
    place %= len(lines)
    if kind == "drop":
        del lines[place]
    elif kind == "twice":
        lines.insert(place, lines[place])
    elif kind == "swap":
        lines[place - 1], lines[place] = lines[place], lines[place - 1]
    elif kind == "indent":
        lines[place] = word + lines[place]
    elif kind == "insert":
        lines.insert(place, word)
    else:
        lines[place] = f"{lines[place].split(':')[0]}: {word}"
    return "\n".join(lines)


@given(st.lists(st.tuples(st.sampled_from(sorted(SMALL)), EDITS), min_size=1, max_size=4))
def test_an_edited_pack_loads_or_names_its_lines(
    edits: list[tuple[str, tuple[str, int, str]]],
) -> None:
    files = dict(SMALL)
    for file, (kind, place, word) in edits:
        files[file] = apply(files[file], kind, place, word)
    raw = {name: text.encode("utf-8", "surrogatepass") for name, text in files.items()}

    loaded = load_pack(raw, Known())

    assert (loaded.content is None) == bool(loaded.problems)
    for fault in loaded.problems:
        last = raw[fault.file].count(b"\n") + 1
        assert 1 <= fault.line <= last
        assert fault.text("zh-hans").startswith(f"{fault.file}:{fault.line}: ")
        assert "{" not in fault.message("en").replace("{…}", "") or "{" in str(fault.facts)


@given(st.binary(max_size=200), st.sampled_from(sorted(SMALL)))
def test_any_bytes_are_read_without_a_crash(raw: bytes, file: str) -> None:
    files = {name: text.encode() for name, text in SMALL.items()}

    loaded = load_pack({**files, file: raw}, Known())

    assert all(fault.line >= 1 for fault in loaded.problems)
