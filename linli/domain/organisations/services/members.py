"""Giving a post to a person, and taking it back.

Serves: R033.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from linli.domain.access.rules.weights import needs_two_persons
from linli.domain.access.selectors import Actor, Standing, User, reaches_row
from linli.domain.access.services import require_act
from linli.domain.audit.services import record
from linli.domain.organisations.errors import AppointmentRejected
from linli.domain.organisations.events import MemberAppointed, MemberDismissed
from linli.domain.organisations.models import Member, Post
from linli.domain.organisations.rules.appointments import clash_of_roles
from linli.domain.organisations.rules.validity import Validity
from linli.domain.organisations.selectors import day_of
from linli.domain.places.selectors import Area
from linli.kernel.errors import NotPermitted


@transaction.atomic
def appoint(
    user: User,
    post: Post,
    area: Area,
    *,
    actor: Actor,
    at: datetime,
    until: date | None = None,
) -> Member:
    """Give a post to a person for an area, from today to the end of `until`.

    Records MemberAppointed. Raises NotPermitted without `user.manage` over the area, for
    oneself, or for a role that takes two persons (see `propose_post`); AppointmentRejected
    where the post cannot be held.
    """
    if needs_two_persons(post.role) and not actor.is_system:
        raise NotPermitted(
            f"“{post.name}”是重要岗位，须一人提出、另一人审批。请改用提名。",
            f"{post.name} is a post of weight: one person proposes, another decides. Propose it.",
        )
    return seat(user, post, area, actor=actor, at=at, until=until)


@transaction.atomic
def seat(
    user: User,
    post: Post,
    area: Area,
    *,
    actor: Actor,
    at: datetime,
    until: date | None = None,
) -> Member:
    """Give a post as `appoint` does, also one of weight: for whoever saw to the second person.

    Records MemberAppointed.
    """
    _require_over(actor, area.path)
    if actor.user_id == user.pk:
        raise NotPermitted(
            "不能给自己授予岗位。请由另一位安全管理员办理。",
            "Nobody may give a post to themselves. Let another security administrator do it.",
        )
    User.objects.select_for_update().get(pk=user.pk)
    today = day_of(at)
    fault = _fault(user, post, area, today=today, until=until)
    if fault is not None:
        raise fault
    member = Member.objects.create(
        user=user,
        post=post,
        area=area,
        area_path=area.path,
        valid_from=today,
        valid_to=until,
        appointed_by_id=actor.user_id,
    )
    record(_appointed(member), actor=actor, at=at)
    return member


@transaction.atomic
def dismiss(member: Member, *, actor: Actor, at: datetime, last_day: date | None = None) -> Member:
    """End a person's post after `last_day`; without one it gives nothing from now on.

    Records MemberDismissed. Raises NotPermitted without `user.manage` over the area, and
    AppointmentRejected where the post has already ended by then.
    """
    _require_over(actor, member.area_path)
    member = (
        Member.objects.select_for_update(of=("self",))
        .select_related("post__unit")
        .get(pk=member.pk)
    )
    last = last_day or day_of(at) - timedelta(days=1)
    if member.valid_to is not None and member.valid_to <= last:
        raise AppointmentRejected(
            f"这项任职到 {member.valid_to} 已经结束，不能改晚。如需继续，请重新任命。",
            f"This post ended on {member.valid_to} and cannot be made longer. Appoint anew.",
            field="last_day",
        )
    member.valid_to = last
    member.save(update_fields=["valid_to"])
    fact = MemberDismissed(
        member=member.pk,
        user=member.user_id,
        unit=member.post.unit.code,
        post=member.post.code,
        valid_to=last.isoformat(),
    )
    record(fact, actor=actor, at=at)
    return member


def _require_over(actor: Actor, area_path: str) -> None:
    require_act(actor, "user.manage")
    if not reaches_row(actor, "user.manage", Standing(area_path)):
        raise NotPermitted(
            "这个区域不在您的管理范围内。请由管辖该区域的安全管理员办理。",
            "This area is outside your reach. Ask the security administrator of that area.",
        )


def _fault(
    user: User, post: Post, area: Area, *, today: date, until: date | None
) -> AppointmentRejected | None:
    """Why the post cannot be held, the first reason."""
    unit = post.unit
    if until is not None and until < today:
        return AppointmentRejected(
            f"任期在 {until} 已经结束。请填今天或以后的日期。",
            f"The term has ended on {until}. Give today or a later day.",
            field="until",
        )
    if not user.is_active:
        return AppointmentRejected(
            f"账号“{user.username}”已停用。请先启用。",
            f"The account {user.username} is shut. Open it first.",
            field="user",
        )
    if not Validity(unit.valid_from, unit.valid_to).holds_on(today):
        return AppointmentRejected(
            f"“{unit.name}”今天不存在（尚未成立或已撤销）。请选别的单位。",
            f"{unit.name} does not exist today. Choose another unit.",
            field="post",
        )
    lasting = Member.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), user=user)
    if lasting.filter(post=post, area=area).exists():
        return AppointmentRejected(
            f"“{user.name}”已任“{post.name}”。如要改任期，请先免去再任命。",
            f"{user.name} already holds {post.name}. End that first to change the term.",
            field="post",
        )
    held = set(lasting.values_list("post__role", flat=True))
    return clash_of_roles(post.role, held=held)


def _appointed(member: Member) -> MemberAppointed:
    post = member.post
    return MemberAppointed(
        member=member.pk,
        user=member.user_id,
        unit=post.unit.code,
        post=post.code,
        role=post.role,
        area_path=member.area_path,
        valid_from=member.valid_from.isoformat(),
        valid_to=member.valid_to.isoformat() if member.valid_to else None,
    )
