from dataclasses import replace

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.selectors import count_failed_jobs, facts_about, failed_jobs
from linli.domain.audit.services import retry_failed_job, settle_failed_job
from linli.jobs.outbox import queue_reactions
from linli.jobs.pace import Pace
from linli.jobs.reactions import Reaction, Reactions
from linli.jobs.tests.builders import StoneLaid, lay, rows, write
from linli.jobs.upkeep import (
    Freed,
    delete_old_jobs,
    free_stalled_jobs,
    queue_state,
)
from linli.kernel.clock import utc_now
from linli.kernel.errors import NotFound

pytestmark = pytest.mark.django_db
PACE = Pace()
TABLE: Reactions = {StoneLaid: (Reaction("mark", lambda *_: None),)}


def claimed(count: int = 1, *, silent_s: float = 0) -> list[int]:
    """Jobs taken up by a worker whose last sign of life is so long ago."""
    lay(StoneLaid, count)
    queue_reactions(TABLE, limit=count)
    worker = rows("SELECT worker_id FROM procrastinate_register_worker_v1()")[0][0]
    write(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => %s)"
        " WHERE id = %s",
        [silent_s, worker],
    )
    return [
        int(rows("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])[0][0])
        for _ in range(count)
    ]


def states() -> list[str]:
    return [state for (state,) in rows("SELECT status FROM procrastinate_jobs ORDER BY id")]


def test_a_job_of_a_living_worker_is_left_alone():
    claimed(silent_s=PACE.stalled_after_s - 1)

    assert free_stalled_jobs(PACE) == Freed(0, 0)


def test_a_job_of_a_silent_worker_is_queued_again():
    claimed(silent_s=PACE.stalled_after_s + 1)

    assert free_stalled_jobs(PACE) == Freed(queued_again=1, given_up=0)
    assert states() == ["todo"]


def test_a_job_of_a_worker_that_is_gone_is_queued_again():
    claimed()
    write("DELETE FROM procrastinate_workers")

    assert free_stalled_jobs(PACE).queued_again == 1


def test_a_second_reaper_finds_nothing_left():
    claimed(3, silent_s=99)

    assert [free_stalled_jobs(PACE).seen for _ in range(2)] == [3, 0]


def test_jobs_that_fell_together_try_again_apart():
    claimed(3, silent_s=99)

    free_stalled_jobs(PACE)

    waits = rows("SELECT extract(epoch FROM scheduled_at - now())::int FROM procrastinate_jobs")
    assert sorted(waits) == [(5,), (10,), (15,)]


def test_the_fifth_claim_that_dies_is_the_last():
    job = claimed(silent_s=99)[0]
    ends = []
    for _ in range(PACE.claims):
        write("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job])
        ends.append(free_stalled_jobs(PACE))

    assert ends == [Freed(1, 0)] * 4 + [Freed(0, 1)]
    assert [(failed.id, failed.claims) for failed in failed_jobs()] == [(job, 5)]


def test_a_job_given_up_names_the_fact_it_was_about():
    claimed(silent_s=99)
    free_stalled_jobs(replace(PACE, claims=1))

    failed = failed_jobs()[0]

    assert (failed.what, failed.event) == ("mark", StoneLaid.name)
    assert (failed.subject_type, failed.subject_id) == ("wall", "wall-0")


def test_a_person_may_let_a_job_begin_anew():
    job = claimed(silent_s=99)[0]
    free_stalled_jobs(replace(PACE, claims=1))

    assert count_failed_jobs() == 1
    retry_failed_job(job, actor=SYSTEM_ACTOR, at=utc_now())

    assert rows("SELECT status, attempts FROM procrastinate_jobs") == [("todo", 0)]
    assert failed_jobs() == []


def test_a_person_may_put_a_job_away_and_says_why():
    job = claimed(silent_s=99)[0]
    free_stalled_jobs(replace(PACE, claims=1))

    settle_failed_job(job, reason="已另行办理", actor=SYSTEM_ACTOR, at=utc_now())

    assert (states(), count_failed_jobs()) == (["cancelled"], 0)
    told = facts_about("job", str(job))
    assert [(fact.event, fact.data["reason"]) for fact in told] == [("job_settled", "已另行办理")]
    with pytest.raises(NotFound):
        settle_failed_job(job, reason="again", actor=SYSTEM_ACTOR, at=utc_now())


def test_only_what_was_given_up_can_begin_anew():
    job = claimed()[0]

    with pytest.raises(NotFound):
        retry_failed_job(job, actor=SYSTEM_ACTOR, at=utc_now())


def test_old_jobs_go_and_those_in_work_or_recent_stay():
    claimed(3, silent_s=99)
    write(
        "UPDATE procrastinate_jobs SET status = 'failed' WHERE id <> (SELECT max(id)"
        " FROM procrastinate_jobs)"
    )
    write(
        "UPDATE procrastinate_events SET at = now() - interval '91 days' WHERE job_id <>"
        " (SELECT min(id) FROM procrastinate_jobs)"
    )

    assert delete_old_jobs(days=90) == 1
    assert states() == ["failed", "doing"]


def test_the_state_of_the_queue_is_told_in_numbers():
    claimed(2, silent_s=99)
    claimed()
    lay(StoneLaid)

    state = queue_state(PACE)

    assert (state.waiting, state.running, state.failed) == (0, 3, 0)
    assert (state.outbox, state.workers) == (1, 1)
