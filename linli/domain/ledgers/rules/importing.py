"""Rows of a file, told apart: which add a record, which change one, and what is wrong with each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from linli.domain.catalogue.rules.ledger import LedgerDef
from linli.domain.ledgers.errors import ColumnsUnknown, RowTwice
from linli.domain.ledgers.rules.values import Given
from linli.kernel.errors import LinliError
from linli.kernel.tables import TableRow, cell_text, plain

NUMBER = "number"
NUMBER_NAMES = frozenset({"number", "编号"})
# Columns that an export adds and an import passes over, in small letters.
ADDED = frozenset({"状态", "更新时间", "下次核对", "state", "updated", "review due"})


@dataclass(frozen=True)
class RowIn:
    """A row of the file: what it fills in, by field; the number of the record that it is about."""

    row: int
    given: Mapping[str, Given]
    number: str = ""


@dataclass
class RowsIn:
    """All rows of the file, and the faults of those that cannot be read."""

    rows: list[RowIn] = field(default_factory=list)
    faults: list[LinliError] = field(default_factory=list)


def columns_of(ledger: LedgerDef, head: Sequence[str]) -> dict[int, str]:
    """Return place of a column → code of the field it fills, or `number`.

    A column is named by the field's code or by its name in either language; columns that an
    export adds, and derived fields, are passed over. Raises ColumnsUnknown.
    """
    named = _named(ledger)
    passed = {n for f in ledger.fields if f.derived for n in (f.code, f.name, f.name_en)}
    found: dict[int, str] = {}
    unknown: list[str] = []
    for place, column in enumerate(head):
        name = plain(column)
        code = named.get(name) or named.get(name.lower())
        if code and code not in found.values():
            found[place] = code
        elif name and name.lower() not in ADDED and name not in passed:
            unknown.append(column)
    if unknown or not set(found.values()) - {NUMBER}:
        raise ColumnsUnknown(unknown or ["—"], [field.name for field in ledger.filled])
    return found


def _named(ledger: LedgerDef) -> dict[str, str]:
    named = dict.fromkeys(NUMBER_NAMES, NUMBER)
    for one in ledger.filled:
        for name in (one.name_en.lower(), one.name, one.code):
            named[plain(name)] = one.code
    return named


def row_in(row: TableRow, columns: Mapping[int, str]) -> RowIn:
    """Return what a row fills in; columns past its end fill in nothing."""
    cells = {code: row.cells[place] for place, code in columns.items() if place < len(row.cells)}
    number = cell_text(cells.pop(NUMBER, "")).strip()
    return RowIn(row.number, cells, number)


def twice(rows: Sequence[tuple[int, str]]) -> list[LinliError]:
    """Faults of rows that are about the same record, or have the same value that must differ.

    Parameters
    ----------
    rows : row number and mark of what it is about, in order; "" for none.
    """
    first: dict[str, int] = {}
    faults: list[LinliError] = []
    for row, mark in rows:
        if mark and mark in first:
            faults.append(RowTwice(row, first[mark]))
        first.setdefault(mark, row)
    return faults


def at_row(faults: Sequence[LinliError], row: int) -> list[LinliError]:
    """The same faults, told with the row that they were found in."""
    for fault in faults:
        fault.row = row
    return list(faults)
