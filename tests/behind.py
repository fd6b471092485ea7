"""Being the web's process for a block: its role, and a standing that sees nothing at first."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

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
