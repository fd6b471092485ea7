"""Which area a message is about: form, map pin, names in the text, or the desk's own area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from linli.methods.gazetteer import PlaceHit

Origin = Literal["stated", "point", "names", "desk", "home"]


@dataclass(frozen=True)
class PlaceGuess:
    """Where a message is about.

    Parameters
    ----------
    code : code of the area.
    origin : stated in the form, the point on the map, names in the text, the area of the post
        of whoever took it down, or the whole area served.
    names : the place names that spoke for it.
    others : the areas that the names fit alike, where they fit several; `code` then holds them all.
        Of a stated area: where the names lie, if that is elsewhere.
    """

    code: str
    origin: Origin
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def is_contradicted(self) -> bool:
        """Whether the text speaks of another place than the one that was stated."""
        return self.origin == "stated" and bool(self.others)

    @property
    def is_sure(self) -> bool:
        """Whether one area alone fits, and it is more than the whole area served."""
        return self.origin in ("stated", "point") or (self.origin == "names" and not self.others)


def place_from_names(
    hits: Sequence[PlaceHit], paths: Mapping[str, str], *, within: str = ""
) -> PlaceGuess | None:
    """Return the area that most of the names agree on, the deepest of those.

    Names support an area when they name it, one above it or one below it. Where several areas
    are supported alike and none lies in another, the area that holds them all is returned and
    they stand in `others`.

    Parameters
    ----------
    hits : names found in the text.
    paths : code -> path of every area known.
    within : path of the area served; a name of some place elsewhere is taken for another word.

    Returns
    -------
    PlaceGuess or None : None where no name is known.

    Examples
    --------
    >>> paths = {"1": "1/", "11": "1/11/", "12": "1/12/"}
    >>> hits = [PlaceHit("柳岸", ("11", "12"), 0, 2), PlaceHit("东街", ("12",), 3, 5)]
    >>> place_from_names(hits, paths).code
    '12'
    """
    by_name = {hit.name: [paths[c] for c in hit.codes if c in paths] for hit in hits}
    candidates = {path for own in by_name.values() for path in own if path.startswith(within)}
    if not candidates:
        return None
    support = {path: _supporters(path, by_name) for path in candidates}
    most = max(len(names) for names in support.values())
    best = [path for path, names in support.items() if len(names) == most]
    deepest = sorted(path for path in best if not _has_deeper(path, best))
    names = tuple(dict.fromkeys(name for path in deepest for name in support[path]))
    if len(deepest) == 1:
        return PlaceGuess(code_at_end(deepest[0]), "names", names)
    holding = common_area(deepest) or deepest[0]
    return PlaceGuess(
        code_at_end(holding), "names", names, tuple(code_at_end(path) for path in deepest)
    )


def stated_place(code: str, read: PlaceGuess | None, paths: Mapping[str, str]) -> PlaceGuess:
    """Return a stated area, and beside it where the text says it is, if that is elsewhere.

    An area agrees with those that it holds and with those that hold it.

    Parameters
    ----------
    read : what the names in the text speak for; None where they speak for nothing.
    paths : code -> path of every area known.
    """
    guesses = (read.others or (read.code,)) if read is not None else ()
    own = paths.get(code, "")
    known = [paths[guess] for guess in guesses if guess in paths]
    if not own or any(path.startswith(own) or own.startswith(path) for path in known):
        return PlaceGuess(code, "stated")
    others = tuple(code_at_end(path) for path in known)
    return PlaceGuess(code, "stated", read.names if read and others else (), others)


def common_area(paths: Sequence[str]) -> str:
    """Return the deepest path that holds all paths; "" where they share none.

    Examples
    --------
    >>> common_area(["99/9901/990101/", "99/9901/990102/"])
    '99/9901/'
    """
    if not paths:
        return ""
    first, last = min(paths).split("/"), max(paths).split("/")
    shared = 0
    while shared < min(len(first), len(last)) - 1 and first[shared] == last[shared]:
        shared += 1
    return "".join(f"{part}/" for part in first[:shared])


def _supporters(path: str, by_name: Mapping[str, Sequence[str]]) -> list[str]:
    return [
        name
        for name, own in by_name.items()
        if any(path.startswith(other) or other.startswith(path) for other in own)
    ]


def _has_deeper(path: str, others: Sequence[str]) -> bool:
    return any(other != path and other.startswith(path) for other in others)


def code_at_end(path: str) -> str:
    """Return the code of the area that a path leads to.

    Examples
    --------
    >>> code_at_end("99/9901/")
    '9901'
    """
    return path.rstrip("/").rsplit("/", 1)[-1]
