"""Writing facts down, in the transaction of the change that they tell.

Serves: R109 X02 X10.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection

from linli.domain.audit.events import CasesListed, PersonalDataViewed, RowsExported
from linli.domain.audit.ports import Viewer, Who
from linli.domain.audit.rules.chain import Entry, hash_of, stream_of
from linli.kernel.clock import require_aware
from linli.kernel.events import Event
from linli.kernel.ids import public_id

INSERT = """
INSERT INTO audit_journal (stream, seq, at, recorded_at, event, subject_type, subject_id,
    actor_id, actor_name, payload, algorithm, previous, hash)
VALUES {rows} RETURNING id
"""
ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


def record(event: Event, *, actor: Who, at: datetime) -> int:
    """Append a fact to the journal; returns the row's id, which keys its effects.

    Must run inside the transaction of the change: the row is also the outbox row.
    """
    return record_all([event], actor=actor, at=at)[0]


def record_all(events: Sequence[Event], *, actor: Who, at: datetime) -> list[int]:
    """Append several facts in their order; returns the rows' ids in the same order.

    Streams are locked in order first, so that two that record many never wait for each other.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a fact is recorded in the transaction that makes it true")
    entries = [_entry(event, actor, require_aware(at)) for event in events]
    if len(entries) > 1:
        lock_streams(event.subject_id for event in events)
    if settings.LINLI_JOURNAL_HASH != "sha256":
        return [_insert([_chained_here(entry)])[0] for entry in entries]
    return _insert(entries) if entries else []


def record_view(
    case_ref: str,
    *,
    fields: Sequence[str],
    purpose: str,
    actor: Viewer,
    at: datetime,
    also: Sequence[str] = (),
    opening: str = "",
) -> int:
    """Record that someone looked at personal data of a case; records PersonalDataViewed.

    Returns the row's id, which the page may carry as its mark.
    """
    role, office = actor.post
    view = PersonalDataViewed(case_ref, list(fields), purpose, role, office, list(also), opening)
    return record(view, actor=actor, at=at)


def record_list(refs: Sequence[str], *, door: str, actor: Viewer, at: datetime) -> None:
    """Record that someone saw a list of cases; an empty one shows nothing. Records CasesListed."""
    if refs:
        role, office = actor.post
        record(CasesListed(public_id(), list(refs), door, role, office), actor=actor, at=at)


def record_export(*, rows: int, query: str, actor: Who, at: datetime) -> int:
    """Record that a list left the system; records RowsExported."""
    return record(RowsExported(public_id(), rows, query), actor=actor, at=at)


def lock_streams(subject_ids: Iterable[str]) -> None:
    """Lock several streams in order, before facts about several subjects in one transaction."""
    streams = sorted({stream_of(subject) for subject in subject_ids})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT linli_journal_lock(stream::smallint) FROM unnest(%s::int[]) AS stream",
            [streams],
        )


def _insert(entries: Sequence[Entry]) -> list[int]:
    values = [
        value
        for entry in entries
        for value in (
            entry.stream,
            entry.seq,
            entry.at,
            entry.recorded_at,
            entry.event,
            entry.subject_type,
            entry.subject_id,
            entry.actor_id,
            entry.actor_name,
            entry.payload,
            entry.algorithm,
            entry.previous,
            entry.hash,
        )
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(rows=", ".join([ROW] * len(entries))), values)
        return [int(row[0]) for row in cursor.fetchall()]


def _entry(event: Event, actor: Who, at: datetime) -> Entry:
    payload = json.dumps(event.payload(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Entry(
        stream=stream_of(event.subject_id),
        seq=0,
        at=at,
        recorded_at=at,
        event=event.name,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        actor_id=actor.user_id,
        actor_name=actor.name,
        payload=payload,
        algorithm=settings.LINLI_JOURNAL_HASH,
        previous=b"",
        hash=b"",
    )


def _chained_here(entry: Entry) -> Entry:
    """Chain in Python, under the stream's lock, for algorithms that PostgreSQL lacks (SM3)."""
    with connection.cursor() as own:
        own.execute("SELECT * FROM linli_journal_lock(%s::smallint)", [entry.stream])
        seq, previous = own.fetchone()
        own.execute("SELECT clock_timestamp()")
        recorded_at = own.fetchone()[0].astimezone(UTC)
    chained = replace(entry, seq=seq + 1, previous=bytes(previous), recorded_at=recorded_at)
    return replace(chained, hash=hash_of(chained))
