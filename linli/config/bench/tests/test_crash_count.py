"""The counts of the crash bench see what they are there to see."""

from random import Random

import pytest
from django.db import connection, transaction

from linli.config.bench._crash_count import (
    Acknowledged,
    count_duplicated,
    count_half,
    count_lost,
)
from linli.config.bench._crash_run import Wanted, falls
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.services import record, take_outbox
from linli.domain.cases.events import CaseDispatched
from linli.kernel.clock import utc_now

pytestmark = pytest.mark.django_db
NOTHING = Acknowledged({}, {}, {})


def dispatched() -> None:
    with transaction.atomic():
        fact = CaseDispatched("nowhere", "works", [], "")
        record(fact, actor=SYSTEM_ACTOR, at=utc_now())


def test_nothing_is_wrong_where_nothing_happened():
    assert (count_lost(NOTHING), count_duplicated(), count_half()) == (0, 0, 0)


def test_an_acknowledged_message_that_is_not_there_is_lost(capsys):
    told = Acknowledged({"crash-0-000001": "20261124-000001-1"}, {}, {})

    assert (told.count, count_lost(told)) == (1, 1)
    assert "1 posted messages" in capsys.readouterr().err


def test_a_fact_whose_reaction_never_came_is_lost():
    dispatched()
    take_outbox(limit=10)

    assert count_lost(NOTHING) == 1


def test_a_fact_that_nobody_took_is_lost():
    dispatched()

    assert count_lost(NOTHING) == 2


def test_a_broken_chain_is_half():
    dispatched()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_journalhead SET seq = seq + 1 WHERE seq > 0")

    assert count_half() == 1


def test_an_act_of_staff_that_no_history_bears_is_lost(capsys):
    told = Acknowledged({}, {}, {"desk:a": "ref"})

    assert (told.count, count_lost(told)) == (1, 1)
    assert "1 acts of staff" in capsys.readouterr().err


def test_an_act_that_was_granted_and_then_refused_under_its_key_is_half():
    told = Acknowledged({}, {}, {}, refused={"desk:a"}, contradicted=1)

    assert (count_half(told), count_half()) == (1, 0)


def test_postgresql_falls_as_often_as_wanted_at_least_and_the_others_between():
    wanted = Wanted(kills=40, kills_of_postgres=30)

    parts = falls(wanted, Random(1))

    assert len(parts) == 40
    assert parts.count("postgres") >= 30
    assert set(parts) > {"postgres"}
