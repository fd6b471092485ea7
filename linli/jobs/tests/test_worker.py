"""Whole workers as processes of their own: killed, poisoned, cut off, told to stop."""

import signal

from linli.domain.audit.selectors import effect_count, failed_jobs, outbox_size
from linli.jobs.tests.builders import (
    FAST,
    SECRET,
    GateLaid,
    KillerLaid,
    PoisonLaid,
    StoneLaid,
    lay,
    marks,
    rows,
    write,
)
from linli.jobs.tests.worker_process import GATE
from linli.jobs.upkeep import queue_state


def test_every_fact_takes_effect_once_and_leaves_no_job_behind(workers):
    lay(StoneLaid, 300)

    assert workers.work_until(lambda: len(marks()) == 300 and queue_state(FAST).running == 0)

    assert len(set(marks())) == effect_count("mark") == 300
    assert (outbox_size(), queue_state(FAST).waiting, workers.deaths) == (0, 0, [])


def test_a_job_that_kills_its_worker_is_given_up_after_the_cap_and_others_go_on(workers):
    lay(KillerLaid)
    lay(StoneLaid, 20)

    assert workers.work_until(lambda: len(failed_jobs()) == 1 and len(marks()) == 20)

    killer = failed_jobs()[0]
    assert (killer.what, killer.claims, killer.subject_id) == ("kill", FAST.claims, "wall-0")
    assert workers.deaths == [-signal.SIGKILL] * FAST.claims
    assert effect_count("kill") == 0


def test_what_always_fails_goes_to_the_list_of_a_person_without_its_words(workers):
    lay(PoisonLaid)

    assert workers.work_until(lambda: len(failed_jobs()) == 1)

    poison = failed_jobs()[0]
    assert (poison.what, poison.claims, poison.event) == ("fail", FAST.claims, PoisonLaid.name)
    assert (marks(), workers.deaths) == ([], [])
    said = workers.log.read_text()
    assert "ValueError" in said
    assert SECRET not in said


def test_a_worker_told_to_stop_finishes_what_it_does(workers):
    write("SELECT pg_advisory_lock(%s)", [GATE])
    lay(GateLaid)
    assert workers.work_until(lambda: queue_state(FAST).running == 1)
    worker = workers.running

    worker.send_signal(signal.SIGTERM)
    was_quick = workers.has_ended(worker, within_s=0.3)
    write("SELECT pg_advisory_unlock(%s)", [GATE])

    assert workers.has_ended(worker, within_s=20)
    assert (was_quick, worker.returncode, len(marks())) == (False, 0, 1)
    assert queue_state(FAST).running == queue_state(FAST).waiting == 0


def test_a_worker_lives_through_the_loss_of_its_connections(workers):
    lay(StoneLaid)
    assert workers.work_until(lambda: len(marks()) == 1)

    rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    lay(StoneLaid, 2)

    assert workers.work_until(lambda: len(marks()) == 3)
    assert workers.deaths == []
