"""Reads about accounts: who there is, with posts and second steps, and what is proposed.

Serves: R033 R109 R129.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from linli.domain.access.models import AccountNotice, PostProposal
from linli.domain.access.rules.weights import Factor, factor_for, is_enough
from linli.domain.access.selectors import Actor, User
from linli.domain.organisations.models import Member
from linli.domain.organisations.selectors.units import day_of, holds_on
from linli.domain.places.selectors import inside

Users = Collection[User] | QuerySet[User]


@dataclass(frozen=True)
class StaffMember:
    """An account as those who look after accounts see it; `factors` are its second steps."""

    user: User
    posts: tuple[Member, ...]
    factors: frozenset[str]

    @property
    def roles(self) -> frozenset[str]:
        """The roles of the posts held now."""
        return frozenset(member.post.role for member in self.posts)

    @property
    def asked(self) -> Factor:
        """The second step that its posts ask for."""
        return factor_for(self.roles)

    @property
    def is_secured(self) -> bool:
        """Whether it has the second step that its posts ask for."""
        return is_enough(self.factors, self.asked)


def factors_of(user: User) -> frozenset[str]:
    """Return the kinds of second steps of an account: webauthn, totp, recovery_codes."""
    return _factors_held([user]).get(user.pk, frozenset())


def account_by_name(username: str) -> User | None:
    """Return an account by its user name, also one that is shut, or None."""
    return User.objects.filter(username=username).first()


def all_staff(*, at: datetime, words: str = "", path: str = "") -> list[StaffMember]:
    """Return accounts with the posts they hold at a moment and their second steps, by name.

    Parameters
    ----------
    at : the moment at which posts are asked.
    words : part of a name or user name; "" for everybody.
    path : an area; only who holds a post inside it, or none at all anywhere; "" for all.
    """
    users = User.objects.order_by("username")
    if words:
        users = users.filter(Q(username__icontains=words) | Q(name__icontains=words))
    posts, factors = _posts_held(users, at=at), _factors_held(users)
    staff = [
        StaffMember(user, tuple(posts.get(user.pk, ())), factors.get(user.pk, frozenset()))
        for user in users
    ]
    return [one for one in staff if _is_within(one, path)]


def staff_member(user: User, *, at: datetime) -> StaffMember:
    """Return one account with the posts it holds at a moment and its second steps."""
    posts = _posts_held([user], at=at).get(user.pk, [])
    return StaffMember(user, tuple(posts), factors_of(user))


def proposals_for(actor: Actor, acts: Iterable[str]) -> QuerySet[PostProposal]:
    """Return the proposals over the areas that any of the acts reaches, undecided ones first."""
    reach = Q(pk__in=[])
    for act in acts:
        for _, holding in actor.reaches(act):
            if holding.area_path:
                reach |= inside(holding.area_path)
    found = PostProposal.objects.filter(reach).select_related("user", "proposed_by", "decided_by")
    return found.order_by("decided_at", "-proposed_at")


def notices_of(user: User) -> list[AccountNotice]:
    """Return what an account has been told and has not marked as seen, newest first."""
    rows = AccountNotice.objects.filter(user=user, seen_at__isnull=True)
    return list(rows.select_related("proposal").order_by("-at", "-id"))


def _factors_held(users: Users) -> dict[int, frozenset[str]]:
    rows = Authenticator.objects.filter(user__in=users).values_list("user_id", "type")
    held: dict[int, frozenset[str]] = {}
    for user_id, kind in rows:
        held[user_id] = held.get(user_id, frozenset()) | {kind}
    return held


def _posts_held(users: Users, *, at: datetime) -> dict[int, list[Member]]:
    day = day_of(at)
    held = Member.objects.filter(holds_on(day), holds_on(day, "post__unit__"), user__in=users)
    posts: dict[int, list[Member]] = {}
    for member in held.select_related("post__unit", "area").order_by("post__unit__code"):
        posts.setdefault(member.user_id, []).append(member)
    return posts


def _is_within(one: StaffMember, path: str) -> bool:
    return not path or not one.posts or any(m.area_path.startswith(path) for m in one.posts)
