"""Errors of the platform become pages, in one place."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from linli.kernel.errors import LinliError
from linli.web.ui.pages import page_for_error


class ErrorPages:
    """Answer each branch of the error tree with its page; leaves every other error alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a LinliError raised by a view into its page."""
        return page_for_error(request, error) if isinstance(error, LinliError) else None
