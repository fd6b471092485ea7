"""What of a sheet is released: as fine as can be, with nothing in it that can be reckoned back.

Serves: X01 R129.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from linli.domain.figures.rules.sheets import PLACE, RATE, TOTAL, UNIT, WHOLE, Key, Sheet
from linli.methods.disclosure import NotProtectable, Tables, protect

# What is lost where a cell is withheld, beside one place's count of one matter. Only their order
# matters: sums are read by more people than what they are the sums of.
LOSS = {"inner": 1.0, "rate": 2.0, "unit": 3.0, "place": 10.0, "matter": 30.0, "total": 1000.0}
NOTHING = 0.1


@dataclass(frozen=True)
class Design:
    """How fine a release is: down to which depth of places, and whether matters by place."""

    depth: int
    is_crossed: bool


def designs_of(depth: int) -> list[Design]:
    """Return the ways to release a sheet whose places reach so deep, the finest first."""
    crossed = [Design(step, True) for step in range(depth, 0, -1)]
    return [*crossed, *(Design(step, False) for step in range(depth, -1, -1))]


@dataclass(frozen=True)
class Earlier:
    """An earlier release within the same time: its sheet as released, and what it withheld.

    `made_of` are the codes of the releases that it is the sum of.
    """

    code: str
    sheet: Sheet
    hidden: frozenset[Key]
    made_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cut:
    """A sheet ready to be released: which cells are withheld, how many of these are small."""

    sheet: Sheet
    design: Design
    hidden: frozenset[Key]
    small: int

    @property
    def shown_share(self) -> float:
        """Share of the counts that are shown, of those that the tables lead to; 0 to 1."""
        return 1 - len(self.hidden) / len(self.sheet.cells) if self.sheet.cells else 0.0


def cut(
    sheet: Sheet,
    *,
    least: int,
    least_shown: float,
    earlier: Sequence[Earlier] = (),
    made_of: tuple[str, ...] = (),
) -> Cut:
    """Return the finest release of a sheet that gives nothing away.

    Parameters
    ----------
    least : counts below it are withheld, zeros too; no reader can tell a withheld count more
        closely than that.
    least_shown : share of a crossed table's inner cells that must be shown, else the table is
        released coarser; 0 to 1.
    earlier : what has been released within the same time. made_of : those of it that add up to
        this sheet.

    Raises NotProtectable where there is none, however coarse.
    """
    depth = max(place.depth for place in sheet.places)
    for design in designs_of(depth):
        coarser = sheet.to(depth=design.depth, is_crossed=design.is_crossed)
        small = frozenset(key for key, count in coarser.cells.items() if count < least)
        if design.is_crossed and _inner_shown(coarser, small) < least_shown:
            continue
        try:
            hidden = _withheld(coarser, least, earlier, made_of)
        except NotProtectable:
            continue
        if TOTAL in hidden:
            continue
        if not design.is_crossed or _inner_shown(coarser, hidden) >= least_shown:
            return Cut(coarser, design, hidden, len(small))
    raise NotProtectable


def _withheld(
    sheet: Sheet, least: int, earlier: Sequence[Earlier], made_of: tuple[str, ...]
) -> frozenset[Key]:
    known = {one.code: one for one in earlier}
    index: dict[tuple[str, Key], int] = {("", key): n for n, key in enumerate(sheet.cells)}
    for one in earlier:
        begin = len(index)
        index |= {(one.code, key): begin + n for n, key in enumerate(one.sheet.cells)}
    sheets = {"": sheet, **{code: one.sheet for code, one in known.items()}}
    sums = [
        (index[code, whole], [index[code, part] for part in parts])
        for code, own in sheets.items()
        for whole, parts in own.sums()
    ]
    wholes = {"": made_of, **{code: one.made_of for code, one in known.items()}}
    for code, tiles in wholes.items():
        sums += _across_time(index, code, sheets[code], tiles)
    withheld = {index[one.code, key] for one in earlier for key in one.hidden}
    before = {place for (code, _), place in index.items() if code}
    tables = Tables(
        values=np.array([sheets[code].cells[key] for code, key in index], dtype=np.int64),
        sums=sums,
        costs=np.array([_loss(key) for _, key in index]),
        published=frozenset(before - withheld),
        withheld=frozenset(withheld),
    )
    kept = protect(tables, least=least)
    return frozenset(key for key in sheet.cells if kept.hidden[index["", key]])


def _across_time(
    index: Mapping[tuple[str, Key], int], code: str, sheet: Sheet, tiles: tuple[str, ...]
) -> list[tuple[int, list[int]]]:
    """Each count of a longer period is the sum of its parts' counts."""
    found = []
    for key in sheet.cells:
        parts = [index[tile, key] for tile in tiles if (tile, key) in index]
        if parts:
            found.append((index[code, key], parts))
    return found


def _loss(key: Key) -> float:
    if key == TOTAL:
        return LOSS["total"]
    if key.table == UNIT:
        return LOSS["unit"]
    if key.table == RATE:
        return NOTHING if key.column.endswith(":rest") else LOSS["rate"]
    if key.row == WHOLE:
        return LOSS["matter"]
    return LOSS["place"] if key.column == WHOLE else LOSS["inner"]


def _inner_shown(sheet: Sheet, hidden: frozenset[Key]) -> float:
    deepest = max(place.depth for place in sheet.places)
    rows = {place.code for place in sheet.places if place.depth == deepest and deepest}
    inner = [k for k in sheet.cells if k.table == PLACE and k.row in rows and k.column != WHOLE]
    return 1 - sum(key in hidden for key in inner) / len(inner) if inner else 1.0
