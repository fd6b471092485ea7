"""Whether rows were recorded when their place says: a clock that is set shows here.

Serves: X02.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from linli.domain.audit.rules.chain import Row
from linli.domain.audit.rules.faults import Fault

# A clock that is kept by NTP may step back this far; more is somebody's doing.
STEP = timedelta(seconds=2)
# A row is stamped when it is written and seen when its transaction ends: the longest import's.
LONGEST_TRANSACTION = timedelta(minutes=15)
# `at` and `recorded_at` open the text of a row, 27 characters each, U+001F between.
RECORDED = slice(28, 55)


@dataclass(frozen=True)
class Window:
    """Between which seals rows were recorded.

    Parameters
    ----------
    upto : the last position for which it holds.
    after, before : moments of the seal ahead and of the seal that has them; "" for none.
    """

    upto: int
    after: str
    before: str


def recorded(rest: bytes) -> datetime:
    """Return when a row was recorded, from its text. Raises ValueError where that is no time."""
    return datetime.fromisoformat(rest[RECORDED].decode())


def is_set_back(ahead: bytes, rest: bytes) -> bool:
    """Whether a row was recorded before the one ahead of it, by more than a clock's own steps."""
    # Texts of one form sort as their times do; only what looks wrong is read.
    return rest[RECORDED] < ahead[RECORDED] and recorded(rest) < recorded(ahead) - STEP


def clock_faults(stream: int, rows: Sequence[Row], windows: Sequence[Window]) -> list[Fault]:
    """Name rows that are dated before the row ahead of them, or outside their seals' times."""
    found = {
        Fault(stream, row[0], "clock")
        for ahead, row in pairwise(rows)
        if is_set_back(ahead[5], row[5])
    }
    for window, first, last in _ends(rows, windows):
        if window.after and recorded(rows[first][5]) < _read(window.after) - LONGEST_TRANSACTION:
            found.add(Fault(stream, rows[first][0], "clock"))
        if window.before and recorded(rows[last][5]) > _read(window.before) + STEP:
            found.add(Fault(stream, rows[last][0], "clock"))
    return sorted(found)


def _ends(rows: Sequence[Row], windows: Sequence[Window]) -> Iterator[tuple[Window, int, int]]:
    first = 0
    for window in windows:
        last = window.upto - rows[0][0] if rows else -1
        if first <= last < len(rows):
            yield window, first, last
        first = max(first, last + 1)


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)
