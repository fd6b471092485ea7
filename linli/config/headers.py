"""Headers that Django does not know."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponse

# A resident may put himself on the map; nothing else of the device is ever asked for.
PERMISSIONS = "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()"

Handler = Callable[[HttpRequest], HttpResponse]


def content_policy(issuer: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return what pages may load and where their forms may lead: this site, and the issuer's."""
    place = urlsplit(issuer)
    # A sign-in at the identity provider begins with a form that leads there.
    provider = [f"{place.scheme}://{place.netloc}"] if issuer else []
    return {
        "DIRECTIVES": {
            "default-src": [SELF],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:", "blob:"],
            "worker-src": [SELF],
            "connect-src": [SELF],
            "font-src": [SELF],
            "object-src": [NONE],
            "base-uri": [NONE],
            "form-action": [SELF, *provider],
            "frame-ancestors": [NONE],
        }
    }


def permissions_policy(get_response: Handler) -> Handler:
    """Tell the browser which of the device's senses a page may ask for."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return answer
