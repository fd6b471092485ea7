"""How closely counts are bound by sums among them, and how to loosen one."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from scipy.sparse.csgraph import connected_components

from linli.methods.whole_numbers import NoEnd, Reals, least

Point = NDArray[np.int64]
# Cells already withheld cost nearly nothing, so that a shift does not wander about among them.
NEARLY_NOTHING = 1e-4


class Ranges:
    """The counts that withheld cells may have, given all the others.

    Parameters
    ----------
    matrix : one row a sum, shape (m, n); `matrix @ values` is 0.
    values : the true counts, shape (n,).
    hidden : which are unknown, shape (n,).
    points : counts, shape (n,), that agree with what is published.
    """

    def __init__(
        self,
        matrix: csr_array,
        values: Point,
        hidden: NDArray[np.bool_],
        points: Iterable[Point] = (),
    ) -> None:
        self.unknown = np.flatnonzero(hidden)
        self.at = np.full(len(values), -1)
        self.at[self.unknown] = np.arange(len(self.unknown))
        columns = matrix[:, self.unknown]
        self.rows = columns[np.diff(columns.indptr) > 0]
        self.values = values[self.unknown].astype(np.float64)
        self.low, self.high = self.values.copy(), self.values.copy()
        for point in points:
            self._seen(np.asarray(point, dtype=np.float64)[self.unknown])
        links = abs(self.rows.T) @ abs(self.rows)
        _, self.group = connected_components(links, directed=False)

    def of(self, cell: int, enough: int) -> tuple[float, float]:
        """Return the least and the greatest whole number that a cell may be.

        A range that is known to be `enough` wide is not followed to its ends.
        """
        place = int(self.at[cell])
        for sign in (-1.0, 1.0):
            if self.high[place] - self.low[place] < enough:
                self._push(place, sign)
        return float(self.low[place]), float(self.high[place])

    def _push(self, place: int, sign: float) -> None:
        """Go as far as possible with one unknown; whatever is seen on the way counts for all."""
        own = np.flatnonzero(self.group == self.group[place])
        columns = self.rows[:, own]
        rows = columns[np.diff(columns.indptr) > 0]
        goal = np.zeros(len(own))
        goal[np.searchsorted(own, place)] = sign
        right = rows @ self.values[own]
        low, high = np.zeros(len(own)), np.full(len(own), np.inf)
        try:
            found = least(goal, rows, right, low=low, high=high)
        except NoEnd:
            self.high[place] = np.inf
            return
        if found is not None:
            point = self.values.copy()
            point[own] = found
            self._seen(point)

    def _seen(self, point: Reals) -> None:
        self.low = np.minimum(self.low, point)
        self.high = np.maximum(self.high, point)


def cheapest_shift(
    matrix: csr_array, values: Point, costs: Reals, cell: int, *, by: int
) -> Point | None:
    """Return the cheapest change of the counts that keeps all sums and moves one cell.

    Parameters
    ----------
    costs : of each count by which a cell changes, shape (n,); 0 for withheld cells.
    by : how far the cell moves, up or down, whichever is cheaper.

    Returns
    -------
    The change, shape (n,), whole numbers; no count falls below 0. None where there is none.
    """
    found = None
    for step in (by, -by):
        if values[cell] + step < 0:
            continue
        shift = _shift(matrix, values, costs, cell, step)
        if shift is not None and (found is None or _price(costs, shift) < _price(costs, found)):
            found = shift
        if found is not None and _price(costs, found) == 0:
            break
    return found


def _price(costs: Reals, shift: Point) -> float:
    return float(costs @ np.abs(shift))


def _shift(matrix: csr_array, values: Point, costs: Reals, cell: int, step: int) -> Point | None:
    size = len(values)
    low = np.zeros(2 * size)
    high = np.concatenate([np.full(size, np.inf), values])
    low[cell] = high[cell] = max(step, 0)
    low[size + cell] = high[size + cell] = max(-step, 0)
    price = np.maximum(costs, NEARLY_NOTHING)
    found = least(
        np.concatenate([price, price]),
        csr_array(hstack([matrix, -matrix])),
        np.zeros(matrix.shape[0]),
        low=low,
        high=high,
    )
    if found is None:
        return None
    return np.asarray(found[:size] - found[size:], dtype=np.int64)
