"""Two who decide at the same moment: one decision stands.

Serves: R109 X02.
"""

import pytest

from linli.domain.access.models import PostProposal, User
from linli.domain.access.selectors import Actor
from linli.domain.audit.selectors import facts_about, verify_chain
from linli.domain.organisations.models import Member
from linli.domain.organisations.selectors import actor_for, post_by_code, unit_by_code
from linli.domain.organisations.services import approve_post, propose_post, refuse_post
from linli.domain.places.selectors import area_by_code
from linli.kernel.clock import utc_now
from linli.web.accounts.tests.builders import DISTRICT, lay_out, person
from tests.races.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def acting(user: User) -> Actor:
    return actor_for(user, at=utc_now())


def propose(proposer: User, user: User) -> PostProposal:
    seat, area = post_by_code(unit_by_code("it"), code="auditor"), area_by_code(DISTRICT)
    return propose_post(user, seat, area, reason="接替", actor=acting(proposer), at=utc_now())


@pytest.fixture
def keepers() -> list[User]:
    lay_out()
    return [person(f"keeper{number}", "security_admin") for number in range(4)]


def test_of_three_approvals_at_once_one_gives_the_post(keepers):
    wang = person("wang")
    ref = propose(keepers[0], wang).public_id
    deciders = [acting(keeper) for keeper in keepers[1:]]

    came = race(*[lambda by=by: approve_post(ref, actor=by, at=utc_now()) for by in deciders])

    assert sorted(came) == ["WrongState", "WrongState", "done"]
    assert Member.objects.filter(user=wang).count() == 1
    assert len(facts_about("post_proposal", ref)) == 2
    assert verify_chain().is_whole


def test_of_an_approval_and_a_refusal_at_once_one_stands(keepers):
    wang = person("wang")
    ref = propose(keepers[0], wang).public_id
    yes, no = acting(keepers[1]), acting(keepers[2])

    came = race(
        lambda: approve_post(ref, actor=yes, at=utc_now()),
        lambda: refuse_post(ref, answer="人选另议", actor=no, at=utc_now()),
    )

    assert sorted(came) == ["WrongState", "done"]
    state = PostProposal.objects.get().state
    assert Member.objects.filter(user=wang).exists() == (state == "approved")


def test_of_the_same_proposal_made_twice_at_once_one_stands(keepers):
    wang = person("wang")

    came = race(*[lambda by=by: propose(by, wang) for by in keepers[:2]])

    assert sorted(came) == ["AppointmentRejected", "done"]
    assert PostProposal.objects.count() == 1
