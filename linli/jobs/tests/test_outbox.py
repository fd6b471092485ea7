import threading
from collections import Counter

import pytest
from django.db import connection, transaction

from linli.domain.audit.selectors import outbox_size
from linli.jobs.outbox import queue_reactions
from linli.jobs.reactions import Reaction, Reactions
from linli.jobs.tests.builders import GateLaid, StoneLaid, lay, rows

TABLE: Reactions = {
    StoneLaid: (Reaction("first", lambda *_: None), Reaction("second", lambda *_: None))
}


def queued() -> list[tuple[int, str]]:
    return [
        (journal_id, name)
        for journal_id, name in rows(
            "SELECT (args ->> 'journal_id')::bigint, args ->> 'reaction' FROM procrastinate_jobs"
        )
    ]


@pytest.mark.django_db
def test_each_reaction_to_a_fact_becomes_a_job_that_carries_ids_only():
    lay(StoneLaid)

    taken = queue_reactions(TABLE, limit=10)

    assert (taken, outbox_size()) == (1, 0)
    assert sorted(name for _, name in queued()) == ["first", "second"]
    assert rows("SELECT DISTINCT jsonb_object_keys(args) FROM procrastinate_jobs ORDER BY 1") == [
        ("journal_id",),
        ("reaction",),
    ]


@pytest.mark.django_db
def test_a_fact_that_nothing_follows_leaves_the_outbox():
    lay(GateLaid)

    queue_reactions(TABLE, limit=10)

    assert (outbox_size(), queued()) == (0, [])


@pytest.mark.django_db
def test_jobs_and_outbox_go_back_together():
    lay(StoneLaid, 3)

    with transaction.atomic():
        queue_reactions(TABLE, limit=10)
        transaction.set_rollback(True)

    assert (outbox_size(), queued()) == (3, [])


@pytest.mark.django_db
def test_no_more_than_the_limit_is_taken():
    lay(StoneLaid, 3)

    assert [queue_reactions(TABLE, limit=2) for _ in range(3)] == [2, 1, 0]


def test_two_dispatchers_at_once_queue_each_fact_once(journal):
    lay(StoneLaid, 200)
    start = threading.Barrier(4)

    def dispatch() -> None:
        start.wait()
        while queue_reactions(TABLE, limit=7):
            continue
        connection.close()

    threads = [threading.Thread(target=dispatch) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outbox_size() == 0
    assert Counter(Counter(queued()).values()) == {1: 400}
