"""Which cells of tables of counts to withhold so that none can be reckoned back.

Source: Fischetti and Salazar, Models and algorithms for the 2-dimensional cell suppression problem
in statistical disclosure control, Mathematical Programming 84 (1999); Hundepool et al., Statistical
Disclosure Control, Wiley (2012), chapter 4. The attacker is stronger than there: he knows that
counts are whole, and reads all tables and releases together.

Serves: X01 R129.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from linli.methods.ranges import Point, Ranges, cheapest_shift

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Costs = NDArray[np.float64]


class NotProtectable(Exception):
    """No set of withheld cells protects the tables: publish fewer categories, or a longer time."""


@dataclass(frozen=True)
class Tables:
    """Counts with the sums that hold among them, of one release or of several together.

    Parameters
    ----------
    values : counts, shape (n,), ≥ 0.
    sums : pairs of a cell and those that it is the sum of, by index.
    costs : what is lost where a cell is withheld, shape (n,), > 0; any unit.
    published : cells that are public already and cannot be withheld any more, by index.
    withheld : cells that were withheld in an earlier release and stay so, by index.
    """

    values: Ints
    sums: Sequence[tuple[int, Sequence[int]]]
    costs: Costs
    published: frozenset[int] = frozenset()
    withheld: frozenset[int] = frozenset()

    def matrix(self) -> csr_array:
        """Return one row a sum: +1 for its parts, -1 for the whole; times values it is 0."""
        rows, columns, signs = [], [], []
        for row, (whole, parts) in enumerate(self.sums):
            rows += [row] * (len(parts) + 1)
            columns += [whole, *parts]
            signs += [-1.0] + [1.0] * len(parts)
        shape = (len(self.sums), len(self.values))
        return csr_array((signs, (rows, columns)), shape=shape)


@dataclass(frozen=True)
class Narrow:
    """A withheld cell whose count is known too closely: it lies in [low, high]."""

    cell: int
    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        """Whether only one count is possible."""
        return self.high - self.low < 1


@dataclass(frozen=True)
class Protection:
    """What is withheld, and the proof of it.

    Parameters
    ----------
    hidden : which cells are withheld, shape (n,).
    small : how many of them are below the least count; the others guard those.
    points : other counts that agree with all that is published, each of shape (n,); between them
        and the true ones every withheld cell takes values far enough apart.
    """

    hidden: Flags
    small: int
    points: tuple[Point, ...]


def protect(tables: Tables, *, least: int) -> Protection:
    """Withhold small cells, and others until each withheld one may be `least` counts or more.

    Parameters
    ----------
    least : counts below it, 0 among them, are withheld; the range of whole numbers that a reader
        of all that is published can find for any withheld cell is at least as wide.

    Returns
    -------
    Cells withheld, every one of them with a range ≥ `least` (high - low).

    Raises NotProtectable where that cannot be had, above all where a published cell of an
    earlier release stands against it.

    >>> square = Tables(np.array([12, 3, 20, 40, 15, 60, 75]),
    ...     [(4, [0, 1]), (5, [2, 3]), (6, [4, 5])], np.ones(7))
    >>> protect(square, least=10).hidden.tolist()
    [True, True, False, False, False, False, False]
    """
    free = np.ones(len(tables.values), dtype=bool)
    free[list(tables.published)] = False
    small = free & (tables.values < least)
    hidden = small.copy()
    hidden[list(tables.withheld)] = True
    guard = _Guard(tables.matrix()[:, free], tables.values[free], tables.costs[free], least)
    hidden[free] = guard.grown(hidden[free])
    points = []
    for found in guard.points:
        points.append(tables.values.copy())
        points[-1][free] = found
    if audit(tables, hidden, least=least, points=points):
        raise NotProtectable
    return Protection(hidden, int(small.sum()), tuple(points))


class _Guard:
    """Grows what is withheld, cell by cell, until each has room enough. Cells that are free."""

    def __init__(self, matrix: csr_array, values: Ints, costs: Costs, least: int) -> None:
        self.matrix, self.values, self.costs, self.least = matrix, values, costs, least
        self.low, self.high = values.copy(), values.copy()
        self.points: list[Point] = []

    def grown(self, hidden: Flags) -> Flags:
        """Return the withheld cells with those that guard them. Raises NotProtectable."""
        hidden = hidden.copy()
        waiting = deque(np.flatnonzero(hidden).tolist())
        while waiting:
            cell = waiting.popleft()
            if self.high[cell] - self.low[cell] >= self.least:
                continue
            costs = np.where(hidden, 0.0, self.costs)
            shift = cheapest_shift(self.matrix, self.values, costs, cell, by=self.least)
            more = np.zeros_like(hidden) if shift is None else (shift != 0) & ~hidden
            if (shift is None or more.any()) and self._has_room(hidden, cell):
                continue
            if shift is None:
                raise NotProtectable
            self._see(self.values + shift)
            hidden |= more
            waiting.extend(np.flatnonzero(more).tolist())
        return hidden

    def _has_room(self, hidden: Flags, cell: int) -> bool:
        """Whether a cell has room by small steps both ways, though not by one great step."""
        low, high = Ranges(self.matrix, self.values, hidden, self.points).of(cell, self.least)
        return high - low >= self.least

    def _see(self, point: Point) -> None:
        self.points.append(point)
        self.low, self.high = np.minimum(self.low, point), np.maximum(self.high, point)


def audit(
    tables: Tables, hidden: Flags, *, least: int, points: Iterable[Point] = ()
) -> list[Narrow]:
    """Find every withheld cell that a reader of all the others can reckon too closely.

    Parameters
    ----------
    hidden : which cells are withheld, shape (n,).
    least : the narrowest range that a withheld cell may have.
    points : counts of all cells that are known to agree with what is published; they save work.
    """
    ranges = Ranges(tables.matrix(), tables.values, hidden, points)
    found = ((int(cell), *ranges.of(int(cell), least)) for cell in np.flatnonzero(hidden))
    return [Narrow(cell, low, high) for cell, low, high in found if high - low < least]
