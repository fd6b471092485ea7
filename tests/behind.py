"""Being the web's process for a block: its role, and a standing that sees nothing at first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.http import HttpRequest, HttpResponse
from psycopg.pq import TransactionStatus

from linli.config.walling import tell
from linli.domain.access.wall import Standing, standing


@contextmanager
def behind_the_wall() -> Iterator[Standing]:
    """Run a block as `linli_web`, in the transaction of a test; the owner is back afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE linli_web")
    try:
        with standing() as now, connection.execute_wrapper(tell):
            yield now
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


class AsWebRole:
    """Middleware for journeys: each request runs as the database role that real pages have."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the role, answer, and give it back; not by statements that tests count."""
        connection.ensure_connection()
        raw = connection.connection
        raw.execute("SET ROLE linli_web")
        try:
            return self.get_response(request)
        finally:
            if raw.info.transaction_status != TransactionStatus.INERROR:
                raw.execute("RESET ROLE")
