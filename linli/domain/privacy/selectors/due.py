"""What is due to be deleted, and what stands against more of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from psycopg import sql

from linli.domain.access import wall
from linli.domain.care.models import CareEntry
from linli.domain.cases.models import Case
from linli.domain.privacy.models import Deletion, PersonalRequest
from linli.domain.privacy.rules.retention import Length
from linli.domain.privacy.selectors.catalogue import CATALOGUE
from linli.domain.privacy.selectors.lengths import cutoff_of, length, own_cutoffs
from linli.domain.privacy.selectors.standing import free_cases
from linli.domain.vault.models import DataKey

OF_CASES = ("identity", "words", "care")


@dataclass(frozen=True)
class TimedRows:
    """Rows that are deleted whole once their moment is long enough ago.

    Parameters
    ----------
    keep : class of the catalogue. besides : a condition beside the moment, fixed SQL.
    """

    keep: str
    table: str
    key: str
    moment: str
    besides: str = "true"


TIMED = (
    TimedRows("session", "django_session", "session_key", "expire_date"),
    TimedRows("session", "linli_cache", "cache_key", "expires"),
    TimedRows(
        "session",
        "usersessions_usersession",
        "id",
        "last_seen_at",
        "NOT EXISTS (SELECT FROM django_session s WHERE s.session_key = t.session_key)",
    ),
    TimedRows("notice", "cases_notice", "id", "seen_at"),
)


@dataclass(frozen=True)
class PlanLine:
    """What a run would delete of one kind now.

    Parameters
    ----------
    what : class of the catalogue, and for rows deleted whole their table.
    due : how many cases, or rows. oldest : when the oldest of them began to count.
    held : of cases whose time is over, how many stay because something stands against it.
    """

    keep: str
    what: str
    length: Length
    due: int
    oldest: datetime | None
    held: int


def plan_retention(at: datetime) -> list[PlanLine]:
    """Return what a run would delete now; nothing is changed."""
    lines = [_of_cases(keep, at) for keep in OF_CASES]
    return lines + [_of_rows(rows, at) for rows in TIMED]


def due_cases(keep: str, at: datetime) -> QuerySet[Case]:
    """The closed cases of which a class is still there though its time is over, free or not."""
    over = Case.objects.filter(_is_over(parameter_of(keep), at), status=Case.Status.CLOSED)
    if keep == "care":
        kept = CareEntry.objects.filter(case=OuterRef("pk"), erased_at__isnull=True)
        return over.filter(Exists(kept))
    if keep == "identity":
        keys = DataKey.objects.filter(erased_at__isnull=True)
        return over.filter(public_id__in=keys.values("subject"))
    return over.filter(~Q(body="") | Q(receipt_hash__isnull=False))


def _is_over(code: str, at: datetime) -> Q:
    """Say which cases were closed so long ago that a length of time is over."""
    own = own_cutoffs(code, at)
    over = Q(closed_at__lt=cutoff_of(code, at)) & ~Q(standard__code__in=own)
    for standard, cutoff in own.items():
        over |= Q(closed_at__lt=cutoff, standard__code=standard)
    return over


def waiting_erasures() -> QuerySet[PersonalRequest]:
    """Requests for deletion that were granted and of which something must still stay."""
    kinds = (PersonalRequest.Kind.DELETE, PersonalRequest.Kind.WITHDRAW)
    rows = PersonalRequest.objects.filter(fulfilled_at__isnull=False, erased_at__isnull=True)
    return rows.filter(kind__in=kinds).order_by("pk")


def parameter_of(keep: str) -> str:
    """Return the parameter that says how long a class is kept."""
    return CATALOGUE.terms.keep[keep].parameter


def recent_deletions(*, limit: int = 200) -> list[Deletion]:
    """Return the newest lines of the ledger."""
    return list(Deletion.objects.all()[:limit])


@wall.wider("retention")
def _of_cases(keep: str, at: datetime) -> PlanLine:
    due = due_cases(keep, at)
    free = due.filter(pk__in=free_cases().values("pk"))
    count, oldest = free.count(), free.aggregate(oldest=Min("closed_at"))["oldest"]
    held = due.count() - count
    return PlanLine(keep, keep, length(parameter_of(keep), at), count, oldest, held)


def _of_rows(rows: TimedRows, at: datetime) -> PlanLine:
    query = sql.SQL(
        "SELECT count(*), min({moment}) FROM {table} t WHERE {moment} < %s AND {besides}"
    ).format(**named(rows))
    with connection.cursor() as cursor:
        cursor.execute(query, [cutoff_of(parameter_of(rows.keep), at)])
        count, oldest = cursor.fetchone()
    return PlanLine(rows.keep, rows.table, length(parameter_of(rows.keep), at), count, oldest, 0)


def named(rows: TimedRows) -> dict[str, sql.Composable]:
    """Return the parts of a statement about timed rows."""
    return {
        "table": sql.Identifier(rows.table),
        "key": sql.Identifier(rows.key),
        "moment": sql.Identifier(rows.moment),
        "besides": sql.SQL(rows.besides),
    }
