"""Answering as the web's process does: as the database role that owns nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.http import HttpRequest, HttpResponse
from psycopg.pq import TransactionStatus

AS_WEB_ROLE = f"{__name__}.AsWebRole"


class AsWebRole:
    """Outermost middleware, where the owner's process asks pages: each as real ones are asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the role, answer, and give it back; not by statements that tests count."""
        with web_role():
            return self.get_response(request)


@contextmanager
def web_role() -> Iterator[None]:
    """Hold the web's role for a block; no statement of it is counted by anybody."""
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("SET ROLE linli_web")
    try:
        yield
    finally:
        if raw.info.transaction_status != TransactionStatus.INERROR:
            raw.execute("RESET ROLE")
