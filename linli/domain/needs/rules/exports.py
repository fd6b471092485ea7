"""Rows of a hotline's export, turned into messages; what is wrong with a row is told with it.

Serves: R045 R081.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from linli.domain.cases.rules.past import Ending
from linli.domain.needs.errors import (
    AreaAmbiguous,
    ColumnMissing,
    MomentMissing,
    NumberUnreadable,
)
from linli.domain.needs.rules.cells import Cells
from linli.domain.needs.rules.endings import EndingCells
from linli.domain.needs.rules.intake import NewMessage
from linli.domain.needs.rules.mapping import ImportMapping
from linli.kernel.errors import LinliError
from linli.kernel.formulas import unguarded
from linli.kernel.secrecy import SecretMarked, secret_mark
from linli.kernel.tables import Cell, TableRow, cell_text, plain

# Field of a message → key of the mapping, where they are called differently.
KEYS = {"reporter_phone": "phone"}
Faults = tuple[LinliError, ...]


@dataclass(frozen=True)
class ExportRow:
    """A row of the file: a message, or why it is none.

    Parameters
    ----------
    number : as a spreadsheet counts rows, the head being the first.
    cells : as they stand in the file, for whoever must correct them; none of a row that bears a
        mark of state secrecy.
    message : None where anything is wrong.
    key : submission key; the same row of the same source has the same, finished or not.
    ending : how it ended, where it has.
    """

    number: int
    cells: tuple[str, ...]
    message: NewMessage | None
    key: str
    faults: Faults = ()
    ending: Ending | None = None


@dataclass(frozen=True)
class Export:
    """An export that is being read.

    Parameters
    ----------
    head : names of the columns, in order.
    rows : can be gone through once, while the file is open.
    expected : about how many rows there are; 0 where that is not known.
    columns : field of a message → name of the column that holds it.
    unlisted : words whose petition type no standard lists; there the reader chooses.
    """

    head: tuple[str, ...]
    rows: Iterator[ExportRow]
    expected: int
    columns: Mapping[str, str]
    unlisted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What the installation knows that a row may name.

    Parameters
    ----------
    zone : in which moments are written unless the mapping says another.
    areas : name or code of an area → the codes that it may mean.
    petition_types : codes that some standard in force lists.
    secrecy_basis : the law on state secrets, in Chinese and English.
    units : name or code of a unit → the codes that it may mean.
    """

    zone: ZoneInfo
    areas: Mapping[str, tuple[str, ...]]
    petition_types: frozenset[str]
    secrecy_basis: tuple[str, str]
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class RowReader:
    """Reads the rows of one file by a mapping."""

    def __init__(self, mapping: ImportMapping, head: tuple[str, ...], known: Known) -> None:
        """Match the mapping with the head of the file. Raises ColumnMissing."""
        named = mapping.columns.named()
        ends = mapping.outcome.columns.named() if mapping.outcome else {}
        missing = {field: column for field, column in (ends | named).items() if column not in head}
        if missing:
            is_none_there = len(missing) == len(ends | named)
            raise ColumnMissing(missing, head, is_none_there=is_none_there)
        self._mapping, self._head = mapping, head
        self._places = {field: head.index(column) for field, column in named.items()}
        self._ends = {field: head.index(column) for field, column in ends.items()}
        zone = ZoneInfo(mapping.timezone) if mapping.timezone else known.zone
        self._known = replace(known, zone=zone)
        self.unlisted = tuple(
            word
            for word, code in mapping.petition_types.items()
            if code not in known.petition_types
        )
        self.columns = {
            field: named[key]
            for field in (*named, *KEYS)
            if (key := KEYS.get(field, field)) in named
        } | ends

    def read(self, row: TableRow) -> ExportRow:
        """Turn a row into a message, or tell all that is wrong with it."""
        texts = tuple(cell_text(cell) for cell in row.cells)
        secret = self._secret(row, texts)
        if secret is not None:
            return ExportRow(row.number, (), None, "", (secret,))
        if row.fault is not None:
            return ExportRow(row.number, texts, None, "", (row.fault,))
        cells, zone = _picked(row, self._places), self._known.zone
        reading = _MessageCells(cells, row.number, zone, self._mapping, self._known)
        message = reading.message()
        ending, faults = self._ending(row)
        faults = (*reading.faults, *faults)
        key = self._key({field: cell_text(cell) for field, cell in cells.items()})
        return ExportRow(row.number, texts, None if faults else message, key, faults, ending)

    def _ending(self, row: TableRow) -> tuple[Ending | None, Faults]:
        """Read how a row ended; None where it has not, or no column tells."""
        if self._mapping.outcome is None:
            return None, ()
        cells, zone = _picked(row, self._ends), self._known.zone
        reading = EndingCells(cells, row.number, zone, self._mapping.outcome, self._known.units)
        return reading.ending(), tuple(reading.faults)

    def _secret(self, row: TableRow, texts: tuple[str, ...]) -> SecretMarked | None:
        """Look for a mark of state secrecy before all else: other faults quote what they found.

        Columns that nobody mapped count as well, and rows that have slipped.
        """
        for place, text in enumerate(texts):
            mark = secret_mark(text)
            if mark is not None:
                column = self._head[place] if place < len(self._head) else ""
                field = next((f for f, at in self._places.items() if at == place), column)
                return SecretMarked(mark, self._known.secrecy_basis, row.number, field=field)
        return None

    def _key(self, texts: Mapping[str, str]) -> str:
        """Name a row by what its mapped cells say, whatever our codes for it are."""
        said = {field: plain(text) for field, text in texts.items()}
        told = json.dumps([self._mapping.source, said], sort_keys=True, ensure_ascii=False)
        return f"import:{hashlib.sha256(told.encode(errors='replace')).hexdigest()}"


def _as_meant(cell: Cell) -> Cell:
    """Take off the apostrophe under which a file of refused rows writes formulas."""
    return unguarded(cell) if isinstance(cell, str) else cell


def _picked(row: TableRow, places: Mapping[str, int]) -> dict[str, Cell]:
    return {
        field: _as_meant(row.cells[place]) if place < len(row.cells) else ""
        for field, place in places.items()
    }


@dataclass
class _MessageCells(Cells):
    """The cells of one row on their way to a message."""

    mapping: ImportMapping
    known: Known

    def message(self) -> NewMessage:
        mapping = self.mapping
        message = NewMessage(
            channel=self.coded("channel", "channels", mapping.channels) or mapping.channel,
            body=self.text("body"),
            title=self.text("title"),
            address=self.text("address"),
            area=self.area(),
            lng=self.degrees("lng"),
            lat=self.degrees("lat"),
            received_at=self.received_at(),
            reporter_name=self.text("reporter_name"),
            reporter_phone=self.text("phone"),
            source=mapping.source,
            source_id=plain(self.text("source_id")),
            matter=self.coded("matter", "matters", mapping.matters),
            petition_type=self.petition_type(),
            urgency=self.coded("urgency", "urgencies", mapping.urgencies),
            row=self.row,
        )
        if plain(self.text("confidential")) in mapping.confidential:
            return replace(message, is_confidential=True)
        return message

    def petition_type(self) -> str:
        """Return the code of a type; "" where people use one that no standard lists."""
        words = self.mapping.petition_types
        code = self.coded("petition_type", "petition_types", words)
        return code if code in self.known.petition_types or not words else ""

    def area(self) -> str:
        word = plain(self.text("area"))
        codes = self.known.areas.get(word, ())
        if word in self.mapping.areas:
            return self.mapping.areas[word]
        if len(codes) > 1:
            self.faults.append(AreaAmbiguous(word, codes, self.row))
        return codes[0] if codes else word

    def degrees(self, field: str) -> float | None:
        text = plain(self.text(field))
        try:
            return float(text) if text else None
        except ValueError:
            self.faults.append(NumberUnreadable(field, text, self.row))
            return None

    def received_at(self) -> datetime | None:
        if "received_at" not in self.cells:
            return None
        if not self.text("received_at").strip():
            self.faults.append(MomentMissing(self.row))
            return None
        return self.moment("received_at")
