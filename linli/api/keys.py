"""Who calls: a key in the Authorization header, within its scopes."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from linli.domain.access.selectors import Actor, token_by_secret
from linli.domain.organisations.selectors import actor_for
from linli.kernel.clock import utc_now


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
        return actor_for(found.user, at=utc_now())


def caller(request: HttpRequest) -> Actor:
    """Who calls, as the key says."""
    actor = getattr(request, "auth", None)
    if not isinstance(actor, Actor):
        raise RuntimeError("a route without a key asked who calls")
    return actor
