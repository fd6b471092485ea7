"""A record is entered, and changed.

Serves: R017.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.domain.catalogue.selectors import LedgerVersion
from linli.domain.ledgers.errors import FieldUnknown, RecordChangedMeanwhile, TooManyFiles
from linli.domain.ledgers.events import RecordAdded, RecordChanged
from linli.domain.ledgers.models import Record, RecordEvent
from linli.domain.ledgers.rules.filling import changed, filled_in, wanted_by
from linli.domain.ledgers.rules.values import MOST_OF_A_LIST, Given, Json
from linli.domain.ledgers.selectors.naming import known_for
from linli.domain.ledgers.services.laying import (
    EDIT,
    Ground,
    claim_values,
    lay,
    place_of,
    require_place,
    secrets_in,
    tie_links,
)
from linli.domain.ledgers.services.steps import (
    Fact,
    is_repeat,
    lock_for,
    next_review,
    require_in_use,
    require_keeper,
    version_in_force,
    write,
)
from linli.kernel.clock import require_aware
from linli.kernel.errors import RejectedTogether
from linli.kernel.ids import public_id


@transaction.atomic
def add_record(
    ledger: str,
    *,
    given: Mapping[str, Given],
    unit: str = "",
    actor: Actor,
    at: datetime,
    key: str,
) -> Record:
    """Enter a record; the same key twice is one record. Records RecordAdded.

    Parameters
    ----------
    ledger : code of the ledger. given : code of a field → value, as people write it.
    unit : code of the unit that keeps it, where no field says so; else the actor's own.

    Raises NoLedger, LedgerEnded, NotPermitted, NotTheirLedger, RejectedTogether naming every field
    at fault, OwnerMissing, OwnerUnfit.
    """
    require_act(actor, EDIT)
    if found := _added_by(key):
        return found
    version = version_in_force(ledger, require_aware(at))
    require_keeper(version.definition, actor)
    data = _read(version, {}, given, actor)
    place = place_of(version.definition, data, unit, Ground(), actor)
    require_place(version.definition, place, actor, EDIT)
    record = new_records(version, 1, actor=actor, at=at)[0]
    lay(record, version, data, place)
    store_added([record], {record.public_id: key}, actor=actor, at=at)
    return record


@transaction.atomic
def change_record(
    ref: str,
    *,
    given: Mapping[str, Given],
    seen: int | None = None,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: str,
) -> Record:
    """Change some fields of a record under the version in force; the others stay.

    Records RecordChanged, unless nothing changes.

    Parameters
    ----------
    given : code of a field → value; a blank one empties the field.
    seen : the record's `seq` when it was looked at; None to change it however it stands.

    Raises NotFound, NotPermitted, NotTheirLedger, RecordRetired, RecordChangedMeanwhile,
    RejectedTogether: also for what a newer version requires and the record lacks.
    """
    record = lock_for(ref, act=EDIT, actor=actor)
    if is_repeat(record, key):
        return record
    version = version_in_force(record.ledger, require_aware(at))
    require_keeper(version.definition, actor)
    require_in_use(record)
    if seen is not None and seen != record.seq:
        raise RecordChangedMeanwhile(record.number)
    data = _read(version, record.data, given, actor)
    store_changed([(record, data)], version, {record.pk: key}, reason=reason, actor=actor, at=at)
    return record


@transaction.atomic
def attach_files(
    ref: str, *, field: str, files: Sequence[str], actor: Actor, at: datetime, key: str
) -> Record:
    """Name files in a file field of a record, beside those that it names already.

    For the app that keeps the files, which has stored them: ids are taken as they come. Records
    RecordChanged. Raises NotFound, NotPermitted, NotTheirLedger, RecordRetired, FieldUnknown,
    TooManyFiles.
    """
    record = lock_for(ref, act=EDIT, actor=actor)
    if is_repeat(record, key):
        return record
    version = version_in_force(record.ledger, require_aware(at))
    require_keeper(version.definition, actor)
    require_in_use(record)
    of = version.definition.field(field)
    if of is None or of.kind != "file":
        raise FieldUnknown(field)
    standing = record.data.get(field, [])
    named = [*standing, *(file for file in files if file not in standing)]
    most = MOST_OF_A_LIST if of.many else 1
    if len(named) > most:
        raise TooManyFiles(field, of.name, of.name_en, most)
    data = {**record.data, field: named}
    store_changed([(record, data)], version, {record.pk: key}, actor=actor, at=at)
    return record


def new_records(version: LedgerVersion, count: int, *, actor: Actor, at: datetime) -> list[Record]:
    """Return rows for records of a ledger, without what is said of them. Not public."""
    ledger = version.definition
    return [
        Record(
            public_id=public_id(),
            number=number,
            ledger=ledger.ledger,
            state=ledger.first_state,
            review_due_on=next_review(ledger, at),
            created_at=at,
            created_by=actor.name,
            updated_at=at,
            updated_by=actor.name,
        )
        for number in _numbers(ledger.ledger, count)
    ]


def store_added(
    records: list[Record], keys: Mapping[str, str], *, actor: Actor, at: datetime
) -> None:
    """Store records that were laid down, with their first facts. Not public.

    `keys` holds the idempotency key of each, by public id.
    """
    for record in records:
        record.seq = 1  # as it will be once the first fact, which needs the row, is written
    Record.objects.bulk_create(records)
    for record in records:
        record.seq = 0
    claim_values((record, record.version.definition) for record in records)
    facts = [
        Fact(
            record,
            RecordAdded(record.public_id, record.ledger, record.version.version, record.number),
            before={},
            after=record.data,
            key=keys.get(record.public_id, ""),
        )
        for record in records
    ]
    write(facts, actor=actor, at=at)
    if records:
        tie_links(records, records[0].version.definition)


def store_changed(
    changes: list[tuple[Record, dict[str, Json]]],
    version: LedgerVersion,
    keys: Mapping[int, str],
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> list[Record]:
    """Store what locked records have become; returns those that differ. Not public.

    `keys` holds the idempotency key of each, by row id. Raises NotPermitted, RejectedTogether.
    """
    ledger, ground, facts = version.definition, Ground(), list[Fact]()
    for record, data in changes:
        before, after = changed(record.data, data)
        if not after:
            continue
        unit = record.owner.code if record.owner else ""
        place = place_of(ledger, data, unit, ground, actor)
        require_place(ledger, place, actor, EDIT)
        lay(record, version, data, place)
        record.updated_at, record.updated_by = at, actor.name
        event = RecordChanged(record.public_id, record.ledger, version.version, sorted(after))
        facts.append(Fact(record, event, before, after, reason, keys.get(record.pk, "")))
    claim_values((fact.record, ledger) for fact in facts)
    write(facts, actor=actor, at=at)
    done = [fact.record for fact in facts]
    for record in done:
        record.save()
    tie_links(done, ledger)
    return done


def _read(
    version: LedgerVersion, before: Mapping[str, Json], given: Mapping[str, Given], actor: Actor
) -> dict[str, Json]:
    known = known_for(actor, wanted_by(version.definition, [given]))
    data, faults = filled_in(version.definition, before, given, known)
    faults += secrets_in({code: data[code] for code in given if code in data})
    if faults:
        raise RejectedTogether(faults)
    return data


def _added_by(key: str) -> Record | None:
    """The record that a command with this key has added; whoever comes with it too waits."""
    if not key:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [key])
    event = RecordEvent.objects.filter(key=key, seq=1).select_related("record__version").first()
    return event.record if event else None


def _numbers(ledger: str, count: int) -> list[str]:
    """Numbers that people quote: the initials of the ledger's code and a running number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('ledger_record_serial') FROM generate_series(1, %s)", [count]
        )
        serials = [int(row[0]) for row in cursor.fetchall()]
    initials = "".join(word[0] for word in ledger.split("_")).upper()[:6]
    return [f"{initials}-{serial:06d}" for serial in serials]
