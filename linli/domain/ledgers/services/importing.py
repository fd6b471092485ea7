"""A file of records comes in: looked through whole first, then all of it or nothing.

Serves: R017 R081.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from linli.domain.access.selectors import Actor, visible
from linli.domain.access.services import require_act
from linli.domain.catalogue.selectors import LedgerDef, LedgerVersion
from linli.domain.ledgers.errors import FieldUnfit, RecordUnknown, TooManyRows
from linli.domain.ledgers.models import Record, RecordEvent, RecordKey
from linli.domain.ledgers.rules.filling import (
    changed,
    filled_in,
    unique_values,
    wanted_by,
)
from linli.domain.ledgers.rules.importing import RowIn, RowsIn, at_row, columns_of, row_in, twice
from linli.domain.ledgers.rules.values import Json, Known, is_blank, read_value
from linli.domain.ledgers.selectors.naming import known_for
from linli.domain.ledgers.services.adding import new_records, store_added, store_changed
from linli.domain.ledgers.services.laying import (
    Ground,
    lay,
    place_of,
    require_place,
    secrets_in,
)
from linli.domain.ledgers.services.steps import require_keeper, version_in_force
from linli.kernel.bounds import MOST_FAULTS
from linli.kernel.clock import require_aware
from linli.kernel.errors import LinliError, Rejected, RejectedTogether
from linli.kernel.tables import open_table

IMPORT = "ledger.import"
MOST_RECORDS = 5_000  # rows of one file; what can be looked through while somebody waits


@dataclass(frozen=True)
class Planned:
    """What one row would do.

    Parameters
    ----------
    record : the record that it changes; None where it adds one.
    data : the record as it would stand.
    """

    row: int
    record: Record | None
    data: dict[str, Json]

    @property
    def changes(self) -> bool:
        """Whether anything would differ."""
        return self.record is None or bool(changed(self.record.data, self.data)[1])


@dataclass(frozen=True)
class ImportPlan:
    """What a file would do, or every fault of it by row and field; nothing has been written."""

    rows: tuple[Planned, ...] = ()
    faults: tuple[LinliError, ...] = ()

    @property
    def added(self) -> int:
        """How many records it would add."""
        return sum(row.record is None for row in self.rows)

    @property
    def changed(self) -> int:
        """How many records it would change."""
        return sum(row.record is not None and row.changes for row in self.rows)

    @property
    def same(self) -> int:
        """How many records are as the file says already."""
        return len(self.rows) - self.added - self.changed


@dataclass(frozen=True)
class Imported:
    """What an import did; `is_repeat` says that the same command had come before."""

    added: int = 0
    changed: int = 0
    same: int = 0
    is_repeat: bool = False


def plan_import(
    ledger: str, file: BinaryIO, *, unit: str = "", actor: Actor, at: datetime
) -> ImportPlan:
    """Look through a file of records (CSV, XLSX, XLS, ODS) and say what it would do.

    Raises NoLedger, LedgerEnded, NotPermitted, NotTheirLedger, and Rejected where the file as a
    whole cannot be read; what is wrong with a row stands in the plan.
    """
    version = _version(ledger, actor, at)
    return _plan(version, file, unit, actor, lock=False)


@transaction.atomic
def import_records(
    ledger: str, file: BinaryIO, *, unit: str = "", actor: Actor, at: datetime, key: str
) -> Imported:
    """Enter a file of records, all of it or nothing; the same key twice is one import.

    A row is about the record whose number it names, else about the one with the same value of the
    ledger's key field, else it adds one. Cells that are empty, and columns that are not there,
    leave what is stored. Records RecordAdded and RecordChanged.

    Raises what `plan_import` raises, and RejectedTogether naming row and field of every fault.
    """
    version = _version(ledger, actor, at)
    if RecordEvent.objects.filter(key__startswith=f"{key}:", record__ledger=ledger).exists():
        return Imported(is_repeat=True)
    plan = _plan(version, file, unit, actor, lock=True)
    if plan.faults:
        raise RejectedTogether(plan.faults)
    done = Imported(plan.added, plan.changed, plan.same)  # before the records change
    ground, keys = Ground(), dict[str, str]()
    new = [row for row in plan.rows if row.record is None]
    added = new_records(version, len(new), actor=actor, at=at)
    for record, row in zip(added, new, strict=True):
        place = place_of(version.definition, row.data, unit, ground, actor)
        lay(record, version, row.data, place)
        keys[record.public_id] = f"{key}:{row.row}"
    changes = [(row.record, row.data) for row in plan.rows if row.record]
    named = {row.record.pk: f"{key}:{row.row}" for row in plan.rows if row.record}
    store_changed(changes, version, named, actor=actor, at=at)
    store_added(added, keys, actor=actor, at=at)
    return done


def _version(ledger: str, actor: Actor, at: datetime) -> LedgerVersion:
    require_act(actor, IMPORT)
    version = version_in_force(ledger, require_aware(at))
    require_keeper(version.definition, actor)
    return version


def _plan(
    version: LedgerVersion, file: BinaryIO, unit: str, actor: Actor, *, lock: bool
) -> ImportPlan:
    ledger = version.definition
    read = _read(ledger, file)
    known = known_for(actor, wanted_by(ledger, (row.given for row in read.rows)))
    keys = {row.row: _key_of(ledger, row, known) for row in read.rows}
    standing = _standing(ledger, read.rows, set(keys.values()) - {""}, actor, lock=lock)
    planned = [
        _planned(ledger, row, _about(row, keys, standing), known, read.faults) for row in read.rows
    ]
    rows = [row for row in planned if row is not None]
    _check_together(ledger, rows, read, unit, actor)
    faults = sorted(read.faults, key=lambda fault: fault.row or 0)[:MOST_FAULTS]
    return ImportPlan(() if faults else tuple(rows), tuple(faults))


def _read(ledger: LedgerDef, file: BinaryIO) -> RowsIn:
    table, read = open_table(file), RowsIn()
    columns = columns_of(ledger, table.head)
    for row in table.rows:
        if len(read.rows) + len(read.faults) >= MOST_RECORDS:
            raise TooManyRows(MOST_RECORDS)
        if row.fault:
            read.faults += at_row([row.fault], row.number)
        else:
            read.rows.append(row_in(row, columns))
    return read


def _standing(
    ledger: LedgerDef, rows: list[RowIn], values: set[str], actor: Actor, *, lock: bool
) -> Mapping[str, Record]:
    """The records that rows are about: `number:…` or `key:…` → record."""
    numbers = {row.number for row in rows if row.number}
    reach = visible(Record.objects.filter(ledger=ledger.ledger), actor, IMPORT)
    keys = RecordKey.objects.filter(
        ledger=ledger.ledger, field=ledger.key_field or "", value__in=values, record__in=reach
    )
    by_key = dict(keys.values_list("record_id", "value"))
    found = reach.filter(number__in=numbers) | reach.filter(pk__in=by_key)
    found = found.order_by("pk").select_related("owner", "version")
    if lock:
        found = found.select_for_update(of=("self",))
    standing: dict[str, Record] = {}
    for record in found:
        standing[f"number:{record.number}"] = record
        if record.pk in by_key:
            standing[f"key:{by_key[record.pk]}"] = record
    return standing


def _key_of(ledger: LedgerDef, row: RowIn, known: Known) -> str:
    """The value of the key field as it is stored; "" where there is none that can be read."""
    of = ledger.field(ledger.key_field or "")
    cell = row.given.get(of.code) if of else None
    if of is None or is_blank(cell):
        return ""
    try:
        return str(read_value(of, cell, known))[:200]
    except FieldUnfit:
        return ""


def _about(row: RowIn, keys: Mapping[int, str], standing: Mapping[str, Record]) -> Record | None:
    if row.number:
        return standing.get(f"number:{row.number}")
    return standing.get(f"key:{keys[row.row]}")


def _planned(
    ledger: LedgerDef,
    row: RowIn,
    record: Record | None,
    known: Known,
    faults: list[LinliError],
) -> Planned | None:
    if row.number and (record is None or record.status != Record.Status.OPEN):
        faults.append(RecordUnknown(row.number, row.row))
        return None
    given = {code: cell for code, cell in row.given.items() if not is_blank(cell)}
    data, wrong = filled_in(ledger, record.data if record else {}, given, known)
    wrong += secrets_in({code: data[code] for code in given if code in data})
    faults += at_row(wrong, row.row)
    return None if wrong else Planned(row.row, record, data)


def _check_together(
    ledger: LedgerDef, rows: list[Planned], read: RowsIn, unit: str, actor: Actor
) -> None:
    """Add the faults that rows have against each other, against other records, and by place."""
    read.faults += twice([(row.row, row.record.number if row.record else "") for row in rows])
    claimed = [(row, unique_values(ledger, row.data)) for row in rows]
    for code in {code for _, values in claimed for code in values}:
        read.faults += twice([(row.row, values.get(code, "")) for row, values in claimed])
    ground = Ground()
    for row in rows:
        own = row.record.owner.code if row.record and row.record.owner else unit
        try:
            place = place_of(ledger, row.data, own, ground, actor)
            require_place(ledger, place, actor, IMPORT)
        except LinliError as fault:
            read.faults += at_row([_as_rejected(fault)], row.row)


def _as_rejected(fault: LinliError) -> LinliError:
    return Rejected(fault.zh, fault.en, field=fault.field or "area")
