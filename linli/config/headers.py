"""Headers that Django does not know."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# A resident may put himself on the map; nothing else of the device is ever asked for.
PERMISSIONS = "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()"

Handler = Callable[[HttpRequest], HttpResponse]


def permissions_policy(get_response: Handler) -> Handler:
    """Tell the browser which of the device's senses a page may ask for."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return answer
