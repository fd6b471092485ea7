"""The floor of free space: what would be written is refused before the disk is full.

A full disk stops the database in the middle of what it does; below the floor nothing new is taken,
what is there can be read, and whoever must make room can still sign in.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from linli.api.problems import problem, said
from linli.config.disk import NoRoom, has_room
from linli.web.ui.pages import page_for_error

Handler = Callable[[HttpRequest], HttpResponse]
READING = ("GET", "HEAD", "OPTIONS")
STAY_OPEN = ("/accounts/", "/-/i18n/", "/-/healthz")
API = "/api/"


class FreeSpaceFloor:
    """Answer whatever would write with 503 while less is free than the floor."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or refuse it before anything of it is read."""
        writes = request.method not in READING and not request.path_info.startswith(STAY_OPEN)
        if not writes or has_room(settings.LINLI_HOME):
            return self.get_response(request)
        error = NoRoom()
        if not request.path_info.startswith(API):
            return page_for_error(request, error)
        answer = problem(503, error.code, said(request, error.zh, error.en))
        answer["Retry-After"] = str(error.retry_after_s)
        return answer
