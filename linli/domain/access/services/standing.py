"""Shutting and opening accounts, ending their sessions, and noting what guards them.

Serves: R109 R129 X02.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from linli.domain.access.events import (
    AccountClosed,
    AccountLinked,
    AccountReopened,
    AccountSecured,
    SecondStepsDropped,
    SessionsEnded,
    SignedIn,
    SignInLinkIssued,
)
from linli.domain.access.models import AccountNotice, ApiToken, User
from linli.domain.access.rules.actors import Actor
from linli.domain.access.services.permission import require_act
from linli.domain.audit.services import record
from linli.kernel.errors import NotPermitted, WrongState


@transaction.atomic
def close_account(user: User, *, reason: str, actor: Actor, at: datetime) -> User:
    """Shut an account: no sign-in, no session, no key from the next request on.

    Records AccountClosed. Raises NotPermitted without `user.manage` or for one's own account,
    and WrongState where it is shut already.
    """
    _require_other(user, actor)
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active:
        raise WrongState(
            f"账号“{user.username}”已经停用，不用再停。",
            f"The account {user.username} is shut already; nothing is left to do.",
        )
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    ended = _end(locked, _sessions_of(locked))
    keys = ApiToken.objects.filter(user=locked, revoked_at__isnull=True).update(revoked_at=at)
    record(AccountClosed(locked.username, reason, ended, keys), actor=actor, at=at)
    return locked


@transaction.atomic
def reopen_account(user: User, *, reason: str, actor: Actor, at: datetime) -> User:
    """Let an account that was shut sign in again; its keys stay dead. Records AccountReopened.

    Raises NotPermitted without `user.manage` or for one's own account, and WrongState where it
    is open.
    """
    _require_other(user, actor)
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.is_active:
        raise WrongState(
            f"账号“{user.username}”没有停用，不用启用。",
            f"The account {user.username} is open; nothing is left to do.",
        )
    locked.is_active = True
    locked.save(update_fields=["is_active"])
    record(AccountReopened(locked.username, reason), actor=actor, at=at)
    return locked


@transaction.atomic
def end_sessions(
    user: User, *, actor: Actor, at: datetime, keep: str = "", only: Collection[str] | None = None
) -> int:
    """End an account's sessions, all but the one to keep, or only those named.

    Returns how many there were. Records SessionsEnded where there was one.
    """
    keys = {key for key in _sessions_of(user) if key != keep and (only is None or key in only)}
    ended = _end(user, keys)
    if ended:
        record(SessionsEnded(user.username, ended), actor=actor, at=at)
    return ended


@transaction.atomic
def drop_second_steps(user: User, *, reason: str, actor: Actor, at: datetime) -> int:
    """Remove every second step of an account, where all are lost, and end its sessions.

    Returns how many there were. Records SecondStepsDropped. Raises NotPermitted for everybody
    but the system itself: no page may do this.
    """
    if not actor.is_system:
        raise NotPermitted(
            "登录第二步只能在服务器上清除。", "Second steps are removed on the server alone."
        )
    count = int(Authenticator.objects.filter(user=user).count())
    Authenticator.objects.filter(user=user).delete()
    ended = _end(user, _sessions_of(user))
    record(SecondStepsDropped(user.username, reason, count, ended), actor=actor, at=at)
    AccountNotice.objects.create(user=user, kind="second_steps_dropped", at=at)
    return count


@transaction.atomic
def note_sign_in(user: User, *, methods: Sequence[str], actor: Actor, at: datetime) -> None:
    """Record that an account signed in and by which steps; records SignedIn."""
    record(SignedIn(user.username, list(methods)), actor=actor, at=at)


@transaction.atomic
def note_secured(user: User, *, what: str, actor: Actor, at: datetime) -> None:
    """Record that what guards an account has changed, and tell its holder.

    Records AccountSecured.
    """
    record(AccountSecured(user.username, what), actor=actor, at=at)
    AccountNotice.objects.create(user=user, kind=what[:24], at=at)


@transaction.atomic
def note_link(user: User, *, actor: Actor, at: datetime) -> None:
    """Record that a link to set a password was handed out; records SignInLinkIssued."""
    record(SignInLinkIssued(user.username), actor=actor, at=at)
    AccountNotice.objects.create(user=user, kind="sign_in_link", at=at)


@transaction.atomic
def note_linked(user: User, *, provider: str, actor: Actor, at: datetime) -> None:
    """Record that an account was tied to a sign-in provider; records AccountLinked."""
    record(AccountLinked(user.username, provider), actor=actor, at=at)
    AccountNotice.objects.create(user=user, kind="account_linked", at=at)


@transaction.atomic
def mark_account_notices_seen(user: User, *, at: datetime) -> int:
    """Mark as seen what an account has been told up to a moment; returns how many."""
    rows = AccountNotice.objects.filter(user=user, seen_at__isnull=True, at__lte=at)
    return rows.update(seen_at=at)


def _require_other(user: User, actor: Actor) -> None:
    require_act(actor, "user.manage")
    if actor.user_id == user.pk:
        raise NotPermitted(
            "不能停用或启用自己的账号。请由另一位安全管理员办理。",
            "Nobody may shut or open their own account. Let another administrator do it.",
        )


def _sessions_of(user: User) -> set[str]:
    # The sign-in package keeps which sessions are whose; Django's table alone does not know.
    return set(UserSession.objects.filter(user=user).values_list("session_key", flat=True))


def _end(user: User, keys: Collection[str]) -> int:
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user, session_key__in=keys).delete()
    return len(keys)
