"""Messages of a hotline's export come in: batch after batch, each whole or not at all.

Serves: R045 R081.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.conf import settings

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.domain.needs.errors import KeyReused, NoRows, NumberTaken
from linli.domain.needs.rules.exports import Export, ExportRow, Known, RowReader
from linli.domain.needs.rules.intake import NewMessage
from linli.domain.needs.rules.mapping import ImportMapping
from linli.domain.needs.selectors.standing import standing
from linli.domain.needs.services.planning import (
    Fresh,
    Incoming,
    Plan,
    Repeat,
    RepeatOf,
    plan_messages,
)
from linli.domain.needs.services.receiving import Received, receive_messages
from linli.domain.organisations.selectors import units
from linli.kernel.errors import LinliError, RejectedTogether
from linli.kernel.tables import open_table
from linli.methods.normalise import clean

BATCH_ROWS = 100
Faults = tuple[LinliError, ...]
KNOWN: Faults = ()


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
    rows: Iterable[ExportRow],
    *,
    actor: Actor,
    at: datetime,
    size: int = BATCH_ROWS,
    is_trial: bool = False,
) -> Iterator[ImportedBatch]:
    """Take in what can be taken, `size` rows a transaction; the rest is told row by row.

    Nothing comes in twice: neither a number of its source, nor a row without one that says the
    same. A trial looks at everything and writes nothing.

    Finished rows are taken over as history. Records MessageReceived and CaseOpened for each,
    CaseArchived for those. Raises NotPermitted, NoAreas, NoRows.
    """
    require_act(actor, "import.run")
    road = _Trial(at) if is_trial else _Real(actor, at)
    waiting, is_empty = iter(rows), True
    while batch := list(islice(waiting, size)):
        yield _import_batch(batch, road)
        is_empty = False
    if is_empty:
        raise NoRows


def _import_batch(rows: list[ExportRow], road: "_Real | _Trial") -> ImportedBatch:
    came = iter(
        road.receive([Incoming(r.message, r.key, r.ending) for r in rows if r.message is not None])
    )
    told = [next(came) if row.message is not None else row.faults for row in rows]
    refused = [
        Refusal(row.number, row.cells, fault)
        for row, fault in zip(rows, told, strict=True)
        if isinstance(fault, tuple) and fault
    ]
    return ImportedBatch(
        read=len(rows),
        taken=sum(not isinstance(one, tuple) for one in told),
        known=sum(one == KNOWN for one in told),
        refused=tuple(refused),
        received=tuple(one for one in told if isinstance(one, Received)),
    )


class _Real:
    """Lets rows come in."""

    def __init__(self, actor: Actor, at: datetime) -> None:
        self._actor, self._at = actor, at

    def receive(self, rows: Sequence[Incoming]) -> list[Received | Faults]:
        came = receive_messages(rows, actor=self._actor, at=self._at)
        return [self._told(row.message, one) for row, one in zip(rows, came, strict=True)]

    def _told(self, new: NewMessage, came: Received | LinliError) -> Received | Faults:
        if isinstance(came, LinliError):
            return _faults(came)
        return _known_as(came.message.body, new) if came.is_repeat else came


class _Trial:
    """Looks at rows as if they came in."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._seen: dict[str | tuple[str, str], str] = {}

    def receive(self, rows: Sequence[Incoming]) -> list[Fresh | Faults]:
        plans = plan_messages(rows, standing(self._at), at=self._at, is_trial=True)
        pairs = zip(rows, plans, strict=True)
        return [self._told(row.message, plan, plans) for row, plan in pairs]

    def _told(self, new: NewMessage, plan: Plan, plans: Sequence[Plan]) -> Fresh | Faults:
        if isinstance(plan, LinliError):
            return _faults(plan)
        if isinstance(plan, Repeat):
            return _known_as(plan.message.body, new)
        if isinstance(plan, RepeatOf):
            first = plans[plan.place]
            return _known_as(first.new.body, new) if isinstance(first, Fresh) else KNOWN
        number = (new.source, new.source_id) if new.source_id else plan.key
        if number in self._seen:
            return _known_as(self._seen[number], new)
        self._seen[number] = plan.new.body
        return plan


def _faults(error: LinliError) -> Faults:
    if isinstance(error, KeyReused):  # the very row, under a mapping that has changed meanwhile
        return KNOWN
    return error.faults if isinstance(error, RejectedTogether) else (error,)


def _known_as(body: str, new: NewMessage) -> Faults:
    """Nothing where a repeat says the same as the first; else that its number is taken."""
    return KNOWN if body == clean(new.body) else (NumberTaken(new.source_id, new.row),)


def _known(at: datetime) -> Known:
    standing_now = standing(at)
    words: dict[str, tuple[str, ...]] = {}
    for code, name in standing_now.ground.titles.items():
        words[name] = (*words.get(name, ()), code)
    types = (code for codes in standing_now.types_of_standard.values() for code in codes)
    zone = ZoneInfo(settings.TIME_ZONE)
    basis = standing_now.limits.secrecy_basis
    return Known(zone, words, frozenset(types), basis, _words_for_units())


def _words_for_units() -> dict[str, tuple[str, ...]]:
    """Names and codes of the units; a code means its own unit, whoever is called so."""
    rows = list(units().values_list("code", "name"))
    found: dict[str, tuple[str, ...]] = {}
    for code, name in rows:
        found[name] = (*found.get(name, ()), code)
    return found | {code: (code,) for code, _ in rows}
