"""A command stores what it changed of its case once, at its end, and nothing where it fails.

Serves: R106.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.domain.cases.models import Case
from linli.domain.cases.services import dispatch_case, pause_clock
from linli.domain.cases.services.keeping import command, keep
from linli.domain.cases.tests.builders import AT

pytestmark = pytest.mark.django_db


def stored(case: Case) -> tuple[int, int]:
    return Case.objects.values_list("bounces", "round").get(pk=case.pk)


def updates_of_cases(asked: CaptureQueriesContext) -> int:
    return sum(one["sql"].startswith('UPDATE "cases_case"') for one in asked)


def test_all_that_is_kept_is_stored_in_one_statement_when_the_command_ends(case):
    @command
    def act() -> tuple[int, int]:
        case.bounces, case.round = 3, 4
        keep(case, "bounces")
        keep(case, "round")
        return stored(case)

    with CaptureQueriesContext(connection) as asked:
        assert act() == (0, 1)

    assert stored(case) == (3, 4)
    assert updates_of_cases(asked) == 1


def test_outside_of_a_command_it_is_stored_at_once(case):
    case.bounces = 3
    keep(case, "bounces")

    assert stored(case) == (3, 1)


def test_a_command_within_another_finds_everything_stored(case):
    inner = command(lambda: stored(case))

    @command
    def outer() -> tuple[int, int]:
        case.bounces = 3
        keep(case, "bounces")
        return inner()

    assert outer() == (3, 1)


def test_nothing_is_stored_of_a_command_that_fails(case):
    @command
    def act() -> None:
        case.bounces = 3
        keep(case, "bounces")
        raise LookupError

    with pytest.raises(LookupError):
        act()

    command(lambda: None)()
    assert stored(case) == (0, 1)


def test_the_engine_stores_its_case_once_a_command(town, case):
    with CaptureQueriesContext(connection) as asked:
        dispatch_case(
            case.public_id, to="works", co_units=["water"], actor=town.clerk, at=AT, key="d"
        )
    assert updates_of_cases(asked) == 1

    with CaptureQueriesContext(connection) as asked:
        pause_clock(case.public_id, reason="hearing", actor=town.supervisor, at=AT, key="p")
    assert updates_of_cases(asked) == 1
