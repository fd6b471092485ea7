"""What the standard asks at a stage is asked by the engine, whoever sends the answer.

Serves: R014 R105.
"""

import pytest

from linli.domain.access.selectors import Actor
from linli.domain.cases.errors import CaseIsElsewhere, NoSuchOutcome
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.selectors import answers_of
from linli.domain.cases.services import (
    answer_directly,
    complete_item,
    dispatch_case,
    record_follow_up,
)
from linli.domain.cases.tests.builders import AT, DONE, Town, later, new_case
from linli.kernel.errors import NotPermitted, RejectedTogether

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town: Town) -> Case:
    case = new_case(town)
    return dispatch_case(case.public_id, to="works", actor=town.clerk, at=AT, key="d")


def answer(town: Town, case: Case, *, reason: str = "", **result: str) -> Case:
    item = WorkItem.objects.get(case=case, state="open")
    return complete_item(
        case.public_id,
        item.pk,
        outcome="answer",
        reason=reason,
        result=result,
        actor=town.handler,
        at=later(hours=1),
        key="a",
    )


def test_what_the_form_requires_is_missed_field_by_field(town, case):
    with pytest.raises(RejectedTogether) as refused:
        answer(town, case)
    assert [fault.field for fault in refused.value.faults] == ["result", "answer"]
    case.refresh_from_db()
    assert case.stage == "handle"


def test_a_field_that_the_form_does_not_have_is_refused(town, case):
    with pytest.raises(RejectedTogether) as refused:
        answer(town, case, reason="已停工。", colour="red", **DONE)
    assert refused.value.field == "colour"


@pytest.mark.parametrize(
    "said", [{"reason": "已停工。"}, {"answer": "已停工。"}], ids=["in words", "in its field"]
)
def test_the_answer_is_read_by_others_in_whichever_place_it_was_written(town, case, said):
    done = answer(town, case, **said, **DONE)
    assert done.stage == "follow_up"
    assert [(item.reason, item.result) for item in answers_of(case)] == [("已停工。", DONE)]


def test_whether_the_person_was_reached_is_asked_unless_nobody_was(town, case):
    answer(town, case, reason="已停工。", **DONE)
    by = {"actor": town.other_clerk, "at": later(hours=2), "key": "f"}
    with pytest.raises(RejectedTogether) as refused:
        record_follow_up(case.public_id, solved="solved", satisfied="basic", **by)
    assert refused.value.field == "contacted"
    ended = record_follow_up(case.public_id, solved="unreachable", satisfied="no_comment", **by)
    assert ended.status == "closed"


def test_the_desk_does_not_answer_in_place_of_the_unit_that_has_the_case(town, case):
    with pytest.raises(CaseIsElsewhere):
        answer_directly(case.public_id, answer="已停工。", actor=town.clerk, at=AT, key="a")


def test_work_of_a_role_is_finished_by_its_role_and_only_by_what_takes_its_form_alone(town):
    case = new_case(town, key="second")
    item = WorkItem.objects.get(case=case)

    def dispatched_by(actor: Actor) -> None:
        complete_item(case.public_id, item.pk, outcome="dispatch", actor=actor, at=AT, key="a")

    with pytest.raises(NotPermitted):
        dispatched_by(town.supervisor)
    with pytest.raises(NoSuchOutcome):
        dispatched_by(town.clerk)
