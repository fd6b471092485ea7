"""Opens one spreadsheet in a process of its own, which may die of it.

Run by its path, not imported: it knows nothing of Linli. The spreadsheet is its standard input,
rows that are not blank go to its standard output as JSON, each with its number; the first line
says what sheet it is, or why there is none. Arguments: bytes of memory, seconds of CPU, bytes of
output, most cells, most characters of a cell, most characters of a row, and the sheet's name
("" for the first).
"""

import json
import resource
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

NAMES = {datetime: "datetime", date: "date", time: "time"}


def main(arguments: list[str]) -> None:
    """Confine the process, then read."""
    memory, cpu, output, cells, cell_chars, row_chars = map(int, arguments[:6])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    read(sys.stdin.buffer, arguments[6], most=(cells, cell_chars, row_chars))


def read(file: BinaryIO, sheet: str, *, most: tuple[int, int, int]) -> None:
    """Write the sheet's rows out."""
    import python_calamine as calamine  # noqa: PLC0415  # after the process is confined

    try:
        book = calamine.load_workbook(file)
        if sheet and sheet not in book.sheet_names:
            say({"fault": "no_sheet", "names": book.sheet_names})
            return
        found = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
    except (calamine.CalamineError, OSError, ValueError) as error:
        say({"fault": "unreadable", "reason": str(error)[:200]})
        return
    last = found.end[0] + 1 if found.end else 0
    if last * found.width > most[0]:
        say({"fault": "too_many_cells"})
        return
    say({"rows": found.height})
    for number, row in enumerate(found.iter_rows(), start=1):
        if any(cell != "" for cell in row):
            say([number, packed(row, most_cell=most[1], most_row=most[2])])


def packed(cells: Sequence[object], *, most_cell: int, most_row: int) -> object:
    """Return a row as JSON can say it, None where a cell is longer than may be."""
    lengths = [len(cell) for cell in cells if isinstance(cell, str)]
    if lengths and (max(lengths) > most_cell or sum(lengths) > most_row):
        return None
    return [plain(cell) for cell in cells]


def plain(cell: object) -> object:
    """Return a cell as JSON can say it; moments by their kind and ISO form."""
    if isinstance(cell, timedelta):
        return {"timedelta": cell.total_seconds()}
    if isinstance(cell, date | time):
        return {NAMES[type(cell)]: cell.isoformat()}
    return cell


def say(value: object) -> None:
    """Write one line."""
    line = json.dumps(value, ensure_ascii=False)
    sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass") + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:])
