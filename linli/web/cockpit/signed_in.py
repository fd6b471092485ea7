"""Who may open the cockpit: whoever holds a post that grants it, each over the own places."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.web.ui.actors import actor_of

ACT = "cockpit.view"


def cockpit_page(view: Callable[[HttpRequest, Actor], HttpResponse]) -> Callable[..., HttpResponse]:
    """Send visitors to the sign-in page; to everybody else without the act nothing is there."""

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        actor = actor_of(request)
        if actor.user_id is None:
            return redirect_to_login(request.get_full_path())
        require_act(actor, ACT)
        response = view(request, actor)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return wrapped
