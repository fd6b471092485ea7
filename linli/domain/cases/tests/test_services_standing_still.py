"""A limit that stands still runs out no further, whoever counts.

Serves: R108 X06.
"""

from datetime import datetime

import pytest

from linli.domain.cases.models import Case
from linli.domain.cases.selectors import (
    CaseFilter,
    Levels,
    Span,
    board_of,
    cases_for,
    counts_by,
    is_overdue,
    overdue_cases,
    three_rates,
)
from linli.domain.cases.services import (
    dispatch_case,
    fire_timers,
    pause_clock,
    request_extension,
    resume_clock,
)
from linli.domain.cases.tests.builders import AT, STREET, Town, later, new_case

pytestmark = pytest.mark.django_db
LONG_AFTER = later(days=60)


def stopped(town: Town, *, at: datetime) -> Case:
    case = new_case(town)
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=later(hours=1), key="d")
    return pause_clock(case.public_id, reason="hearing", actor=town.handler, at=at, key="p")


def overdue_everywhere(town: Town, case: Case, *, at: datetime) -> set[bool]:
    """What each place that counts says."""
    who = town.supervisor
    board = board_of(
        who,
        at=at,
        period=Span(AT, at),
        today=Span(at, at),
        levels=Levels("community", STREET),
    )
    return {
        bool(overdue_cases(who, at=at).items),
        bool(cases_for(who, CaseFilter(overdue_at=at)).items),
        any(tally.overdue for tally in counts_by(who, by="matter", at=at)),
        bool(board.total.overdue),
        is_overdue(case.due_at, held_at=case.held_at, at=at),
    }


def test_a_case_whose_clock_stands_is_overdue_nowhere(town):
    case = stopped(town, at=later(hours=2))
    assert overdue_everywhere(town, case, at=LONG_AFTER) == {False}


def test_a_case_that_was_overdue_before_stays_so(town):
    case = stopped(town, at=later(days=30))
    assert overdue_everywhere(town, case, at=LONG_AFTER) == {True}


def test_it_is_overdue_once_its_clock_has_run_on_and_out(town):
    case = stopped(town, at=later(hours=2))
    case = resume_clock(case.public_id, actor=town.handler, at=later(days=50), key="r")
    assert overdue_everywhere(town, case, at=later(days=51)) == {False}
    assert overdue_everywhere(town, case, at=later(days=90)) == {True}


def test_it_is_not_due_on_the_day_on_which_it_would_have_been(town):
    case = stopped(town, at=later(hours=2))
    assert case.due_at is not None
    day = Span(later(days=1), later(days=20))
    where = CaseFilter(due_since=day.since, due_until=day.until)
    figures = board_of(
        town.supervisor,
        at=later(days=1),
        period=day,
        today=day,
        levels=Levels("community", STREET),
    )
    assert (figures.total.due_today, cases_for(town.supervisor, where).items) == (0, [])


def test_a_first_contact_is_not_missed_while_the_clock_stands(town):
    stopped(town, at=later(hours=2))
    since, until = later(days=-1), later(days=1)
    rates = three_rates(town.supervisor, since=since, until=until, at=LONG_AFTER)
    response = next(rate for rate in rates if rate.code == "response_rate")
    assert (response.denominator, response.waiting) == (0, 1)


def test_more_time_may_be_asked_for_while_the_clock_stands(town):
    case = stopped(town, at=later(hours=2))
    asked = request_extension(
        case.public_id, extra=2, reason="等检测", actor=town.handler, at=LONG_AFTER, key="e"
    )
    assert asked is not None


def test_nothing_rings_while_the_clock_stands_and_it_rings_once_it_has_run_on(town):
    case = stopped(town, at=later(hours=2))

    assert fire_timers(at=LONG_AFTER) == 0
    resume_clock(case.public_id, actor=town.handler, at=LONG_AFTER, key="r")
    assert fire_timers(at=LONG_AFTER + (LONG_AFTER - AT)) > 0
