"""Keys for other systems."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.domain.access.events import TokenIssued, TokenRevoked
from linli.domain.access.models import ApiToken, User
from linli.domain.access.rules.actors import Actor
from linli.domain.access.rules.tokens import digest_of
from linli.domain.audit.services import record
from linli.kernel.errors import Rejected

SCOPES = ("read", "message", "act")


@transaction.atomic
def issue_token(
    user: User,
    *,
    name: str,
    scopes: Sequence[str],
    actor: Actor,
    at: datetime,
    expires_at: datetime | None = None,
) -> str:
    """Issue a key and return it, this once. Records TokenIssued.

    Raises Rejected for a scope that does not exist.
    """
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown:
        raise Rejected(
            f"没有“{'、'.join(unknown)}”这样的权限范围，可选：{'、'.join(SCOPES)}。",
            f"There is no scope {', '.join(unknown)}; choose of {', '.join(SCOPES)}.",
            field="scopes",
        )
    secret = f"linli_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(
        user=user,
        name=name,
        digest=digest_of(secret),
        scopes=list(scopes),
        created_at=at,
        expires_at=expires_at,
    )
    record(TokenIssued(user.username, name, list(scopes)), actor=actor, at=at)
    return secret


@transaction.atomic
def revoke_token(user: User, *, name: str, actor: Actor, at: datetime) -> int:
    """Take back an account's keys of a name; returns how many.

    Records TokenRevoked, where there was one to take back.
    """
    rows = ApiToken.objects.filter(user=user, name=name, revoked_at__isnull=True)
    count = rows.update(revoked_at=at)
    if count:
        record(TokenRevoked(user.username, name), actor=actor, at=at)
    return count
