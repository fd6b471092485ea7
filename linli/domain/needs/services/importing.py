"""Messages of a hotline's export come in: batch after batch, each whole or not at all.

Serves: R045 R081.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.conf import settings

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.domain.needs.errors import KeyReused, NumberTaken
from linli.domain.needs.rules.exports import Export, ExportRow, Known, RowReader
from linli.domain.needs.rules.mapping import ImportMapping
from linli.domain.needs.selectors.standing import standing
from linli.domain.needs.services.receiving import Received, receive_message
from linli.kernel.errors import LinliError, RejectedTogether
from linli.kernel.tables import open_table
from linli.methods.normalise import clean

BATCH_ROWS = 250


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken, as it stands in the file, and why."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[LinliError, ...]


@dataclass(frozen=True)
class ImportedBatch:
    """What came of some rows.

    Parameters
    ----------
    read : rows of the file in this batch.
    taken : messages that came in; in a dry run those that would.
    known : rows that had come in before.
    """

    read: int
    taken: int
    known: int
    refused: tuple[Refusal, ...]
    received: tuple[Received, ...] = ()


def read_export(file: BinaryIO, mapping: ImportMapping, *, at: datetime) -> Export:
    """Begin to read an export, CSV or spreadsheet; rows follow one by one as they are asked for.

    Raises Rejected where the file as a whole cannot be read, ColumnMissing.
    """
    table = open_table(file, encoding=mapping.encoding or "", sheet=mapping.sheet or "")
    reader = RowReader(mapping, table.head, _known(at))
    return Export(
        head=table.head,
        rows=map(reader.read, table.rows),
        expected=table.expected,
        columns=reader.columns,
        unlisted=reader.unlisted,
    )


def import_messages(
    rows: Iterable[ExportRow], *, actor: Actor, at: datetime, size: int = BATCH_ROWS
) -> Iterator[ImportedBatch]:
    """Take in what can be taken, `size` rows a transaction; the rest is told row by row.

    Nothing comes in twice: neither a number of its source, nor a row without one that says the
    same. Records MessageReceived and CaseOpened for each. Raises NotPermitted, NoAreas.
    """
    require_act(actor, "import.run")
    waiting = iter(rows)
    while batch := list(islice(waiting, size)):
        yield _import_batch(batch, actor=actor, at=at)


def _import_batch(rows: list[ExportRow], *, actor: Actor, at: datetime) -> ImportedBatch:
    received, refused, known = [], [], 0
    for row in rows:
        came = _receive(row, actor=actor, at=at)
        if isinstance(came, Refusal):
            refused.append(came)
        elif came is None:
            known += 1
        else:
            received.append(came)
    return ImportedBatch(len(rows), len(received), known, tuple(refused), tuple(received))


def _receive(row: ExportRow, *, actor: Actor, at: datetime) -> Received | Refusal | None:
    if row.message is None:
        return Refusal(row.number, row.cells, row.faults)
    try:
        came = receive_message(row.message, actor=actor, at=at, key=row.key)
    except KeyReused:
        return None
    except RejectedTogether as error:
        return Refusal(row.number, row.cells, error.faults)
    except LinliError as error:
        return Refusal(row.number, row.cells, (error,))
    if came.is_repeat and came.message.body != clean(row.message.body):
        taken = NumberTaken(row.message.source_id, row.number)
        return Refusal(row.number, row.cells, (taken,))
    return None if came.is_repeat else came


def _known(at: datetime) -> Known:
    standing_now = standing(at)
    words: dict[str, tuple[str, ...]] = {}
    for code, name in standing_now.ground.titles.items():
        words[name] = (*words.get(name, ()), code)
    types = (code for codes in standing_now.types_of_standard.values() for code in codes)
    return Known(ZoneInfo(settings.TIME_ZONE), words, frozenset(types))
