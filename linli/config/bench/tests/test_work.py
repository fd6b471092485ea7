"""What commands and lists cost, on the town of the tests; `linli bench work` measures in earnest.

Serves: R106.
"""

import pytest
from django.db import connection

from linli.config.bench._releases import marks_of
from linli.config.bench._work_run import Stopwatch, Taken, judged
from linli.domain.cases.selectors import inbox
from linli.domain.cases.tests.builders import build_town, new_case

pytestmark = pytest.mark.django_db
MARKS = marks_of("work")


def test_what_a_block_asks_is_counted_behind_the_second_wall():
    town = build_town()
    new_case(town)
    watch = Stopwatch()

    for _ in range(2):
        with watch.timing("list", town.clerk):
            assert len(inbox(town.clerk).items) == 1
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_user")
                assert cursor.fetchone() == ("linli_web",)

    taken = watch.taken["list"]
    assert (len(taken.ms), taken.questions) == (2, 3)


def test_a_figure_that_misses_its_mark_is_counted():
    good = Taken([1.0, 2.0], questions=MARKS["questions"])
    slow, asking = Taken([99.0]), Taken([1.0], questions=MARKS["questions"] + 1)

    assert judged({"open": good}, {"list": good}, MARKS)["missed"] == 0
    assert judged({"open": slow}, {"list": good}, MARKS)["missed"] == 1
    assert judged({"open": good}, {"list": asking}, MARKS)["missed"] == 1
    assert judged({"open": slow}, {"list": asking}, MARKS)["tried"] == 2
