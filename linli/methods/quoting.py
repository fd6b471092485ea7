"""Words of one text that stand again in another, however they are spaced and punctuated.

Both texts are brought to bare signs first (letters and figures, no case, no width); a run is a
stretch of bare signs all of whose pieces of a given length stand in the other text.

References
----------
Broder, A. Z. (1997). On the resemblance and containment of documents. Proceedings of Compression
and Complexity of Sequences, 21-29: pieces of a fixed length ("shingles") as what two texts share.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BREAK = "\n"  # no bare sign is like it
_FIGURES = str.maketrans("零〇一二三四五六七八九幺两", "0012345678912")


@dataclass(frozen=True)
class Bare:
    """The bare signs of a text, and the place in it at which each stood."""

    signs: str
    places: tuple[int, ...]


def bare(text: str) -> Bare:
    """Return the letters and figures of a text, without case and width, and where they stood.

    Parameters
    ----------
    text : any string.

    Examples
    --------
    >>> bare("Ａ区，3 号！")
    Bare(signs='a区3号', places=(0, 1, 3, 5))
    """
    found = [
        (folded, place)
        for place, sign in enumerate(text)
        for folded in unicodedata.normalize("NFKC", sign).lower()
        if folded.isalnum()
    ]
    return Bare("".join(sign for sign, _ in found), tuple(place for _, place in found))


def in_figures(signs: str) -> str:
    """Return signs with Chinese figures written as 0-9, one for one; units such as 十 stay.

    >>> in_figures("幺三八00一二")
    '1380012'
    """
    return signs.translate(_FIGURES)


def runs_in(
    text: str, others: Iterable[str], *, least: int, apart: Iterable[str] = ()
) -> list[str]:
    """Return the stretches of a text that stand in others, in order, as the text writes them.

    Parameters
    ----------
    text, others : any strings.
    least : shortest run that counts, in bare signs, >= 1.
    apart : names that anybody may say; they break a run, and do not count as a part of one.

    Examples
    --------
    >>> runs_in("据称夜里还在打桩。", ["工地夜里，还在打桩！"], least=5)
    ['夜里还在打桩']
    >>> runs_in("夜里还在打桩", ["夜里还在打桩"], least=5, apart=["还在"])
    []
    """
    names = sorted({bare(name).signs for name in apart} - {""}, key=len, reverse=True)
    said = bare(text)
    signs = _broken(said.signs, names)
    known = {
        piece for other in others for piece in _pieces(_broken(bare(other).signs, names), least)
    }
    covered = [False] * len(signs)
    for start, piece in enumerate(_pieces(signs, least)):
        if BREAK not in piece and piece in known:
            covered[start : start + least] = [True] * least
    return [text[said.places[a] : said.places[b - 1] + 1] for a, b in _stretches(covered)]


def _broken(signs: str, names: Iterable[str]) -> str:
    for name in names:
        signs = signs.replace(name, BREAK * len(name))
    return signs


def _pieces(signs: str, length: int) -> Iterator[str]:
    return (signs[start : start + length] for start in range(len(signs) - length + 1))


def _stretches(covered: list[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for place, is_covered in enumerate([*covered, False]):
        if is_covered and start is None:
            start = place
        elif not is_covered and start is not None:
            yield start, place
            start = None
