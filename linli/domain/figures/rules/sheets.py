"""A sheet: all counts of a period by place, matter, unit and rate, and how they add up. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

WHOLE = ""
PLACE, UNIT, RATE = "place", "unit", "rate"
# The rates stand for streets and above: further down hardly one would have its sample.
RATE_DEPTH = 1


class Key(NamedTuple):
    """Where a count stands: its table, and the codes of row and column; "" is all of them."""

    table: str
    row: str
    column: str


TOTAL = Key(PLACE, WHOLE, WHOLE)


@dataclass(frozen=True)
class Heading:
    """A row or column: its code and names. `above` and `depth` are those of places, from 0.

    `is_rest` marks what lies in no row beside it.
    """

    code: str
    name: str
    name_en: str
    above: str = ""
    depth: int = 0
    is_rest: bool = False


@dataclass(frozen=True)
class RateHeading:
    """A rate: names, the weights that a case below its line may have, its smallest sample."""

    code: str
    name: str
    name_en: str
    weights: tuple[float, ...]
    minimum_sample: int

    @property
    def base(self) -> str:
        """The column of all cases below the line."""
        return f"{self.code}:base"

    @property
    def rest(self) -> str:
        """The column of the cases that the rate does not count."""
        return f"{self.code}:rest"

    def column(self, weight: float) -> str:
        """The column of the cases of one weight."""
        return f"{self.code}:{weight:g}"


@dataclass(frozen=True)
class Sheet:
    """Counts with their headings. Places come before those below them; the first is the whole."""

    places: tuple[Heading, ...]
    matters: tuple[Heading, ...]
    units: tuple[Heading, ...]
    rates: tuple[RateHeading, ...]
    cells: Mapping[Key, int] = field(default_factory=dict)

    def sums(self) -> list[tuple[Key, list[Key]]]:
        """Return every cell that is the sum of others here, with those."""
        below: dict[str, list[str]] = defaultdict(list)
        for place in self.places[1:]:
            below[place.above].append(place.code)
        columns: dict[tuple[str, str], None] = {}
        for key in self.cells:
            if key.table != UNIT:
                columns.setdefault((key.table, key.column))
        found = [
            (Key(table, place.code, column), [Key(table, code, column) for code in parts])
            for place in self.places
            if (parts := below[place.code])
            for table, column in columns
        ]
        found += [(TOTAL, [Key(UNIT, unit.code, WHOLE) for unit in self.units])]
        for place in self.places:
            found += self._across(place.code)
        return [
            (whole, parts)
            for whole, parts in found
            if whole in self.cells and parts and all(part in self.cells for part in parts)
        ]

    def _across(self, row: str) -> list[tuple[Key, list[Key]]]:
        """The sums along one row: over matters, and of each rate."""
        all_of = Key(PLACE, row, WHOLE)
        found = [(all_of, [Key(PLACE, row, matter.code) for matter in self.matters])]
        for rate in self.rates:
            base = Key(RATE, row, rate.base)
            found.append((base, [Key(RATE, row, rate.column(w)) for w in rate.weights]))
            found.append((all_of, [base, Key(RATE, row, rate.rest)]))
        return found

    def to(self, *, depth: int, is_crossed: bool) -> "Sheet":
        """Return a coarser sheet: places no deeper, matters by place only where crossed."""
        places = tuple(place for place in self.places if place.depth <= depth)
        rows = {place.code for place in places}
        kept = {
            key: count
            for key, count in self.cells.items()
            if key.table == UNIT
            or key.row in rows
            and (is_crossed or key.table != PLACE or WHOLE in (key.row, key.column))
        }
        return Sheet(places, self.matters, self.units, self.rates, kept)


def counted(
    places: Sequence[Heading],
    matters: Sequence[Heading],
    units: Sequence[Heading],
    rates: Sequence[RateHeading],
    *,
    at: Mapping[tuple[str, str], int],
    by_unit: Mapping[str, int],
    rated: Mapping[tuple[str, str, float], int],
) -> Sheet:
    """Fill a sheet from counts at the lowest places.

    Parameters
    ----------
    at : (code of a place that has none below, code of a matter) → cases.
    by_unit : code of a unit → cases.
    rated : (code of such a place, code of a rate, weight) → cases below its line.
    """
    rows = {place.code: place for place in places}
    cells = {Key(PLACE, p.code, m): 0 for p in places for m in _with_whole(matters)}
    cells |= {Key(UNIT, unit.code, WHOLE): by_unit.get(unit.code, 0) for unit in units}
    cells |= {
        Key(RATE, place.code, column): 0
        for place in places
        if place.depth <= RATE_DEPTH
        for rate in rates
        for column in (*map(rate.column, rate.weights), rate.base, rate.rest)
    }
    for (code, matter), count in at.items():
        for row in _upward(rows, code):
            for column in (matter, WHOLE):
                cells[Key(PLACE, row, column)] += count
    weighed = {rate.code: rate for rate in rates}
    for (code, name, weight), count in rated.items():
        for row in _upward(rows, code):
            if rows[row].depth <= RATE_DEPTH:
                for column in (weighed[name].column(weight), weighed[name].base):
                    cells[Key(RATE, row, column)] += count
    for key in cells:
        if key.table == RATE and key.column.endswith(":rest"):
            base = Key(RATE, key.row, key.column.removesuffix("rest") + "base")
            cells[key] = cells[Key(PLACE, key.row, WHOLE)] - cells[base]
    return Sheet(tuple(places), tuple(matters), tuple(units), tuple(rates), cells)


def added(sheets: Sequence[Sheet]) -> Sheet:
    """Return the sheet of a longer period: headings of all, each count the sum of its parts'."""
    cells: dict[Key, int] = defaultdict(int)
    for sheet in sheets:
        for key, count in sheet.cells.items():
            cells[key] += count
    rates: dict[str, RateHeading] = {}
    for sheet in sheets:
        for rate in sheet.rates:
            known = rates.get(rate.code, rate)
            weights = tuple(sorted({*known.weights, *rate.weights}, reverse=True))
            most = max(known.minimum_sample, rate.minimum_sample)
            rates[rate.code] = RateHeading(rate.code, rate.name, rate.name_en, weights, most)
    places = _together(sheet.places for sheet in sheets)
    matters = _together(sheet.matters for sheet in sheets)
    units = _together(sheet.units for sheet in sheets)
    return Sheet(places, matters, units, tuple(rates.values()), dict(cells))


def _together(headings: Iterable[Sequence[Heading]]) -> tuple[Heading, ...]:
    known: dict[str, Heading] = {}
    for row in headings:
        known |= {heading.code: heading for heading in row}
    return tuple(known.values())


def _with_whole(headings: Sequence[Heading]) -> list[str]:
    return [WHOLE, *(heading.code for heading in headings)]


def _upward(rows: Mapping[str, Heading], code: str) -> Iterable[str]:
    yield code
    while code != WHOLE:
        code = rows[code].above
        yield code
