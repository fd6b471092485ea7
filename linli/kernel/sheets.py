"""Spreadsheets (XLSX, XLS, ODS), opened by a process of its own within bounds.

A sheet of two cells, one of them in the last corner, has 17 billion places, and the library that
reads it asks for memory for all of them; so it may not be in our process when it does.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from linli.kernel.archives import TooLarge, check_archive
from linli.kernel.bounds import (
    CHILD_CPU_S,
    CHILD_MEMORY,
    CHILD_OUTPUT,
    CHILD_WAIT_S,
    MOST_ARCHIVE,
    MOST_CELL_CHARS,
    MOST_CELLS,
    MOST_LINE_CHARS,
)
from linli.kernel.errors import Rejected

Cell = int | float | str | bool | time | date | datetime | timedelta
ZIP_MARK = b"PK\x03\x04"
SHEET_MARKS = (ZIP_MARK, b"\xd0\xcf\x11\xe0")
_CHILD = Path(__file__).with_name("sheet_child.py")
_BOUNDS = (CHILD_MEMORY, CHILD_CPU_S, CHILD_OUTPUT, MOST_CELLS, MOST_CELL_CHARS, MOST_LINE_CHARS)
_MOMENTS: Mapping[str, Callable[[str], Cell]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Sheet:
    """A sheet that has been opened.

    Parameters
    ----------
    height : how many rows there are from the first that is filled.
    rows : those that are not blank, each with its number and its cells, None for a row that is
        too long to be read; can be gone through once.
    """

    height: int
    rows: Iterator[tuple[int, tuple[Cell, ...] | None]]


def open_sheet(file: BinaryIO, *, sheet: str = "") -> Sheet:
    """Open a sheet, the first unless named; the file is read to its end.

    Raises Rejected: among others TooManyCells, SheetUnreadable, NoSuchSheet.
    """
    with TemporaryFile() as copy:
        _copy(file, copy)
        if copy.read(len(ZIP_MARK)) == ZIP_MARK:
            check_archive(copy)
        copy.flush()
        os.lseek(copy.fileno(), 0, os.SEEK_SET)  # seek() may move within our buffer alone
        return sheet_of(_read_apart(copy, sheet), sheet)


def sheet_of(lines: BinaryIO, sheet: str) -> Sheet:
    """Return the sheet that the process beside has told of, line by line. Raises Rejected."""
    first = json.loads(lines.readline())
    if "fault" in first:
        lines.close()
        raise _refusal(first, sheet)
    return Sheet(int(first["rows"]), _rows(lines))


def _copy(file: BinaryIO, copy: BinaryIO) -> None:
    while piece := file.read(_PIECE):
        if copy.tell() + len(piece) > MOST_ARCHIVE:
            raise TooLarge(copy.tell() + len(piece), MOST_ARCHIVE)
        copy.write(piece)
    copy.seek(0)


def _read_apart(copy: BinaryIO, sheet: str) -> BinaryIO:
    """Have the copy read by a process; what it wrote, whole, or Rejected where it died."""
    lines = cast(BinaryIO, TemporaryFile())  # noqa: SIM115  # closed by who reads it
    try:
        done = subprocess.run(  # noqa: S603  # our own program; a name is all that comes from people
            [sys.executable, "-I", str(_CHILD), *map(str, _BOUNDS), sheet],
            stdin=copy,
            stdout=lines,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=CHILD_WAIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        lines.close()
        raise TooManyCells from error
    if done.returncode:
        lines.close()
        raise TooManyCells
    lines.seek(0)
    return lines


def _rows(lines: BinaryIO) -> Iterator[tuple[int, tuple[Cell, ...] | None]]:
    with lines:
        for line in lines:
            number, cells = json.loads(line.decode("utf-8", "surrogatepass"))
            yield number, None if cells is None else tuple(map(_cell, cells))


def _cell(cell: Cell | Mapping[str, str | float]) -> Cell:
    if not isinstance(cell, Mapping):
        return cell
    ((kind, value),) = cell.items()
    if isinstance(value, float | int):
        return timedelta(seconds=value)
    return _MOMENTS[kind](value)


def _refusal(told: Mapping[str, object], sheet: str) -> Rejected:
    if told["fault"] == "no_sheet":
        return NoSuchSheet(sheet, cast(list[str], told["names"]))
    if told["fault"] == "too_many_cells":
        return TooManyCells()
    return SheetUnreadable(str(told["reason"]))


class SheetUnreadable(Rejected):
    """A spreadsheet that is broken or locked."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"文件打不开（{reason[:80]}）。请用表格软件去掉密码、另存为 .xlsx 再导入。",
            f"The file cannot be opened ({reason[:80]}). Take off its password, save it as .xlsx "
            "again and import that.",
        )


class NoSuchSheet(Rejected):
    """The sheet named is not in the file."""

    def __init__(self, name: str, names: list[str]) -> None:
        super().__init__(
            f"文件里没有工作表“{name}”，只有：{'、'.join(names)[:400]}。请改正映射中的 sheet。",
            f"There is no sheet {name}; the file has: {', '.join(names)[:400]}. "
            "Correct `sheet` in the mapping.",
            field="sheet",
        )


class TooManyCells(Rejected):
    """A sheet that takes more memory or time to open than it may."""

    code = "sheet_too_large"

    def __init__(self) -> None:
        super().__init__(
            f"工作表太大（最多 {MOST_CELLS} 个单元格，算到最后一个有内容的格子），没有读入。"
            "多半是远处误填了一格：请删去空行空列，或分成几个文件。",
            f"The sheet is too large (at most {MOST_CELLS} cells, from the first to the last that "
            "is filled), so nothing was read. Often one cell far away was filled by mistake: "
            "delete empty rows and columns, or part the sheet into several files.",
        )


class CellTooLong(Rejected):
    """A cell with more characters than a spreadsheet's cell can hold."""

    def __init__(self) -> None:
        super().__init__(
            f"这一行有单元格超过 {MOST_CELL_CHARS} 个字，没有读入。请删去误粘贴的内容。",
            f"A cell of this row has more than {MOST_CELL_CHARS} characters and was not read. "
            "Remove what was pasted by mistake.",
        )
