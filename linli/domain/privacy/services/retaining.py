"""Deleting what its time is over for, batch after batch; each batch is whole or not at all.

Broken off anywhere, the next run goes on: what is gone is not found again.
Serves: X01.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import connection, transaction
from psycopg import sql

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.services import lock_streams
from linli.domain.care.services import erase_care
from linli.domain.cases.models import Case
from linli.domain.cases.services.steps import lock_case
from linli.domain.needs.services import erase_reporter
from linli.domain.privacy.models import PersonalRequest
from linli.domain.privacy.selectors.due import (
    OF_CASES,
    TIMED,
    TimedRows,
    due_cases,
    named,
    parameter_of,
    waiting_erasures,
)
from linli.domain.privacy.selectors.lengths import cutoff_of
from linli.domain.privacy.selectors.standing import free_cases, past_reopening
from linli.domain.privacy.services.deleting import TIME, Batch, delete_words, note
from linli.domain.privacy.services.granting import carry_out_erasure
from linli.kernel.ids import public_id

AT_ONCE = 200
Progress = Callable[[str, int], None]
DELETE = """
WITH gone AS (
    SELECT {key} AS id, {moment} AS moment FROM {table} t
    WHERE {moment} < %s AND {besides} LIMIT %s FOR UPDATE SKIP LOCKED
), done AS (DELETE FROM {table} WHERE {key} IN (SELECT id FROM gone))
SELECT id::text, moment FROM gone
"""


@dataclass
class Cursor:
    """How far a run has come among the cases, by row id."""

    after: int = 0


def run_retention(
    *, at: datetime, at_once: int = AT_ONCE, progress: Progress | None = None
) -> dict[str, int]:
    """Delete what its time is over for and nothing stands against; returns how many by class.

    A case that is open, held, waiting for a decision or may still be reopened stays. Two runs at
    once share the work.

    Parameters
    ----------
    at_once : cases, or rows, in one transaction. progress : told class and number of each batch.

    Records PersonErased, CareErased, WordsDeleted, RecordsDeleted.
    """
    run, counts = public_id(), dict.fromkeys((*OF_CASES, *(rows.keep for rows in TIMED)), 0)
    counts["asked"] = sum(_look_again(request.pk, at=at) for request in waiting_erasures())
    for keep, count in _batches(run, at, at_once):
        counts[keep] += count
        if progress is not None and count:
            progress(keep, count)
    return counts


def _batches(run: str, at: datetime, at_once: int) -> Iterator[tuple[str, int]]:
    for rows in TIMED:
        while count := _rows(Batch(run, rows.keep, TIME, (), at, at), rows, at, at_once):
            yield rows.keep, count
    for keep in OF_CASES:
        cursor = Cursor()
        while (count := _cases(Batch(run, keep, TIME, (), at, at), cursor, at, at_once)) >= 0:
            yield keep, count


@transaction.atomic
def _look_again(pk: int, *, at: datetime) -> int:
    """Erase what a granted request still waits for, where no duty stands any more."""
    rows = PersonalRequest.objects.select_for_update(of=("self",), skip_locked=True)
    request = rows.select_related("about", "case").filter(pk=pk, erased_at__isnull=True).first()
    if request is None:
        return 0
    carry_out_erasure(request, lock_case(request.about.public_id), at=at)
    request.save(update_fields=["duties", "erase_after", "erased_at"])
    return int(request.erased_at is not None)


@transaction.atomic
def _cases(batch: Batch, cursor: Cursor, at: datetime, at_once: int) -> int:
    """Delete a class of the next cases; returns how many, -1 where there are no more."""
    due = due_cases(batch.keep, at).filter(pk__gt=cursor.after)
    ids = list(due.order_by("pk").values_list("pk", flat=True)[:at_once])
    if not ids:
        return -1
    cursor.after = ids[-1]
    locked = Case.objects.select_for_update(of=("self",), skip_locked=True)
    held = {case.pk for case in locked.filter(pk__in=ids).only("pk")}
    free = free_cases().filter(pk__in=held & set(due.values_list("pk", flat=True)))
    cases = past_reopening(list(free), at)
    if not cases:
        return 0
    lock_streams([*(case.public_id for case in cases), batch.run])
    _delete(batch.keep, cases, at)
    moments = [case.closed_at or at for case in cases]
    refs = [case.public_id for case in cases]
    note(replace(batch, refs=refs, since=min(moments), until=max(moments)), at=at)
    return len(cases)


def _delete(keep: str, cases: list[Case], at: datetime) -> None:
    if keep == "identity":
        for case in cases:
            erase_reporter(case.public_id, actor=SYSTEM_ACTOR, at=at)
    elif keep == "care":
        erase_care(cases, at=at)
    else:
        delete_words(cases, keeps={"words", "receipt"}, reason=TIME, at=at)


@transaction.atomic
def _rows(batch: Batch, rows: TimedRows, at: datetime, at_once: int) -> int:
    with connection.cursor() as cursor:
        query = sql.SQL(DELETE).format(**named(rows))
        cursor.execute(query, [cutoff_of(parameter_of(rows.keep), at), at_once])
        gone = cursor.fetchall()
    if gone:
        moments = [moment.astimezone(UTC) for _, moment in gone]
        refs = [ref for ref, _ in gone]
        note(replace(batch, refs=refs, since=min(moments), until=max(moments)), at=at)
    return len(gone)
