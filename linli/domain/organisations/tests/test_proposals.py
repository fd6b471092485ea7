"""Posts of weight take two persons.

Serves: R109 R129 X02.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.domain.access.models import AccountNotice, PostProposal, User
from linli.domain.access.selectors import ACTS, SYSTEM_ACTOR, Actor, Holding
from linli.domain.audit.selectors import facts_about
from linli.domain.organisations.errors import AppointmentRejected
from linli.domain.organisations.models import Member, Post
from linli.domain.organisations.selectors import actor_for, notices_of, proposals_for
from linli.domain.organisations.services import (
    DECIDING_ACTS,
    PostRow,
    UnitRow,
    appoint,
    approve_post,
    dismiss,
    import_units,
    propose_post,
    refuse_post,
)
from linli.domain.organisations.tests.builders import ADMIN, AT, DISTRICT, STREET, lay_out, person
from linli.domain.places.selectors import area_by_code
from linli.kernel.errors import NotFound, NotPermitted, WrongState

ROLES = ("admin", "security_admin", "auditor", "clerk")


@pytest.fixture
def office(db, tmp_path):
    lay_out(tmp_path)
    posts = tuple(PostRow(role, role, role) for role in ROLES)
    import_units([UnitRow("it", "信息科", "station", DISTRICT, posts=posts)], actor=ADMIN, at=AT)


def seated(name: str, role: str, area: str = DISTRICT) -> User:
    """A person who holds a post since the installation was set up."""
    user = person(name)
    appoint(user, seat_of(role), area_by_code(area), actor=SYSTEM_ACTOR, at=AT)
    return user


def seat_of(role: str) -> Post:
    return Post.objects.get(unit__code="it", code=role)


def acting(user: User) -> Actor:
    return actor_for(user, at=AT)


@pytest.fixture
def first(office) -> User:
    return seated("first", "security_admin")


@pytest.fixture
def second(office) -> User:
    return seated("second", "security_admin")


def propose(proposer: User, user: User, role: str = "auditor") -> PostProposal:
    area = area_by_code(DISTRICT)
    return propose_post(
        user, seat_of(role), area, reason="接替退休的审计员", actor=acting(proposer), at=AT
    )


def test_a_post_of_weight_is_not_given_by_one_person(first):
    with pytest.raises(NotPermitted, match="提名"):
        appoint(
            person("wang"), seat_of("auditor"), area_by_code(DISTRICT), actor=acting(first), at=AT
        )
    assert Member.objects.count() == 1


def test_one_proposes_and_another_approves_and_then_it_counts(first, second):
    wang = person("wang")
    proposal = propose(first, wang)
    assert acting(wang).roles() == set()

    member = approve_post(proposal.public_id, actor=acting(second), at=AT)

    assert acting(wang).roles() == {"auditor"}
    assert member.appointed_by_id == first.pk
    facts = facts_about("post_proposal", proposal.public_id)
    assert [(fact.event, fact.actor_name) for fact in facts] == [
        ("post_proposed", "first"),
        ("post_proposal_decided", "second"),
    ]
    assert [notice.kind for notice in notices_of(wang)] == ["post_approved", "post_proposed"]
    assert [notice.kind for notice in notices_of(first)] == ["post_approved"]


def test_neither_who_proposed_nor_who_was_proposed_decides(first, second):
    """Self-approval is refused whichever way it is tried."""
    ours, theirs = propose(first, person("wang")), propose(second, first, "security_admin")
    for proposal in (ours, theirs):
        for verb in (approve_post, lambda ref, **by: refuse_post(ref, answer="", **by)):
            with pytest.raises(NotPermitted, match="另一位"):
                verb(proposal.public_id, actor=acting(first), at=AT)
    with pytest.raises(NotPermitted, match="自己"):
        propose(first, first)
    assert set(PostProposal.objects.values_list("state", flat=True)) == {"proposed"}


def test_the_system_itself_is_nobody_s_second_person(first):
    proposal = propose(first, person("wang"))
    with pytest.raises(NotPermitted):
        approve_post(proposal.public_id, actor=SYSTEM_ACTOR, at=AT)


def test_a_system_administrator_may_be_the_second_person_where_there_is_one_security_admin(first):
    chief = seated("chief", "admin")
    wang = person("wang")
    approve_post(propose(first, wang).public_id, actor=acting(chief), at=AT)
    assert acting(wang).roles() == {"auditor"}


@pytest.mark.parametrize("role", ["auditor", "clerk"])
def test_whoever_may_not_look_after_accounts_decides_nothing(first, role):
    proposal = propose(first, person("wang"))
    with pytest.raises(NotPermitted):
        approve_post(proposal.public_id, actor=acting(seated("other", role)), at=AT)


def test_deciding_on_a_post_is_an_act_of_its_own():
    """An office may give proposing to one administrator and deciding to another alone."""
    assert DECIDING_ACTS == ("user.approve",)
    assert {"user.manage", "user.approve"} <= ACTS


def test_who_looks_after_one_street_decides_nothing_for_the_district(first):
    proposal = propose(first, person("wang"))
    local = seated("local", "security_admin", STREET)
    with pytest.raises(NotPermitted):
        approve_post(proposal.public_id, actor=acting(local), at=AT)
    assert not proposals_for(acting(local), DECIDING_ACTS).exists()
    assert list(proposals_for(acting(first), DECIDING_ACTS)) == [proposal]


def test_a_decided_proposal_is_not_decided_again(first, second):
    third, wang = seated("third", "security_admin"), person("wang")
    proposal = propose(first, wang)
    refuse_post(proposal.public_id, answer="人选另议", actor=acting(second), at=AT)
    with pytest.raises(WrongState):
        approve_post(proposal.public_id, actor=acting(third), at=AT)
    assert acting(wang).roles() == set()
    assert PostProposal.objects.get().answer == "人选另议"


def test_a_proposal_falls_with_its_proposer(first, second):
    proposal = propose(first, person("wang"))
    seat = Member.objects.get(user=first)
    dismiss(seat, actor=acting(second), at=AT)
    with pytest.raises(NotPermitted):
        approve_post(proposal.public_id, actor=acting(second), at=AT + timedelta(minutes=1))
    assert PostProposal.objects.get().state == "proposed"


def test_what_is_proposed_is_what_is_given(first, second):
    """A post whose role was raised after the proposal is not slipped in."""
    proposal = propose(first, person("wang"))
    Post.objects.filter(code="auditor").update(role="admin")
    with pytest.raises(WrongState, match="角色变了"):
        approve_post(proposal.public_id, actor=acting(second), at=AT)


def test_the_same_is_proposed_once_and_an_ordinary_post_needs_no_proposal(first):
    wang = person("wang")
    propose(first, wang)
    with pytest.raises(AppointmentRejected, match="等待审批"):
        propose(first, wang)
    with pytest.raises(AppointmentRejected, match="直接任命"):
        propose(first, wang, "clerk")


def test_a_person_who_holds_one_of_the_three_posts_is_not_given_another(first, second):
    chief = seated("chief", "admin")
    proposal = propose(first, chief, "auditor")
    with pytest.raises(AppointmentRejected, match="三个人"):
        approve_post(proposal.public_id, actor=acting(second), at=AT)


def test_an_unknown_proposal_is_not_found(second):
    with pytest.raises(NotFound):
        approve_post("nothing", actor=acting(second), at=AT)


def test_the_database_itself_refuses_one_person_twice(first):
    proposal = propose(first, person("wang"))
    for decider in (first.pk, proposal.user_id):
        with pytest.raises(IntegrityError), transaction.atomic():
            PostProposal.objects.filter(pk=proposal.pk).update(
                state="approved", decided_by=decider, decided_at=AT
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        PostProposal.objects.filter(pk=proposal.pk).update(state="approved")
    assert not AccountNotice.objects.filter(kind="post_approved").exists()
    assert Holding("auditor", 0, "", "") not in acting(proposal.user).holdings
