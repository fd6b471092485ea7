"""Errors of the platform become pages, in one place."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from linli.kernel.errors import LinliError, NotFound
from linli.web.ui.pages import page_for_error

NUL = "\0"
QUOTED_NUL = "%00"
API = "/api/"  # which judges its parameters by their patterns, and answers no pages


class ErrorPages:
    """Answer each branch of the error tree with its page; leaves every other error alone.

    An address with a NUL in it names nothing: no code or number has one, and the database takes
    none. What people type is judged by its form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        if _has_nul(request) and not request.path_info.startswith(API):
            return page_for_error(request, NotFound())
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a LinliError raised by a view into its page."""
        return page_for_error(request, error) if isinstance(error, LinliError) else None


def _has_nul(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    return NUL in request.path_info or QUOTED_NUL in query or NUL in query
