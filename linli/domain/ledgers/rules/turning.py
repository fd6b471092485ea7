"""What an address says of a list of records: from where it goes on, and between which bounds."""

import base64
import json
from collections.abc import Callable
from datetime import date, datetime
from math import isfinite
from typing import Literal

from linli.domain.catalogue.rules.ledger import LedgerField

Place = str | float | datetime
PlaceKind = Literal["text", "number", "moment"]
BETWEEN = ".."
NUMBERS = frozenset({"number", "money"})
MOST_NUMBER = 2**63 - 1


def cursor_of(place: Place, number: int) -> str:
    """Return a place in a list as an address has it.

    >>> read_cursor(cursor_of("甲", 7), "text")
    ('甲', 7)
    """
    said = [place.isoformat() if isinstance(place, datetime) else place, number]
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def kind_of(order: str, of: LedgerField | None) -> PlaceKind:
    """Return what stands in the cursors of an order: a word for it, or a field's code."""
    if order == "updated":
        return "moment"
    if of is None or order in ("number", "title", "due"):
        return "text"
    return "number" if of.kind in NUMBERS else "text"


def read_cursor(text: str, kind: PlaceKind) -> tuple[Place, int]:
    """Read a place in a list: what the list goes by, and the number of the row.

    Parameters
    ----------
    kind : what the list goes by; a place of another kind is none.

    Raises ValueError where it is not one that `cursor_of` writes.
    """
    try:
        said = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        place, number = said
    except (TypeError, RecursionError) as error:
        raise ValueError(text) from error
    if type(number) is not int or not 0 <= number <= MOST_NUMBER:
        raise ValueError(text)
    return _place_of(place, kind), number


def _place_of(place: object, kind: PlaceKind) -> Place:
    if kind == "number":
        if isinstance(place, bool) or not isinstance(place, int | float):
            raise ValueError(place)
        return finite(str(place))
    if not isinstance(place, str):
        raise ValueError(place)  # noqa: TRY004  # what is wrong is what was sent
    if kind == "text":
        return stored(place)
    at = datetime.fromisoformat(place)
    if at.tzinfo is None:
        raise ValueError(place)
    return at


def read_bounds(text: str, read: Callable[[str], date | float]) -> tuple[object, object]:
    """Read ``low..high``, or one value that is both; an end left out is None.

    >>> read_bounds("2..", finite), read_bounds("2", finite)
    ((2.0, None), (2.0, 2.0))

    Raises ValueError.
    """
    low, found, high = text.partition(BETWEEN)
    ends = (low, high if found else low)
    first, last = (read(end.strip()) if end.strip() else None for end in ends)
    return first, last


def finite(text: str) -> float:
    """Read a number that a database can compare. Raises ValueError."""
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def stored(text: str) -> str:
    """Return a text that a database can hold. Raises ValueError for U+0000 and lone surrogates."""
    if "\0" in text:
        raise ValueError(text)
    text.encode()
    return text
