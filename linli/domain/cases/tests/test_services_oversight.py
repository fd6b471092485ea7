"""What supervisors and second persons decide beside the road; the case itself never moves."""

import pytest

from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.errors import ItemIsDone, ReasonMissing, SamePerson
from linli.domain.cases.models import Case, CaseEvent, Notice, WorkItem
from linli.domain.cases.services import (
    decide_exclusion,
    decide_extension,
    dispatch_case,
    fire_timers,
    lift_supervision,
    mark_notices_seen,
    notify,
    propose_exclusion,
    request_extension,
    urge_case,
)
from linli.domain.cases.tests.builders import AT, Town, later, new_case
from linli.kernel.errors import NotFound, NotPermitted, Rejected, WrongState

pytestmark = pytest.mark.django_db


def dispatched(town: Town) -> Case:
    case = new_case(town)
    return dispatch_case(case.public_id, to="works", actor=town.clerk, at=later(hours=1), key="d1")


def supervised(town: Town) -> tuple[Case, WorkItem]:
    case = dispatched(town)
    fire_timers(at=later(days=30))
    notify(case.public_id, kind="timer_fired", at=later(days=30))
    return case, WorkItem.objects.get(case=case, stage="supervision", state="open")


def test_lifting_closes_the_side_item_and_settles_its_notices(town):
    case, item = supervised(town)
    stage = Case.objects.get(pk=case.pk).stage

    lift_supervision(
        case.public_id, item.pk, reason="已到场", actor=town.supervisor, at=later(days=31), key="l"
    )

    item.refresh_from_db()
    assert (item.state, item.outcome, item.closed_by) == ("done", "lifted", town.supervisor.user_id)
    assert not Notice.objects.filter(case=case, seen_at__isnull=True).exists()
    assert Case.objects.get(pk=case.pk).stage == stage
    assert WorkItem.objects.filter(case=case, kind="main", state="open").count() == 1


def test_the_fact_says_that_it_was_lifted_not_that_somebody_was_urged(town):
    case, item = supervised(town)
    lift_supervision(
        case.public_id, item.pk, reason="已到场", actor=town.supervisor, at=later(days=31), key="l"
    )
    last = CaseEvent.objects.filter(case=case).latest("seq")
    assert last.activity == "supervision_lifted"
    assert last.attrs["reason"] == "已到场"
    assert not CaseEvent.objects.filter(case=case, activity="case_urged").exists()
    assert verify_chain().is_whole


def test_lifting_twice_with_one_key_is_lifting_once_and_with_another_is_refused(town):
    case, item = supervised(town)
    for _ in range(2):
        lift_supervision(
            case.public_id, item.pk, reason="x", actor=town.supervisor, at=later(days=31), key="l"
        )
    assert CaseEvent.objects.filter(case=case, activity="supervision_lifted").count() == 1
    with pytest.raises(ItemIsDone):
        lift_supervision(
            case.public_id, item.pk, reason="x", actor=town.supervisor, at=later(days=31), key="m"
        )


@pytest.mark.parametrize(
    ("who", "reason", "refusal"),
    [
        ("handler", "已到场", NotPermitted),
        ("clerk", "已到场", NotPermitted),
        ("outsider", "已到场", NotFound),
        ("supervisor", "  ", ReasonMissing),
    ],
)
def test_only_a_supervisor_with_a_reason_lifts(town, who, reason, refusal):
    case, item = supervised(town)
    with pytest.raises(refusal):
        lift_supervision(
            case.public_id,
            item.pk,
            reason=reason,
            actor=getattr(town, who),
            at=later(days=31),
            key="l",
        )
    item.refresh_from_db()
    assert item.state == "open"


def test_no_decision_closes_an_item_that_it_is_not_about(town):
    case, supervision = supervised(town)
    work = WorkItem.objects.get(case=case, kind="main", state="open")
    by = {"actor": town.supervisor, "at": later(days=31)}
    for item in (work, supervision):
        with pytest.raises(NotFound):
            decide_exclusion(case.public_id, item.pk, granted=True, reason="x", key="e", **by)
        with pytest.raises(NotFound):
            decide_extension(case.public_id, item.pk, granted=True, reason="x", key="x", **by)
    with pytest.raises(NotFound):
        lift_supervision(case.public_id, work.pk, reason="x", key="l", **by)
    assert WorkItem.objects.filter(case=case, state="open").count() == 2


def test_an_exclusion_needs_a_listed_reason_evidence_and_a_second_person(town):
    case = dispatched(town)
    by = {"actor": town.handler, "at": later(hours=2)}
    with pytest.raises(Rejected):
        propose_exclusion(case.public_id, reason="tired", evidence="x", key="p0", **by)
    with pytest.raises(ReasonMissing):
        propose_exclusion(case.public_id, reason="false_info", evidence=" ", key="p1", **by)
    item = propose_exclusion(case.public_id, reason="false_info", evidence="照片", key="p2", **by)
    assert item is not None
    with pytest.raises(WrongState):
        propose_exclusion(case.public_id, reason="false_info", evidence="再提", key="p3", **by)
    with pytest.raises(NotPermitted):
        decide_exclusion(case.public_id, item.pk, granted=True, reason="x", key="p4", **by)
    decide_exclusion(
        case.public_id,
        item.pk,
        granted=True,
        reason="属实",
        actor=town.supervisor,
        at=later(hours=3),
        key="p5",
    )
    assert Case.objects.get(pk=case.pk).exclusion == "false_info"


def test_whoever_proposed_an_exclusion_does_not_decide_it(town):
    case = dispatched(town)
    item = propose_exclusion(
        case.public_id, reason="false_info", evidence="照片", actor=town.clerk, at=AT, key="p"
    )
    assert item is not None
    WorkItem.objects.filter(pk=item.pk).update(opened_by=town.supervisor.user_id)
    with pytest.raises(SamePerson):
        decide_exclusion(
            case.public_id,
            item.pk,
            granted=False,
            reason="x",
            actor=town.supervisor,
            at=AT,
            key="q",
        )


def test_an_extension_is_refused_by_a_second_person_and_the_due_time_stays(town):
    case = dispatched(town)
    due = Case.objects.get(pk=case.pk).due_at
    item = request_extension(
        case.public_id, extra=3, reason="待料", actor=town.handler, at=later(hours=2), key="x1"
    )
    assert item is not None
    decide_extension(
        case.public_id,
        item.pk,
        granted=False,
        reason="可以按期",
        actor=town.supervisor,
        at=later(hours=3),
        key="x2",
    )
    assert Case.objects.get(pk=case.pk).due_at == due


def test_notices_are_for_the_unit_and_are_seen_once(town):
    case = dispatched(town)
    urge_case(case.public_id, reason="快办", actor=town.supervisor, at=later(hours=2), key="u")
    notify(case.public_id, kind="case_urged", at=later(hours=2))
    assert mark_notices_seen(actor=town.outsider, at=later(hours=3)) == 0
    assert mark_notices_seen(actor=town.handler, at=later(hours=3)) == 1
    assert mark_notices_seen(actor=town.handler, at=later(hours=4)) == 0
