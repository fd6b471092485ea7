"""Who calls: a key in the Authorization header, within its scopes."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from linli.domain.access.selectors import Actor, token_by_secret
from linli.domain.access.wall import see_as
from linli.domain.organisations.selectors import actor_for
from linli.kernel.clock import utc_now
from linli.kernel.errors import Rejected


class Key(HttpBearer):
    """A bearer key that carries a scope; refuses every other."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return who acts, with the posts held now, or None."""
        found = token_by_secret(token, at=utc_now())
        if found is None or self.scope not in found.scopes:
            return None
        actor = actor_for(found.user, at=utc_now())
        see_as(actor)
        return actor


def caller(request: HttpRequest) -> Actor:
    """Who calls, as the key says."""
    actor = getattr(request, "auth", None)
    if not isinstance(actor, Actor):
        raise RuntimeError("a route without a key asked who calls")
    return actor


def command_key(actor: Actor, header: str) -> str:
    """Return the key of a command from its Idempotency-Key. Raises Rejected without a good one."""
    if not (8 <= len(header) <= 100 and header.isprintable()):
        raise Rejected(
            "缺少 Idempotency-Key 请求头（8 至 100 个可见字符），重复提交无法识别。",
            "The header Idempotency-Key (8 to 100 printable characters) is missing; "
            "a repeated submission could not be told apart.",
            field="Idempotency-Key",
        )
    return f"api:{actor.user_id}:{header}"
