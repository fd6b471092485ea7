"""The mark that a print or an export carries: by it an auditor finds the row that tells of it."""

import re

from linli.kernel.ids import check_digit

MARK = re.compile(r"L?\s*-?\s*(\d{1,18})\s*-\s*(\d)", re.IGNORECASE)


def mark_of(row: int) -> str:
    """Return the mark of a journal row: its id and a check digit, as people read it out.

    >>> mark_of(4711)
    'L4711-5'
    """
    return f"L{row}-{check_digit(str(row))}"


def row_of(mark: str) -> int | None:
    """Return the id that a mark names, None where it is no mark or was copied wrongly.

    >>> row_of(" l4711-5 "), row_of("L4717-5")
    (4711, None)
    """
    found = MARK.fullmatch(mark.strip())
    if found is None or check_digit(found[1]) != int(found[2]):
        return None
    return int(found[1])
