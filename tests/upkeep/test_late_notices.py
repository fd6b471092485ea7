"""Whoever is handed a case is told, however late the worker comes to it.

Serves: R020.
"""

import pytest

from linli.config.bench._crash_count import LOST
from linli.config.bench._whole import asked
from linli.domain.cases.models import Case, Notice, WorkItem
from linli.domain.cases.services import (
    complete_item,
    dispatch_case,
    record_follow_up,
    return_item,
)
from linli.domain.cases.tests.builders import DONE, Town, build_town, later, new_case
from linli.jobs.outbox import queue_reactions
from linli.jobs.reactions import REACTIONS
from linli.jobs.tasks import carry_out
from linli.jobs.tests.builders import rows

pytestmark = pytest.mark.django_db
NOT_TOLD = "dispatches of which the unit that leads was not told"


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def case(town: Town) -> Case:
    """A case at works, which water helps."""
    return dispatch_case(
        new_case(town).public_id,
        to="works",
        co_units=["water"],
        actor=town.clerk,
        at=later(hours=1),
        key="d",
    )


def work() -> None:
    """Do what a worker does that was killed before it came to any of it."""
    queue_reactions(REACTIONS, limit=500)
    for fact, reaction in rows(
        "DELETE FROM procrastinate_jobs RETURNING (args ->> 'journal_id')::bigint,"
        " args ->> 'reaction'"
    ):
        carry_out(reaction, fact, table=REACTIONS)


def told(kind: str) -> dict[str, bool]:
    """Who was told of it, and whether it counts as seen."""
    found = Notice.objects.filter(kind=kind).select_related("unit")
    return {one.unit.code if one.unit else one.role: one.seen_at is not None for one in found}


def answered(case: Case, town: Town) -> None:
    item = WorkItem.objects.get(case=case, state="open", unit__code="works")
    complete_item(
        case.public_id,
        item.pk,
        outcome="answer",
        reason="已办",
        result=dict(DONE),
        actor=town.handler,
        at=later(hours=2),
        key="a",
    )


def test_units_are_told_of_work_that_was_done_and_closed_before_the_worker_came(case, town):
    answered(case, town)
    record_follow_up(
        case.public_id,
        contacted=True,
        solved="solved",
        satisfied="satisfied",
        actor=town.other_clerk,
        at=later(hours=3),
        key="f",
    )
    assert asked(LOST)[NOT_TOLD] == 1

    work()

    assert Case.objects.get(pk=case.pk).status == "closed"
    assert told("case_dispatched") == {"works": True, "water": False}
    assert asked(LOST)[NOT_TOLD] == 0


def test_whoever_has_the_case_next_is_not_told_what_was_meant_for_the_unit(case, town):
    answered(case, town)

    work()

    assert told("case_dispatched") == {"works": True, "water": False}


def test_each_of_two_facts_tells_whom_it_concerned(case, town):
    item = WorkItem.objects.get(case=case, state="open", unit__code="works")
    return_item(
        case.public_id,
        item.pk,
        reason="不属本单位",
        actor=town.handler,
        at=later(hours=2),
        key="r",
    )

    work()

    assert set(told("case_dispatched")) == {"works", "water"}
    assert set(told("case_returned")) == {"supervisor"}


def test_somebody_is_told_where_clocks_differ_and_work_ended_before_it_began(case, town):
    WorkItem.objects.filter(case=case, unit__isnull=False).update(
        state="cancelled", closed_at=later(minutes=59)
    )

    work()

    assert told("case_dispatched") == {"works": False, "water": False}


def test_the_crash_bench_counts_a_unit_that_was_not_told(case):
    work()
    assert asked(LOST)[NOT_TOLD] == 0
    Notice.objects.filter(unit__code="works").delete()

    assert asked(LOST)[NOT_TOLD] == 1
