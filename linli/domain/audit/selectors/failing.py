"""Jobs that were given up, for a person to look at: a list, not a log.

The queue's own tables are read here, because faces may not know how jobs are run.

Serves: X02.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from linli.domain.audit.selectors.facts import fact
from linli.kernel.paging import Page

# A name is cut short: arguments of any length must not hide the others on the page.
FAILED = """
SELECT job.id, left(coalesce(job.args ->> 'reaction', job.task_name), %(name)s),
    (job.args ->> 'journal_id')::bigint, job.attempts, max(event.at)
FROM procrastinate_jobs AS job JOIN procrastinate_events AS event ON event.job_id = job.id
WHERE job.status IN ('failed', 'aborted') AND event.type IN ('failed', 'aborted')
    AND (%(only)s::bigint IS NULL OR job.id = %(only)s::bigint)
GROUP BY job.id ORDER BY max(event.at) DESC, job.id DESC LIMIT %(limit)s OFFSET %(after)s
"""
LONGEST_NAME = 60
COUNT = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('failed', 'aborted')"


@dataclass(frozen=True)
class FailedJob:
    """A job that was given up, for a person to look at; ids only, no words of anybody."""

    id: int
    what: str
    journal_id: int | None
    event: str
    subject_type: str
    subject_id: str
    claims: int
    failed_at: datetime


def failed_jobs(*, limit: int = 100, after: int = 0) -> list[FailedJob]:
    """Return the jobs that were given up, latest first; `after` leaves so many out."""
    return _asked(limit=limit, after=after, only=None)


def failed_job(job_id: int) -> FailedJob | None:
    """Return a job that was given up, None where there is none of that number."""
    return next(iter(_asked(limit=1, after=0, only=job_id)), None)


def failed_jobs_page(number: int, *, size: int = 100) -> Page[FailedJob]:
    """Return a page of the jobs that were given up, latest first."""
    total = count_failed_jobs()
    last = max(1, -(-total // size))
    number = min(max(1, number), last)
    return Page(failed_jobs(limit=size, after=(number - 1) * size), number, size, total)


def count_failed_jobs() -> int:
    """Return how many jobs wait for a person."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        return int(cursor.fetchone()[0])


def _asked(*, limit: int, after: int, only: int | None) -> list[FailedJob]:
    values = {"name": LONGEST_NAME, "limit": limit, "after": after, "only": only}
    with connection.cursor() as cursor:
        cursor.execute(FAILED, values)
        rows = cursor.fetchall()
    return [_failed_job(*row) for row in rows]


def _failed_job(
    job_id: int, what: str, journal_id: int | None, claims: int, failed_at: datetime
) -> FailedJob:
    known = None if journal_id is None else fact(journal_id)
    return FailedJob(
        id=job_id,
        what=what,
        journal_id=journal_id,
        event=known.event if known else "",
        subject_type=known.subject_type if known else "",
        subject_id=known.subject_id if known else "",
        claims=claims,
        failed_at=failed_at,
    )
