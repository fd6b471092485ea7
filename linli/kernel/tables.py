"""Tables as offices keep them, CSV or spreadsheet, packed or not: a head and row after row."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO

from linli.kernel.archives import ArchiveBroken
from linli.kernel.delimited import (
    EmptyTable,
    Record,
    has_unread_bytes,
    records,
    scan,
)
from linli.kernel.errors import LinliError, Rejected
from linli.kernel.sheets import (
    SHEET_MARKS,
    Cell,
    CellTooLong,
    NoSuchSheet,
    Sheet,
    SheetUnreadable,
    open_sheet,
)
from linli.kernel.unpacking import PACKED, unpacked

__all__ = [
    "Cell",
    "NoSuchSheet",
    "SheetUnreadable",
    "Table",
    "TableRow",
    "UnreadBytes",
    "WrongWidth",
    "cell_text",
    "is_sheet",
    "open_table",
    "plain",
    "sheet_rows",
]


@dataclass(frozen=True)
class TableRow:
    """A row with its number as a spreadsheet counts it, or why it cannot be read."""

    number: int
    cells: tuple[Cell, ...]
    fault: LinliError | None = None


@dataclass(frozen=True)
class Table:
    """A table that is being read.

    Parameters
    ----------
    head : names of the columns, plain.
    rows : what follows, blank rows left out; can be gone through once.
    expected : about how many rows there are, blank ones among them.
    """

    head: tuple[str, ...]
    rows: Iterator[TableRow]
    expected: int


def open_table(file: BinaryIO, *, encoding: str = "", sheet: str = "") -> Table:
    """Begin to read a table; the file stays open until its last row is read.

    Parameters
    ----------
    file : seekable, at its beginning; CSV in UTF-8 or GB18030, XLSX, XLS or ODS; gzip is unpacked.
    encoding : of a CSV where it is known; else found out.
    sheet : name of the sheet; the first unless given.

    Raises Rejected where the file as a whole cannot be read.
    """
    if _begins(file, (PACKED,)):
        file = unpacked(file)
        if _begins(file, (PACKED,)):
            raise ArchiveBroken("gzip in gzip")
    if _begins(file, SHEET_MARKS):
        return _sheet_table(open_sheet(file, sheet=sheet))
    return _text_table(file, encoding)


def is_sheet(data: bytes) -> bool:
    """Say whether a file is a spreadsheet by its first bytes, whatever it is called."""
    return data.startswith(SHEET_MARKS)


def sheet_rows(file: BinaryIO, *, sheet: str = "") -> Iterator[TableRow]:
    """Read the rows of a sheet, blank ones left out. Raises Rejected."""
    return _rows_of(open_sheet(file, sheet=sheet))


def cell_text(cell: Cell) -> str:
    """Return a cell as text: moments in ISO form, whole numbers without a point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def plain(text: str) -> str:
    """Return a name trimmed, with full-width letters and digits made plain."""
    return unicodedata.normalize("NFKC", text).strip()


def _begins(file: BinaryIO, marks: tuple[bytes, ...]) -> bool:
    start = file.read(4)
    file.seek(0)
    return start.startswith(marks)


def _rows_of(sheet: Sheet) -> Iterator[TableRow]:
    for number, cells in sheet.rows:
        yield TableRow(number, cells or (), CellTooLong() if cells is None else None)


def _sheet_table(sheet: Sheet) -> Table:
    rows = (row for row in _rows_of(sheet) if not _is_blank(row))
    names = _names(next(rows, None))
    return Table(names, rows, expected=max(0, sheet.height - 1))


def _text_table(file: BinaryIO, encoding: str) -> Table:
    found = scan(file)
    read = _numbered(records(file, encoding=encoding or found.encoding))
    head = next((row for row in read if not _is_blank(row)), None)
    names = _names(head)
    rows = (_checked(row, len(names)) for row in read if not _is_blank(row))
    return Table(names, rows, expected=max(0, found.lines - 1))


def _names(head: TableRow | None) -> tuple[str, ...]:
    if head is None:
        raise EmptyTable
    if head.fault is not None:
        raise head.fault
    return tuple(plain(cell_text(cell)) for cell in head.cells)


def _numbered(read: Iterator[Record]) -> Iterator[TableRow]:
    for number, record in enumerate(read, start=1):
        yield TableRow(number, record.cells, record.fault)


def _checked(row: TableRow, width: int) -> TableRow:
    """Make rows as wide as the head; a row of another width has slipped, so nothing in it holds."""
    if row.fault is not None:
        return row
    kept, beyond = row.cells[:width], row.cells[width:]
    if len(kept) < width or any(cell_text(cell).strip() for cell in beyond):
        return replace(row, fault=WrongWidth(len(row.cells), width))
    if any(has_unread_bytes(cell_text(cell)) for cell in kept):
        return replace(row, cells=kept, fault=UnreadBytes())
    return replace(row, cells=kept)


def _is_blank(row: TableRow) -> bool:
    return row.fault is None and not any(cell_text(cell).strip() for cell in row.cells)


class WrongWidth(Rejected):
    """More or fewer cells than the head names."""

    def __init__(self, cells: int, width: int) -> None:
        super().__init__(
            f"这一行有 {cells} 个单元格，表头有 {width} 个，内容可能错位。请核对逗号和引号。",
            f"This row has {cells} cells, the head {width}, so its cells may have slipped. "
            "Check commas and quotes.",
        )


class UnreadBytes(Rejected):
    """Bytes that are no text in the file's encoding."""

    def __init__(self) -> None:
        super().__init__(
            "这一行有读不出的字节，文字已损坏。请从原系统重新导出这一行。",
            "This row has bytes that are no text. Export it anew from the system it came from.",
        )
