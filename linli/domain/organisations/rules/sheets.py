"""Reading a sheet of duties (XLSX): the same entries as from YAML, by row."""

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice

from linli.domain.organisations.errors import OrganisationRowRejected
from linli.domain.organisations.rules.entries import Entry, Read
from linli.kernel.bounds import MOST_ROWS
from linli.kernel.errors import Rejected
from linli.kernel.sheets import Cell, CellTooLong
from linli.kernel.tables import TableRow, sheet_rows

_BETWEEN = re.compile(r"[、，,;；\s]+")


def read_sheet(
    data: bytes, *, columns: Mapping[str, tuple[str, ...]], lists: Sequence[str]
) -> Read:
    """Read the first sheet; its first row names the columns, in Chinese or by key.

    Parameters
    ----------
    data : bytes of an XLSX file.
    columns : key → the names by which its column may be called; the first row must name
        at least one for each key that the entries need, which the caller checks.
    lists : keys whose cells hold several values, parted by commas or spaces.
    """
    try:
        rows = list(islice(sheet_rows(io.BytesIO(data)), MOST_ROWS + 1))
    except Rejected as error:
        return [], [OrganisationRowRejected(error.zh, error.en)]
    if len(rows) > MOST_ROWS:
        return [], [_too_many()]
    header = [_plain(cell) for cell in rows[0].cells] if rows else []
    at = {key: i for key, names in columns.items() for i, h in enumerate(header) if h in names}
    if not at:
        return [], [_no_header(columns)]
    faults = [_fault(row) for row in rows if row.fault is not None]
    entries = [_entry(row.cells, at, lists, row.number) for row in rows[1:] if _is_filled(row)]
    return entries, faults


def _entry(cells: Sequence[Cell], at: Mapping[str, int], lists: Sequence[str], row: int) -> Entry:
    texts = {key: _plain(cells[i]) for key, i in at.items() if i < len(cells)}
    return Entry(
        line=row,
        texts={key: text for key, text in texts.items() if key not in lists},
        lists={key: tuple(t for t in _BETWEEN.split(texts.get(key, "")) if t) for key in lists},
    )


def _is_filled(row: TableRow) -> bool:
    return any(_plain(cell) for cell in row.cells)


def _fault(row: TableRow) -> OrganisationRowRejected:
    fault = row.fault or CellTooLong()
    return OrganisationRowRejected(fault.zh, fault.en, row=row.number)


def _too_many() -> OrganisationRowRejected:
    return OrganisationRowRejected(
        f"文件超过 {MOST_ROWS} 行，没有读入。请分成几个文件再导入。",
        f"The file has more than {MOST_ROWS} rows, so nothing was read. Part it into several.",
    )


def _plain(cell: Cell) -> str:
    """A cell as text: days in ISO form, whole numbers without a point, width made plain."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _no_header(columns: Mapping[str, tuple[str, ...]]) -> OrganisationRowRejected:
    wanted = "、".join(names[-1] for names in columns.values())
    return OrganisationRowRejected(
        f"第一行不是表头。表头应有：{wanted}。",
        f"The first row does not name the columns. It should have: {wanted}.",
        row=1,
    )
