"""Which cells of tables of counts to withhold so that none can be reckoned back.

Source: Fischetti and Salazar, Models and algorithms for the 2-dimensional cell suppression problem
in statistical disclosure control, Mathematical Programming 84 (1999); Hundepool et al., Statistical
Disclosure Control, Wiley (2012), chapter 4. The attacker is stronger than there: he knows that
counts are whole, and reads all tables and releases together.

Serves: X02 R129.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from linli.methods.ranges import Point, Ranges, cheapest_shift

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


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
    costs: NDArray[np.float64]
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


@dataclass
class Protection:
    """What is withheld, and how it came about.

    Parameters
    ----------
    hidden : which cells are withheld, shape (n,).
    small : how many of them are below the least count; the others guard those.
    rounds : how often the whole was audited.
    """

    hidden: Flags
    small: int = 0
    rounds: int = 0
    left: list[Narrow] = field(default_factory=list)


def protect(tables: Tables, *, least: int, rounds: int = 25) -> Protection:
    """Withhold small cells, and others until each withheld one may be `least` counts or more.

    Parameters
    ----------
    least : counts below it, 0 among them, are withheld; the range of whole numbers that a reader
        of all that is published can find for any withheld cell is at least as wide.
    rounds : audits after which it gives up.

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
    small = tables.values < least
    small[list(tables.published)] = False
    hidden = small.copy()
    hidden[list(tables.withheld)] = True
    matrix = tables.matrix()
    points: list[Point] = []
    for turn in range(1, rounds + 1):
        narrow = audit(tables, hidden, least=least, points=points)
        if not narrow:
            return Protection(hidden, int(small.sum()), turn)
        for cell in narrow:
            if _is_wide(points, cell.cell, least):
                continue
            shift = cheapest_shift(
                matrix, tables.values, _costs(tables, hidden), cell.cell, by=least
            )
            if shift is None:
                raise NotProtectable
            points.append(tables.values + shift)
            hidden |= shift != 0
    raise NotProtectable


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


def _costs(tables: Tables, hidden: Flags) -> NDArray[np.float64]:
    costs = np.where(hidden, 0.0, tables.costs)
    costs[list(tables.published)] = np.inf
    return costs


def _is_wide(points: list[Point], cell: int, least: int) -> bool:
    seen = [point[cell] for point in points]
    return bool(seen) and max(seen) - min(seen) >= least
