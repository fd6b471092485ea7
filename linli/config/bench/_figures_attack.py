"""A reader who wants to know: from published tables to how closely each withheld count is known.

Nothing here comes from what withholds counts. Unknown are the cases of each lowest place and
matter, unit and rate, not the cells; each published figure is a sum of these.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

Cell = tuple[str, str, str]
Form = dict[int, float]
SLACK = 1e-6


@dataclass(frozen=True)
class Known:
    """What a published release says.

    Parameters
    ----------
    above : code of a place → code of the place that it lies in; "" is all of it.
    rates : code of a rate → its weights, as its columns spell them.
    shown : (table, row, column) → the count, None where a dash stands.
    """

    code: str
    above: Mapping[str, str]
    matters: Sequence[str]
    units: Sequence[str]
    rates: Mapping[str, Sequence[str]]
    shown: Mapping[Cell, int | None]


@dataclass
class _Reading:
    """What is unknown, and the equations that hold among it."""

    names: dict[tuple[str, ...], int] = field(default_factory=dict)
    rows: list[tuple[Form, float]] = field(default_factory=list)

    def unknown(self, *name: str) -> int:
        return self.names.setdefault(name, len(self.names))

    def holds(self, form: Form, value: float) -> None:
        self.rows.append((form, value))


def attack(
    known: Sequence[Known], made_of: Mapping[str, Sequence[str]], *, enough: int
) -> Iterator[float]:
    """Yield for each withheld count how wide the whole numbers lie that it may be.

    Parameters
    ----------
    known : releases read together. made_of : code of a longer one → codes of its parts.
    enough : a range that wide is not followed to its ends.
    """
    reading = _Reading()
    forms: dict[tuple[str, Cell], Form] = {}
    for one in known:
        if one.code not in made_of:
            forms |= {(one.code, cell): form for cell, form in _forms(reading, one).items()}
    for one in known:
        for cell in one.shown if one.code in made_of else ():
            parts = [forms[part, cell] for part in made_of[one.code] if (part, cell) in forms]
            forms[one.code, cell] = _together(parts)
    wanted = []
    for one in known:
        for cell, count in one.shown.items():
            if count is None:
                wanted.append(forms[one.code, cell])
            else:
                reading.holds(forms[one.code, cell], count)
    yield from _widths(reading, wanted, enough)


def _forms(reading: _Reading, one: Known) -> dict[Cell, Form]:
    """Every cell of a release as a sum of unknowns."""
    leaves = _leaves(one.above)
    crossed = any(table == "place" and row and column for table, row, column in one.shown)
    found: dict[Cell, Form] = {}
    for row, own in leaves.items():
        if crossed:
            each = {m: [reading.unknown(one.code, leaf, m) for leaf in own] for m in one.matters}
            for matter, places in each.items():
                found["place", row, matter] = dict.fromkeys(places, 1.0)
            found["place", row, ""] = _together([found["place", row, m] for m in one.matters])
        else:
            found["place", row, ""] = {reading.unknown(one.code, leaf, ""): 1.0 for leaf in own}
    total = found["place", "", ""]
    if not crossed:
        for matter in one.matters:
            found["place", "", matter] = {reading.unknown(one.code, "", matter): 1.0}
        topics = _together([found["place", "", matter] for matter in one.matters])
        reading.holds(_difference(total, topics), 0)
    for unit in one.units:
        found["unit", unit, ""] = {reading.unknown(one.code, "unit", unit, ""): 1.0}
    if one.units:
        offices = _together([found["unit", unit, ""] for unit in one.units])
        reading.holds(_difference(total, offices), 0)
    _rate_forms(reading, one, leaves, found)
    return found


def _rate_forms(
    reading: _Reading, one: Known, leaves: Mapping[str, list[str]], found: dict[Cell, Form]
) -> None:
    rated = {row for table, row, _ in one.shown if table == "rate"}
    lowest = {r for r in rated if not any(_is_in(o, r, one.above) for o in rated if o != r)}
    for rate, weights in one.rates.items():
        for row in lowest:
            parts = []
            for column in (*weights, "rest"):
                cell = ("rate", row, f"{rate}:{column}")
                found[cell] = {reading.unknown(one.code, *cell): 1.0}
                parts.append(found[cell])
            found["rate", row, f"{rate}:base"] = _together(parts[:-1])
            reading.holds(_difference(found["place", row, ""], _together(parts)), 0)
        for row in rated - lowest:
            own = [low for low in lowest if _is_in(low, row, one.above)]
            for column in (*weights, "rest", "base"):
                cells = [found["rate", low, f"{rate}:{column}"] for low in own]
                found["rate", row, f"{rate}:{column}"] = _together(cells)


def _leaves(above: Mapping[str, str]) -> dict[str, list[str]]:
    """For each place, "" among them, the lowest places in it."""
    lowest = [code for code in above if code not in set(above.values())] or [""]
    rows: dict[str, list[str]] = defaultdict(list)
    for leaf in lowest:
        code = leaf
        rows[code].append(leaf)
        while code:
            code = above[code]
            rows[code].append(leaf)
    return rows


def _is_in(code: str, row: str, above: Mapping[str, str]) -> bool:
    while code and code != row:
        code = above[code]
    return code == row


def _together(forms: Sequence[Form]) -> Form:
    found: Form = defaultdict(float)
    for form in forms:
        for name, times in form.items():
            found[name] += times
    return dict(found)


def _difference(one: Form, other: Form) -> Form:
    return _together([one, {name: -times for name, times in other.items()}])


def _widths(reading: _Reading, wanted: Sequence[Form], enough: int) -> Iterator[float]:
    size = len(reading.names)
    equations = _matrix([form for form, _ in reading.rows], size)
    right = np.array([value for _, value in reading.rows])
    asked = _matrix(wanted, size)
    low, high = np.full(len(wanted), np.inf), np.full(len(wanted), -np.inf)
    for place, form in enumerate(wanted):
        goal = np.zeros(size)
        goal[list(form)] = list(form.values())
        for sign in (1.0, -1.0):
            if high[place] - low[place] >= enough:
                break
            found: Any = linprog(sign * goal, A_eq=equations, b_eq=right, method="highs")
            if found.status == 3:  # without end
                high[place] = np.inf
            elif found.status == 0:
                met = asked @ found.x
                low, high = np.minimum(low, met), np.maximum(high, met)
            else:
                raise RuntimeError(f"the attacker's solver gave up: {found.message}")
        yield _whole_width(low[place], high[place])


def _whole_width(low: float, high: float) -> float:
    if not math.isfinite(high):
        return math.inf
    return math.floor(high + SLACK) - math.ceil(low - SLACK)


def _matrix(forms: Sequence[Form], size: int) -> Any:
    rows = [row for row, form in enumerate(forms) for _ in form]
    columns = [name for form in forms for name in form]
    times = [value for form in forms for value in form.values()]
    return coo_array((times, (rows, columns)), shape=(len(forms), size)).tocsr()
