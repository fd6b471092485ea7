"""What rulings suggest for the duty list, and what administrators make of it.

Serves: R019 R020.
"""

import pytest

from linli.domain.access.selectors import Actor, Holding
from linli.domain.cases import services
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.tests.builders import STREET, Town, later, new_case
from linli.domain.organisations.models import Duty, DutyProposal
from linli.domain.organisations.selectors import duty_for
from linli.domain.organisations.selectors.proposed import areas_around, duty_proposals
from linli.domain.organisations.services import decide_duty_proposal
from linli.kernel.errors import NotPermitted, Rejected, WrongState

pytestmark = pytest.mark.django_db
ADMIN = Actor(99, "admin", (Holding("admin", 0, "", STREET),))


@pytest.fixture
def ruled(town: Town) -> Case:
    """A case with no entry of the duty list, kept with its unit by a ruling."""
    Duty.objects.all().delete()
    case = new_case(town)
    ref = case.public_id
    services.dispatch_case(ref, to="works", actor=town.clerk, at=later(minutes=1), key="d")
    item = WorkItem.objects.get(case=case, unit__code="works")
    services.return_item(
        ref, item.pk, reason="不属于", actor=town.handler, at=later(minutes=2), key="r"
    )
    return services.rule_objection(
        ref, outcome="reject", reason="应由你单位办理", actor=town.supervisor,
        at=later(minutes=3), key="u",
    )  # fmt: skip


def teach(case: Case) -> bool:
    return services.propose_from_ruling(
        case.public_id, outcome="reject", unit="", at=later(minutes=4)
    )


def test_a_ruling_on_what_the_list_does_not_say_is_suggested_once(ruled):
    assert [teach(ruled), teach(ruled)] == [True, False]
    proposal = DutyProposal.objects.get()
    assert (proposal.lead.code, proposal.matter_code) == ("works", ruled.matter.code)


def test_what_the_list_says_already_is_not_suggested(town):
    case = new_case(town)
    services.dispatch_case(
        case.public_id, to="works", actor=town.clerk, at=later(minutes=1), key="d"
    )
    assert not services.propose_from_ruling(
        case.public_id, outcome="reject", unit="works", at=later(minutes=4)
    )


def test_an_administrator_takes_it_into_the_list_for_the_place_or_one_around_it(ruled):
    teach(ruled)
    proposal = duty_proposals(ADMIN)[0]
    street = next(area for area in areas_around(proposal.area) if area.kind == "street")
    decide_duty_proposal(
        proposal.public_id, taken=True, area=street.code, reason="照此办理", actor=ADMIN,
        at=later(days=1),
    )  # fmt: skip

    match = duty_for(ruled.matter.code, ruled.area_path, at=later(days=1))
    assert match is not None
    assert (match.lead.code, match.duty.confidence) == ("works", "unverified")


def test_it_is_decided_once_with_a_reason_by_who_manages_the_list(ruled, town):
    teach(ruled)
    ref = DutyProposal.objects.get().public_id
    said = {"taken": False, "area": ruled.area.code, "at": later(days=1)}

    with pytest.raises(NotPermitted):
        decide_duty_proposal(ref, reason="不妥", actor=town.clerk, **said)
    with pytest.raises(Rejected):
        decide_duty_proposal(ref, reason=" ", actor=ADMIN, **said)
    decide_duty_proposal(ref, reason="个案", actor=ADMIN, **said)
    with pytest.raises(WrongState):
        decide_duty_proposal(ref, reason="个案", actor=ADMIN, **said)
    assert not Duty.objects.exists()
