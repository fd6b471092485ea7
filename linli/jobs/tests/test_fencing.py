"""A worker that lost its lease leaves the job to whoever has it now."""

from collections.abc import Coroutine
from typing import Any, cast

import pytest
from django.db import connection
from procrastinate.connector import BaseConnector
from procrastinate.jobs import Job, Status

from linli.jobs.fencing import FencedJobs
from linli.jobs.outbox import queue_reactions
from linli.jobs.pace import Pace
from linli.jobs.reactions import Reaction, Reactions
from linli.jobs.tests.builders import StoneLaid, lay, rows, write
from linli.jobs.upkeep import free_stalled_jobs

pytestmark = pytest.mark.django_db
TABLE: Reactions = {StoneLaid: (Reaction("mark", lambda *_: None),)}


class Here:
    """Asks on the test's own connection."""

    async def execute_query_one_async(self, query: str, **values: Any) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            names = [column.name for column in cursor.description]
            return dict(zip(names, cursor.fetchone(), strict=True))


def done(work: Coroutine[Any, Any, Any]) -> Any:
    """Run what never waits, without a loop."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("it waits")


JOBS = FencedJobs(cast(BaseConnector, Here()))


def worker() -> int:
    return int(rows("SELECT worker_id FROM procrastinate_register_worker_v1()")[0][0])


def claim(who: int) -> Job:
    write("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    job = done(JOBS.fetch_job(queues=None, worker_id=who))
    assert job is not None
    return cast(Job, job)


def lost_claim() -> tuple[Job, Job]:
    """One job as two hold it: a worker that was frozen and freed, and whoever took it up since."""
    lay(StoneLaid)
    queue_reactions(TABLE, limit=1)
    frozen = worker()
    first = claim(frozen)
    write(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '99 s' WHERE id = %s",
        [frozen],
    )
    assert free_stalled_jobs(Pace()).queued_again == 1
    return first, claim(worker())


def state() -> list[tuple[str, int]]:
    return rows("SELECT status::text, attempts FROM procrastinate_jobs")


def test_who_was_frozen_does_not_take_the_job_from_who_runs_it():
    first, _ = lost_claim()

    done(JOBS.finish_job(first, Status.SUCCEEDED, True))
    done(JOBS.finish_job(first, Status.FAILED, False))
    done(JOBS.retry_job(first))

    assert state() == [("doing", 1)]


def test_who_runs_it_ends_it():
    _, second = lost_claim()

    done(JOBS.retry_job(second))
    assert state() == [("todo", 2)]
    done(JOBS.finish_job(claim(worker()), Status.SUCCEEDED, True))

    assert state() == []


def test_a_freed_job_that_waits_is_not_ended_by_who_had_it():
    first, _ = lost_claim()
    write("UPDATE procrastinate_jobs SET status = 'todo'")

    done(JOBS.finish_job(first, Status.FAILED, False))

    assert state() == [("todo", 1)]


def test_who_is_merely_unlisted_still_ends_its_job():
    lay(StoneLaid)
    queue_reactions(TABLE, limit=1)
    job = claim(worker())
    write("DELETE FROM procrastinate_workers")

    done(JOBS.finish_job(job, Status.FAILED, False))

    assert state() == [("failed", 1)]
