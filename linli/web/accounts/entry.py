"""Who may open these pages, and who must first show again that it is them.

Serves: R109 R129.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from linli.domain.access.selectors import may
from linli.kernel.errors import NotPermitted
from linli.web.ui.actors import actor_of

View = Callable[..., HttpResponseBase]


def office_page(*acts: str) -> Callable[[View], View]:
    """Let in whoever may do one of the acts; for all others the page does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            actor = actor_of(request)
            if actor.user_id is None:
                return redirect_to_login(request.get_full_path())
            if not any(may(actor, act) for act in acts):
                raise NotPermitted("这一页不属于您的岗位。", "This page is not for your post.")
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def weighty_act(view: View) -> View:
    """Ask again who it is before an act that matters, unless that was just done."""
    asked: View = reauthentication_required(view)
    return asked
