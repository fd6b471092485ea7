"""Linear programmes over whole numbers, solved by HiGHS.

Source: Huangfu and Hall, Parallelizing the dual revised simplex method, Mathematical Programming
Computation 10 (2018); HiGHS comes with scipy.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Reals = NDArray[np.float64]
NEAR = 1e-6
UNBOUNDED, INFEASIBLE = 3, 2


class NoEnd(Exception):
    """The goal falls without end."""


def least(goal: Reals, rows: csr_array, right: Reals, *, low: Reals, high: Reals) -> Reals | None:
    """Return the whole numbers that meet all sums with the least goal, None where none do.

    Parameters
    ----------
    goal : what one unit of each number costs, shape (n,).
    rows, right : sums that hold exactly, shapes (m, n) and (m,), whole numbers.
    low, high : between which each number lies, shape (n,); `high` may be infinite.

    Most programmes of sums have whole corners, so the plain one is solved first. Raises NoEnd.

    >>> one_sum = csr_array(np.array([[1.0, 1.0]]))
    >>> least(np.array([1.0, 2.0]), one_sum, np.array([3.0]), low=np.zeros(2), high=np.ones(2) * 9)
    array([3., 0.])
    """
    if len(goal) == 0:
        return goal
    from scipy.optimize import (  # noqa: PLC0415  # a third of a second, for whoever solves only
        Bounds,
        LinearConstraint,
        linprog,
        milp,
    )

    sums: Any = rows
    bounds: Any = np.column_stack([low, high])
    found: Any = linprog(goal, A_eq=sums, b_eq=right, bounds=bounds, method="highs")
    if found.status == 0 and not is_whole(found.x):
        found = milp(
            goal,
            constraints=LinearConstraint(sums, right, right),
            integrality=np.ones(len(goal), dtype=np.int64),
            bounds=Bounds(low, high),
        )
    if found.status == UNBOUNDED:
        raise NoEnd
    if found.status == INFEASIBLE:
        return None
    if found.status != 0:
        raise RuntimeError(f"the solver gave up: {found.message}")
    return np.asarray(np.rint(found.x), dtype=np.float64)


def is_whole(point: Reals) -> bool:
    """Whether all numbers are whole, but for what the solver cannot tell apart."""
    return bool(np.all(np.abs(point - np.rint(point)) < NEAR))
