import threading
from datetime import datetime

import pytest
from django.db import connection

from linli.domain.audit.selectors import Fact, effect_count
from linli.jobs.reactions import Reaction, Reactions
from linli.jobs.tasks import JobFailed, carry_out, with_place_of_failure
from linli.jobs.tests.builders import SECRET, StoneLaid, lay, marks, rows, write


def mark(fact: Fact, _: datetime) -> None:
    write("INSERT INTO jobs_scratch VALUES (%s)", [fact.id])


def mark_and_fail(fact: Fact, at: datetime) -> None:
    mark(fact, at)
    raise ValueError(SECRET)


TABLE: Reactions = {
    StoneLaid: (
        Reaction("mark", mark),
        Reaction("fail", mark_and_fail),
        Reaction("parts", mark, in_parts=True),
    )
}


def one_fact() -> int:
    lay(StoneLaid)
    return int(rows("SELECT max(id) FROM audit_journal")[0][0])


def test_twice_is_once(journal):
    fact = one_fact()

    done = [carry_out("mark", fact, table=TABLE) for _ in range(3)]

    assert (done, marks()) == ([True, False, False], [fact])


def test_two_workers_at_once_are_once(journal):
    fact = one_fact()
    start = threading.Barrier(6)

    def work() -> None:
        start.wait()
        carry_out("mark", fact, table=TABLE)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert marks() == [fact]


def test_a_reaction_that_fails_leaves_neither_effect_nor_key(journal):
    fact = one_fact()

    with pytest.raises(ValueError, match=SECRET):
        carry_out("fail", fact, table=TABLE)

    assert (marks(), effect_count("fail")) == ([], 0)


def test_a_reaction_in_parts_keeps_its_parts_and_sets_its_key_at_the_end(journal):
    fact = one_fact()

    done = [carry_out("parts", fact, table=TABLE) for _ in range(2)]

    assert (done, marks(), effect_count("parts")) == ([True, False], [fact, fact], 1)


@pytest.mark.django_db
def test_a_reaction_that_is_no_longer_known_fails_rather_than_passing_silently():
    with pytest.raises(LookupError, match="gone"):
        carry_out("gone", 1, table=TABLE)


@pytest.mark.django_db
def test_a_fact_that_is_not_there_fails_rather_than_passing_silently():
    with pytest.raises(LookupError, match="4711"):
        carry_out("mark", 4711, table=TABLE)


def test_a_failure_is_logged_with_its_place_but_not_its_words(caplog):
    def stumble() -> None:
        raise ValueError(SECRET)

    with pytest.raises(JobFailed, match="ValueError"):
        with_place_of_failure(stumble)

    assert "in stumble" in caplog.text
    assert SECRET not in caplog.text
