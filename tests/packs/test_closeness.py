"""The examples of the packs are our own words, however close life comes to them."""

import csv
import gzip
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from tests.packs.shipped import NAMES, PACKS, content_of

REAL = PACKS.parent.parent / "shared" / "data" / "demands"
RUN, ALIKE = 12, 0.5


def own_words() -> list[str]:
    """Every example, letters and figures only."""
    return [
        plain(text)
        for name in NAMES
        for example in content_of(name).examples
        for text in example.texts
    ]


def plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def pieces(text: str, length: int) -> set[str]:
    return {text[start : start + length] for start in range(len(text) - length + 1)}


def real_words() -> Iterator[str]:
    csv.field_size_limit(1 << 30)
    for path in sorted(REAL.glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                yield from (plain(row[name] or "") for name in ("title", "body") if name in row)


def copies(own: list[str], real: Iterator[str]) -> list[str]:
    """The texts of our own that share a run of letters, or half their trigrams, with a real one."""
    runs = {piece: text for text in own for piece in pieces(text, RUN)}
    threes = [pieces(text, 3) for text in own]
    holding: dict[str, list[int]] = defaultdict(list)
    for number, three in enumerate(threes):
        for piece in three:
            holding[piece].append(number)
    found: set[str] = set()
    for text in real:
        found |= {runs[piece] for piece in pieces(text, RUN) & runs.keys()}
        there = pieces(text, 3)
        shared = Counter(number for piece in there for number in holding.get(piece, ()))
        found |= {
            own[number]
            for number, count in shared.most_common(3)
            if count >= ALIKE * (len(there) + len(threes[number]) - count)
        }
    return sorted(found)


def test_a_copy_and_a_near_copy_would_be_found():
    own = ["晚上路灯不亮走路看不见麻烦派人看看", "宽带装机约了四次都没来"]
    real = ["昨天晚上路灯不亮走路看不见麻烦了", "宽带装机约了四次没来", "别的事"]
    assert copies(own, iter(real)) == sorted(own)


@pytest.mark.skipif(not REAL.is_dir(), reason="there are no real messages beside the project")
def test_no_example_shares_a_run_or_half_its_trigrams_with_a_real_message():
    assert copies(own_words(), real_words()) == []
