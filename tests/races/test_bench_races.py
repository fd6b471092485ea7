"""The race bench on a small scale, and that what is planted in the database does not pass.

Serves: R109 X02.
"""

from random import Random

import pytest
from django.db import connection

from linli.config.bench._races_run import Races, Scenery, figures_of
from linli.config.bench._races_standing import People
from linli.domain.cases.models import CaseEvent
from linli.domain.cases.services import Revision
from linli.domain.cases.tests.builders import build_town, leaf_matter

pytestmark = pytest.mark.django_db(transaction=True)
UNTOUCHED = """
    UPDATE cases_case SET bounces = bounces + 1
    WHERE id = (SELECT min(id) FROM cases_case)"""


@pytest.fixture
def scenery():
    town = build_town()
    matter = leaf_matter()
    return Scenery(
        People(
            town.clerk,
            town.other_clerk,
            town.supervisor,
            {"works": town.handler, "water": town.helper},
        ),
        ["works", "water"],
        [
            Revision(matter, "990101001001", "complaint", "ordinary"),
            Revision(matter, "990101001", "help", "urgent"),
        ],
        matter,
    )


def test_a_few_races_leave_nothing_that_no_serial_order_explains_and_a_lost_update_shows(scenery):
    with Races(scenery, Random(7), threads=6) as races:
        races.run(12)
    found = figures_of(races.came)

    assert (found["failed"], found["tried"]) == (0, 72)
    assert CaseEvent.objects.filter(key__startswith="race:").count() > 10

    with connection.cursor() as cursor:
        cursor.execute(UNTOUCHED)
    planted = figures_of(races.came)

    assert (planted["failed"], planted["lost_updates"]) == (1, 1)
