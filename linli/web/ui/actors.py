"""Who acts in a request: asked once, from the posts held now."""

from typing import cast

from django.http import HttpRequest

from linli.domain.access.selectors import RESIDENT_ACTOR, Actor, User
from linli.domain.access.wall import see_as
from linli.domain.organisations.selectors import actor_for
from linli.kernel.clock import utc_now


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts: the signed-in account with its present posts, else a resident.

    The answer is kept on the request, so that a page asks once; the next request asks anew, and
    a post that has been withdrawn counts no more.
    """
    known = getattr(request, "actor", None)
    if isinstance(known, Actor):
        return known
    user = getattr(request, "user", None)
    actor = RESIDENT_ACTOR
    if user is not None and user.is_authenticated:
        actor = actor_for(cast(User, user), at=utc_now())
    see_as(actor)
    request.actor = actor  # type: ignore[attr-defined]  # kept for this request
    return actor
