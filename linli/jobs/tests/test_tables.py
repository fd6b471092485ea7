"""The two tables as a whole."""

from collections import Counter

import pytest
from procrastinate.contrib.django.django_connector import DjangoConnector

from linli.jobs.pace import Pace
from linli.jobs.reactions import REACTIONS
from linli.jobs.schedule import SCHEDULE
from linli.jobs.tasks import worker_app
from linli.jobs.tests.builders import AT
from linli.kernel.events import registered_events


def test_every_reaction_is_to_an_event_that_exists():
    assert set(REACTIONS) <= set(registered_events())


def test_one_name_is_one_reaction():
    named = {(reaction.name, reaction) for known in REACTIONS.values() for reaction in known}

    assert max(Counter(name for name, _ in named).values()) == 1


def test_every_appointment_has_a_name_of_its_own_and_a_time_that_comes():
    assert len({known.name for known in SCHEDULE}) == len(SCHEDULE)
    app = worker_app(DjangoConnector(), reactions=REACTIONS, schedule=SCHEDULE, pace=Pace())
    kept = app.periodic_registry.periodic_tasks.values()
    assert all(task.croniter.get_next(start_time=AT) > AT.timestamp() for task in kept)
    assert len(kept) == len(SCHEDULE)


@pytest.mark.django_db
@pytest.mark.parametrize("appointment", SCHEDULE, ids=lambda known: known.name)
def test_every_appointment_can_be_kept_where_there_is_nothing_to_do(appointment):
    assert appointment.do(AT) == 0


@pytest.mark.parametrize(("claims", "seconds"), [(1, 5), (2, 20), (3, 80), (4, 320), (5, 600)])
def test_each_wait_is_longer_than_the_last_and_none_beyond_the_longest(claims, seconds):
    assert Pace().wait_s(claims) == seconds


def test_a_worker_beats_several_times_before_it_counts_as_dead():
    pace = Pace()

    assert pace.heartbeat_s * 3 < pace.stalled_after_s
    assert pace.look_s <= 1
