"""Find place names in a text, all at once, however many names there are.

References
----------
Aho, A. V. and Corasick, M. J. (1975). Efficient string matching: an aid to bibliographic search.
Communications of the ACM 18(6), 333-340.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from linli.methods.normalise import normalise


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place name that stands in a text.

    Attributes
    ----------
    name : as it stands in the normalised text.
    codes : every place of that name, sorted; more than one means that the name alone cannot tell.
    start, end : position in the normalised text.
    """

    name: str
    codes: tuple[str, ...]
    start: int
    end: int


class Gazetteer:
    """Place names and the codes of the places that bear them.

    Parameters
    ----------
    names : pairs (name, code); a place may have many names and a name many places. Names shorter
        than two characters are left out: they stand inside other words.

    Examples
    --------
    >>> places = Gazetteer([("柳岸", "01"), ("柳岸新村", "0102"), ("柳岸", "07")])
    >>> [(hit.name, hit.codes) for hit in places.hits("柳岸新村三号楼，离柳岸不远")]
    [('柳岸新村', ('0102',)), ('柳岸', ('01', '07'))]
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        codes: dict[str, set[str]] = {}
        for name, code in names:
            spelled = normalise(name)
            if len(spelled) >= 2:
                codes.setdefault(spelled, set()).add(code)
        self._names = sorted(codes)
        self._codes = [tuple(sorted(codes[name])) for name in self._names]
        self._automaton = AhoCorasick(self._names, matchkind=MatchKind.LeftmostLongest)

    def __len__(self) -> int:
        return len(self._names)

    def hits(self, text: str) -> list[PlaceHit]:
        """Return the names in the text in reading order; the longest wins where names overlap.

        Parameters
        ----------
        text : any string, as written.

        Returns
        -------
        list of PlaceHit : may name a place more than once.
        """
        return [
            PlaceHit(self._names[which], self._codes[which], start, end)
            for which, start, end in self._automaton.find_matches_as_indexes(normalise(text))
        ]
