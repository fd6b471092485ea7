"""Only who holds a job ends it: a worker that stalled has lost its jobs when it wakes.

Procrastinate ends a job by its number alone. A worker that was frozen beyond its lease (a machine
that paused, a network that was cut) would then delete or requeue the job that another is running
by now, or run it more often than the cap. A claim is told from all others of its job by the count
of claims before it, which freeing and retrying raise.
"""

import logging
from datetime import datetime

from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from linli.kernel.clock import utc_now

# The row stays locked until the function that ends it has run. Without a worker it is ours as long
# as it was not freed: pruning takes the worker's row from under a job that still runs.
HELD = """
WITH held AS MATERIALIZED (
    SELECT id FROM procrastinate_jobs
    WHERE id = %(job_id)s AND status = 'doing' AND attempts = %(claim)s
    AND (worker_id = %(worker_id)s OR worker_id IS NULL) FOR UPDATE
)
"""
FINISH = f"""{HELD}
SELECT count(procrastinate_finish_job_v1(
    id, %(status)s::procrastinate_job_status, %(delete_job)s)::text) AS ended FROM held
"""  # noqa: S608  # our own words
RETRY = f"""{HELD}
SELECT count(procrastinate_retry_job_v2(
    id, %(retry_at)s::timestamptz, %(priority)s::integer, %(queue)s::varchar, %(lock)s::varchar
)::text) AS ended FROM held
"""  # noqa: S608  # our own words
logger = logging.getLogger(__name__)


class FencedJobs(JobManager):
    """Ends jobs as procrastinate does, but those alone that the claim still holds."""

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:  # noqa: FBT001  # procrastinate's
        """End a job for good, unless it is another's by now."""
        await self._end(job, FINISH, status=status.value, delete_job=delete_job)

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Queue a job again, unless it is another's by now."""
        when = retry_at or utc_now()
        await self._end(job, RETRY, retry_at=when, priority=priority, queue=queue, lock=lock)

    async def _end(self, job: Job, query: str, **values: object) -> None:
        claim = {"job_id": job.id, "claim": job.attempts, "worker_id": job.worker_id}
        row = await self.connector.execute_query_one_async(query, **claim, **values)
        if not row["ended"]:
            logger.warning("worker: job %s was freed meanwhile; left to who has it now", job.id)
