"""What a person decides about a job that was given up: once more, or not at all.

Serves: X02.
"""

from datetime import datetime

from django.db import connection, transaction

from linli.domain.audit.events import JobRetried, JobSettled
from linli.domain.audit.ports import Who
from linli.domain.audit.services.journal import record
from linli.kernel.errors import NotFound

AGAIN = """
UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL
WHERE id = %s AND status IN ('failed', 'aborted')
"""
SETTLED = """
UPDATE procrastinate_jobs SET status = 'cancelled'
WHERE id = %s AND status IN ('failed', 'aborted')
"""


@transaction.atomic
def retry_failed_job(job_id: int, *, actor: Who, at: datetime) -> None:
    """Queue a job that was given up once more, as if it were new; records JobRetried.

    Raises NotFound for a job that was not given up.
    """
    _change(AGAIN, job_id)
    record(JobRetried(job_id), actor=actor, at=at)


@transaction.atomic
def settle_failed_job(job_id: int, *, reason: str, actor: Who, at: datetime) -> None:
    """Put a job that was given up away for good, with the reason; records JobSettled.

    Raises NotFound for a job that was not given up.
    """
    _change(SETTLED, job_id)
    record(JobSettled(job_id, reason), actor=actor, at=at)


def _change(statement: str, job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [job_id])
        if cursor.rowcount == 0:
            raise NotFound
