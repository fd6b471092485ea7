"""Matters that ended elsewhere become closed cases like any other.

Serves: R014 R045 R108.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.models import Journal, Outbox
from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.models import Case, CaseEvent, Notice, Timer
from linli.domain.cases.selectors import (
    CaseFilter,
    answers_of,
    board_of,
    case_by_receipt,
    case_for,
    cases_for,
    clock_view,
    feedback_of,
    items_of,
    three_rates,
    timeline,
)
from linli.domain.cases.selectors.board import Levels, Span
from linli.domain.cases.services import (
    Ending,
    NewCase,
    PastCase,
    PastRound,
    Said,
    archive_cases,
    reopen_case,
)
from linli.domain.cases.tests.builders import AT, STREET, Town, build_town, leaf_matter
from linli.kernel.errors import RejectedTogether

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2025, 3, 3, 2, 0, tzinfo=UTC)
RECEIPT = "7K3M-9QXV-2BNT-5RWZ"


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The street, laid out once for the tests below and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_town()
        transaction.set_rollback(True)


def hours(count: float) -> datetime:
    return RECEIVED + timedelta(hours=count)


def ending(**changed: object) -> Ending:
    said = Said("solved", "satisfied", hours(100), contacted=True, comment="好")
    usual = Ending(
        closed_at=hours(100),
        outcome="solved",
        unit="works",
        co_units=("water",),
        rounds=(PastRound(hours(80), "已经停工。", (said,)),),
        dispatched_at=hours(1),
        contacted_at=hours(5),
    )
    return replace(usual, **changed)  # type: ignore[arg-type]  # values are of the fields' types


def past(told: Ending | None = None, **changed: object) -> PastCase:
    new = NewCase(
        title="夜间施工",
        body="半夜还在打桩",
        matter=leaf_matter(),
        area="990101001001",
        petition_type="complaint",
        channel="hotline",
        received_at=RECEIVED,
    )
    return PastCase(replace(new, **changed), told or ending(), "old")  # type: ignore[arg-type]  # values are of the fields' types


def archived(*pasts: PastCase) -> list[Case]:
    pairs = [(one, f"old:{place}") for place, one in enumerate(pasts)]
    return archive_cases(pairs, actor=SYSTEM_ACTOR, at=AT)


def rates(at: datetime = AT) -> dict[str, tuple[int, float]]:
    since, until = RECEIVED - timedelta(days=1), RECEIVED + timedelta(days=1)
    found = three_rates(SYSTEM_ACTOR, since=since, until=until, at=at)
    return {rate.code: (rate.denominator, rate.numerator) for rate in found}


def test_a_finished_matter_is_a_closed_case_with_the_moments_of_the_past(town):
    archived(past())

    case = Case.objects.get()
    assert (case.status, case.stage, case.outcome, case.round) == ("closed", "closed", "solved", 1)
    assert (case.received_at, case.opened_at) == (RECEIVED, RECEIVED)
    assert (case.contacted_at, case.answered_at) == (hours(5), hours(80))
    assert case.closed_at == hours(100)
    assert case.due_at is None
    assert case.lead_unit is not None
    assert len(case.unit_ids) == 2


def test_its_work_is_done_and_its_answer_can_be_read(town):
    case = archived(past())[0]

    work = [(i.stage, i.unit.code if i.unit else "", i.outcome) for i in items_of(case)]
    assert work == [
        ("triage", "", "dispatch"),
        ("handle", "works", "answer"),
        ("handle", "water", ""),
        ("follow_up", "", "solved"),
    ]
    assert {item.state for item in items_of(case)} == {"done"}
    assert [answer.reason for answer in answers_of(case)] == ["已经停工。"]
    assert [said.solved for said in feedback_of(case)] == ["solved"]


def test_clocks_stand_and_tell_when_it_was_due(town):
    case = archived(past())[0]

    due = {view.kind: view.due_at for view in clock_view(case, at=AT)}
    assert due == {"case": hours(7 * 24 + 14), "first_contact": hours(24)}  # to midnight
    assert not any(view.is_running for view in clock_view(case, at=AT))


def test_the_journal_says_honestly_that_it_was_taken_over_now(town):
    case = archived(past())[0]

    events = list(reversed(timeline(case)))
    assert [(e.activity, e.seq, e.at) for e in events] == [
        ("case_opened", 1, AT),
        ("case_archived", 2, AT),
    ]
    assert case.seq == 2
    told = events[1].attrs
    assert told["source"] == "old"
    assert told["unit"] == "works"
    assert told["outcome"] == "solved"
    assert datetime.fromisoformat(told["closed"]) == hours(100)
    assert not verify_chain().faults


def test_nothing_follows_from_it(town):
    Outbox.objects.all().delete()
    archived(past())

    assert not Timer.objects.exists()
    assert not Notice.objects.exists()


def test_rates_count_it_like_any_other(town):
    unhappy = Said("unsolved", "dissatisfied", hours(100), contacted=True)
    archived(
        past(),
        past(ending(contacted_at=hours(30), rounds=(PastRound(hours(80), "", (unhappy,)),))),
        past(ending(contacted_at=None, rounds=(PastRound(hours(80)),))),
    )

    assert rates() == {
        "response_rate": (2, 1),
        "resolve_rate": (2, 1),
        "satisfaction_rate": (2, 1),
    }


def test_lists_boards_and_receipts_find_it(town):
    case = archived(past(receipt=RECEIPT))[0]
    month = Span(RECEIVED - timedelta(days=2), RECEIVED + timedelta(days=28))
    board = board_of(
        town.supervisor,
        at=AT,
        period=month,
        today=Span(AT, AT + timedelta(days=1)),
        levels=Levels("community", STREET),
    )

    assert case_by_receipt(RECEIPT) == case
    assert case_for(town.handler, case.public_id) == case
    assert cases_for(town.clerk, CaseFilter(words="打桩")).items == [case]
    assert cases_for(town.outsider).items == []
    assert (board.total.received, board.total.closed, board.total.open) == (1, 1, 0)


def test_what_the_desk_answered_bears_no_unit(town):
    told = ending(unit="", co_units=(), dispatched_at=None)
    case = archived(past(told))[0]

    assert case.lead_unit is None
    assert [(i.stage, i.outcome) for i in items_of(case)] == [
        ("triage", "answer"),
        ("follow_up", "solved"),
    ]


def test_a_second_round_has_its_own_clock(town):
    no = Said("unsolved", "dissatisfied", hours(100), contacted=True)
    yes = Said("solved", "basic", hours(300), contacted=True)
    rounds = (PastRound(hours(80), "办了。", (no,)), PastRound(hours(260), "又办了。", (yes,)))
    case = archived(past(ending(closed_at=hours(300), rounds=rounds)))[0]

    assert case.round == 2
    dues = [view.due_at for view in clock_view(case, at=AT) if view.kind == "case"]
    assert dues == [hours(182), hours(278)]
    assert [a.reason for a in answers_of(case)] == ["又办了。", "办了。"]
    assert rates()["resolve_rate"] == (1, 1)


def test_a_merged_one_bears_the_route_of_its_standard(town):
    told = ending(unit="", co_units=(), outcome="merge", rounds=(PastRound(),))

    assert archived(past(told))[0].route == "route_duplicate"


def test_the_resident_may_ask_for_more_within_the_window_and_the_same_unit_gets_it(town):
    late = AT - timedelta(days=3)
    told = ending(closed_at=late, rounds=(PastRound(late),), dispatched_at=None, contacted_at=None)
    case = archived(past(told, received_at=late - timedelta(days=2)))[0]

    reopen_case(case.public_id, reason="又响了", actor=town.clerk, at=AT, key="again")

    item = next(item for item in items_of(case) if item.state == "open")
    assert item.unit is not None
    assert item.unit.code == "works"


def test_one_bad_matter_refuses_all_and_leaves_nothing_behind(town):
    with pytest.raises(RejectedTogether) as caught:
        archived(past(), past(ending(unit="nobody", outcome="vanished", row=7)))

    assert [(fault.field, fault.row) for fault in caught.value.faults] == [
        ("unit", 7),
        ("outcome", 7),
    ]
    assert not Case.objects.exists()
    assert not CaseEvent.objects.exists()
    assert not Journal.objects.filter(subject_type="case").exists()
