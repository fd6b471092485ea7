"""What a clerk corrects before dispatch, and what the clocks make of it.

Serves: R106 R134.
"""

import pytest

from linli.domain.cases.models import Case, Clock, WorkItem
from linli.domain.cases.services import (
    Revision,
    dispatch_case,
    return_item,
    revise_case,
    rule_objection,
)
from linli.domain.cases.tests.builders import AT, Town, later, new_case
from linli.kernel.errors import Rejected

pytestmark = pytest.mark.django_db


def revised(case: Case, town: Town, *, key: str = "r", **changed: str) -> Case:
    said = {"petition_type": "complaint", "urgency": "emergency", **changed}
    revision = Revision(matter=case.matter.code, area="990101001001", **said)  # type: ignore[arg-type]  # some are wrong on purpose
    return revise_case(case.public_id, revision, actor=town.clerk, at=later(hours=5), key=key)


def limit(case: Case, kind: str) -> tuple[int, str]:
    clock = Clock.objects.get(case=case, kind=kind, is_running=True)
    return clock.limit_value, clock.limit_unit


def test_what_proves_urgent_takes_the_limits_of_what_is_urgent(town):
    case = new_case(town)
    assert limit(case, "first_contact") == (24, "hour")

    revised(case, town)

    assert limit(case, "first_contact") == (1, "hour")
    contact = Clock.objects.get(case=case, kind="first_contact")
    assert contact.due_at == later(hours=1)


def test_a_case_that_came_back_and_proves_urgent_has_its_limit_counted_anew(town):
    case = new_case(town)
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=later(minutes=5), key="d")
    item = WorkItem.objects.get(case=case, state="open").pk
    return_item(
        case.public_id, item, reason="不属于", actor=town.handler, at=later(hours=1), key="b"
    )
    rule_objection(
        case.public_id, outcome="uphold", reason="属实", actor=town.supervisor, at=later(hours=2),
        key="u",
    )  # fmt: skip

    revised(case, town)

    assert limit(case, "case") == (2, "hour")


@pytest.mark.parametrize("wrong", [{"petition_type": "nonsense"}, {"urgency": "whatever"}])
def test_a_kind_or_an_urgency_that_there_is_not_is_refused(town, wrong):
    case = new_case(town)
    with pytest.raises(Rejected) as caught:
        revised(case, town, **wrong)
    assert caught.value.field in wrong
    assert Case.objects.get(pk=case.pk).received_at == AT
