"""Keeping the queue alive: freeing what dead workers held, and what a person must look at."""

from dataclasses import dataclass

from django.db import connection

from linli.domain.audit.selectors import outbox_size
from linli.jobs.pace import Pace

# One statement, so that two reapers at once free a job once; and no lock that could stall.
# `attempts` counts finished claims, so the claim that has just died is one more. Those that
# fell together try again apart (rank): else a job that kills its worker takes the same
# innocent neighbours with it each time, and all of them reach the cap (seen in a test).
FREE = """
WITH stalled AS (
    SELECT job.id FROM procrastinate_jobs AS job
    LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
    WHERE job.status = 'doing' AND (
        worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %(silence)s)
    )
    FOR UPDATE OF job SKIP LOCKED
), ranked AS (
    SELECT id, row_number() OVER (ORDER BY id) AS rank FROM stalled
)
UPDATE procrastinate_jobs AS job SET
    attempts = job.attempts + 1,
    abort_requested = false,
    scheduled_at = now() + make_interval(
        secs => rank * least(%(longest)s, %(first)s * power(4, least(job.attempts, 20)))
    ),
    status = CASE WHEN job.attempts + 1 >= %(claims)s OR job.abort_requested
        THEN 'failed' ELSE 'todo' END::procrastinate_job_status
FROM ranked WHERE job.id = ranked.id RETURNING job.status::text
"""
DELETE_OLD = """
DELETE FROM procrastinate_jobs AS job
WHERE job.status NOT IN ('todo', 'doing') AND NOT EXISTS (
    SELECT FROM procrastinate_events AS event
    WHERE event.job_id = job.id AND event.at > now() - make_interval(days => %s)
)
"""
STATE = """
SELECT count(*) FILTER (WHERE status = 'todo'),
    count(*) FILTER (WHERE status = 'doing'),
    count(*) FILTER (WHERE status IN ('failed', 'aborted')),
    (SELECT count(*) FROM procrastinate_workers
        WHERE last_heartbeat > now() - make_interval(secs => %s))
FROM procrastinate_jobs
"""


@dataclass(frozen=True)
class Freed:
    """What was done with the jobs of dead workers."""

    queued_again: int
    given_up: int

    @property
    def seen(self) -> int:
        """How many such jobs there were."""
        return self.queued_again + self.given_up


@dataclass(frozen=True)
class QueueState:
    """How the queue stands: numbers of jobs, of facts not yet queued, of living workers."""

    waiting: int
    running: int
    failed: int
    outbox: int
    workers: int


def free_stalled_jobs(pace: Pace) -> Freed:
    """Let others take up the jobs of dead workers; give up those claimed too often."""
    values = {
        "silence": pace.stalled_after_s,
        "claims": pace.claims,
        "first": pace.first_wait_s,
        "longest": pace.longest_wait_s,
    }
    with connection.cursor() as cursor:
        cursor.execute(FREE, values)
        states = [state for (state,) in cursor.fetchall()]
    return Freed(states.count("todo"), states.count("failed"))


def delete_old_jobs(*, days: int) -> int:
    """Delete jobs given up or cancelled so many days ago; returns how many.

    Those that succeed are deleted at once: the journal and the effect's key say all of them.
    """
    with connection.cursor() as cursor:
        cursor.execute(DELETE_OLD, [days])
        return int(cursor.rowcount)


def queue_state(pace: Pace) -> QueueState:
    """Return how the queue stands now."""
    with connection.cursor() as cursor:
        cursor.execute(STATE, [pace.stalled_after_s])
        waiting, running, failed, workers = cursor.fetchone()
    return QueueState(waiting, running, failed, outbox_size(), workers)
