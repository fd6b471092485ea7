"""Who may open the desk at all: whoever is signed in and holds a post."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from linli.web.ui.actors import actor_of

View = Callable[..., HttpResponseBase]


def staff_page(view: View) -> View:
    """Send visitors to the sign-in page first; what they may see is each selector's business."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if actor_of(request).user_id is None:
            return redirect_to_login(request.get_full_path())
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return wrapped
