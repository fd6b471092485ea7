"""Posts of weight: one person proposes, another decides, and both are told.

Serves: R109 R129 X02.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from linli.domain.access.events import PostProposalDecided, PostProposed
from linli.domain.access.models import AccountNotice, PostProposal, User
from linli.domain.access.rules.weights import needs_two_persons
from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_reach
from linli.domain.audit.services import record
from linli.domain.organisations.errors import AppointmentRejected
from linli.domain.organisations.models import Member, Post
from linli.domain.organisations.selectors import actor_for, post_by_code, unit_by_code
from linli.domain.organisations.services.members import seat
from linli.domain.places.selectors import Area, area_by_code
from linli.kernel.errors import NotFound, NotPermitted, WrongState

# Whoever may do one of these over the area may be the second person.
DECIDING_ACTS = ("user.approve",)
State = PostProposal.State


@transaction.atomic
def propose_post(
    user: User,
    post: Post,
    area: Area,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    until: date | None = None,
) -> PostProposal:
    """Propose a post of weight for a person; it gives nothing until another decides.

    Records PostProposed. Raises NotPermitted without `user.manage` over the area or for oneself,
    AppointmentRejected where the post takes one person only, or is proposed already.
    """
    proposer = _proposer_of(user, post, area, actor=actor)
    try:
        with transaction.atomic():
            proposal = PostProposal.objects.create(
                user=user,
                role=post.role,
                unit_code=post.unit.code,
                post_code=post.code,
                area_code=area.code,
                area_path=area.path,
                until=until,
                reason=reason,
                proposed_by_id=proposer,
                proposed_at=at,
            )
    except IntegrityError as error:
        raise AppointmentRejected(
            f"“{user.name}”任“{post.name}”已经提名，正等待审批。",
            f"{user.name} has been proposed for {post.name} already; it waits for a decision.",
            field="post",
        ) from error
    record(_proposed(proposal), actor=actor, at=at)
    _tell(proposal, "post_proposed", at=at, persons=[user.pk])
    return proposal


@transaction.atomic
def approve_post(ref: str, *, actor: Actor, at: datetime) -> Member:
    """Approve a proposed post, as another person; its holder has it from now on.

    The proposer must still be allowed to give it. Records PostProposalDecided, MemberAppointed.
    Raises NotFound, NotPermitted, WrongState where it has been decided, AppointmentRejected
    where the post cannot be held any more.
    """
    proposal = _locked(ref, actor)
    post = post_by_code(unit_by_code(proposal.unit_code), code=proposal.post_code)
    if post.role != proposal.role:
        raise WrongState(
            "提名之后这个岗位的角色变了，不能照原提名批准。请驳回后重新提名。",
            "The role of this post has changed since it was proposed. Refuse it, propose anew.",
        )
    proposer = actor_for(proposal.proposed_by, at=at)
    area = area_by_code(proposal.area_code)
    member = seat(proposal.user, post, area, actor=proposer, at=at, until=proposal.until)
    _decide(proposal, State.APPROVED, answer="", actor=actor, at=at)
    return member


@transaction.atomic
def refuse_post(ref: str, *, answer: str, actor: Actor, at: datetime) -> PostProposal:
    """Refuse a proposed post, as another person, with the reason. Records PostProposalDecided.

    Raises NotFound, NotPermitted, and WrongState where it has been decided.
    """
    proposal = _locked(ref, actor)
    return _decide(proposal, State.REFUSED, answer=answer, actor=actor, at=at)


def _proposer_of(user: User, post: Post, area: Area, *, actor: Actor) -> int:
    require_reach(actor, "user.manage", [area.path])
    if actor.user_id is None or actor.user_id == user.pk:
        raise NotPermitted(
            "不能为自己提名岗位。请由另一位安全管理员提出。",
            "Nobody may propose a post for themselves. Let another administrator do it.",
        )
    if not needs_two_persons(post.role):
        raise AppointmentRejected(
            f"“{post.name}”不需要第二人审批，请直接任命。",
            f"{post.name} needs no second person. Appoint directly.",
            field="post",
        )
    return actor.user_id


def _locked(ref: str, actor: Actor) -> PostProposal:
    """The proposal, locked, if this actor is a person who may decide on it now."""
    found = PostProposal.objects.select_for_update(of=("self",))
    proposal = found.select_related("user", "proposed_by").filter(public_id=ref).first()
    if proposal is None:
        raise NotFound
    _require_second_person(proposal, actor)
    if proposal.state != State.PROPOSED:
        raise WrongState(
            "这项提名已有人审批。请刷新页面查看结果。",
            "Somebody has decided on this proposal. Open the page anew to see the result.",
        )
    return proposal


def _require_second_person(proposal: PostProposal, actor: Actor) -> None:
    act = next((act for act in DECIDING_ACTS if actor.may(act)), DECIDING_ACTS[0])
    require_reach(actor, act, [proposal.area_path])
    if actor.user_id is None or actor.user_id in (proposal.proposed_by_id, proposal.user_id):
        raise NotPermitted(
            "提名人和被提名人不能审批这项提名。请由另一位管理员审批。",
            "Neither who proposed nor who was proposed may decide. Let another do it.",
        )


def _decide(
    proposal: PostProposal, state: str, *, answer: str, actor: Actor, at: datetime
) -> PostProposal:
    proposal.state, proposal.answer = state, answer
    proposal.decided_by_id, proposal.decided_at = actor.user_id, at
    proposal.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    fact = PostProposalDecided(
        proposal=proposal.public_id,
        username=proposal.user.username,
        role=proposal.role,
        decision=state,
        answer=answer,
    )
    record(fact, actor=actor, at=at)
    told = [proposal.user_id, proposal.proposed_by_id]
    _tell(proposal, f"post_{state}", at=at, persons=told)
    return proposal


def _tell(proposal: PostProposal, kind: str, *, at: datetime, persons: list[int]) -> None:
    AccountNotice.objects.bulk_create(
        AccountNotice(user_id=person, kind=kind, proposal=proposal, at=at) for person in persons
    )


def _proposed(proposal: PostProposal) -> PostProposed:
    return PostProposed(
        proposal=proposal.public_id,
        username=proposal.user.username,
        role=proposal.role,
        unit=proposal.unit_code,
        post=proposal.post_code,
        area=proposal.area_code,
        reason=proposal.reason,
    )
