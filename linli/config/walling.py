"""Telling the database how far it may see, with each statement of a request.

The settings hold for one transaction and no longer, so nothing is left on a connection for the
next person. Outside a transaction of ours they travel in the same message as the statement, which
PostgreSQL runs as one transaction: no further question is asked.

Serves: R129 X02.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from typing import Protocol

from django.db import connection
from django.http import HttpRequest, HttpResponse
from psycopg import Connection, ServerCursor
from psycopg.pq import TransactionStatus
from psycopg.sql import SQL, Composable, Literal

from linli.domain.access.wall import NOTHING, Sight, Standing, standing, standing_now

UNDONE = "ROLLBACK TO"  # a savepoint; what was told after it is told no more
Execute = Callable[..., object]


class Wall:
    """Keep each request to what its person may see at most; begins by seeing nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, inside the wall."""
        with walled():
            return self.get_response(request)


@contextmanager
def walled() -> Iterator[None]:
    """Be inside the wall for a block, seeing nothing at first."""
    with standing(), _telling():
        yield


def _telling() -> AbstractContextManager[None]:
    """Have each statement told once, also where a request is made within a standing."""
    is_telling = tell in connection.execute_wrappers
    return nullcontext() if is_telling else connection.execute_wrapper(tell)


class _Wrapped(Protocol):
    cursor: ServerCursor[object]


def tell(
    execute: Execute, sql: str | Composable, params: object, many: bool, context: dict[str, object]
) -> object:
    """Run a statement; what the transaction has not been told of the standing comes first."""
    now = standing_now()
    if now is None:
        return execute(sql, params, many, context)
    raw = connection.connection
    if raw is None:
        raise RuntimeError("a statement without a connection")
    status = raw.info.transaction_status
    if isinstance(sql, str) and sql.startswith(UNDONE):
        now.told = None
        return execute(sql, params, many, context)
    if status == TransactionStatus.IDLE:
        now.told = NOTHING
    if status == TransactionStatus.INERROR or now.told == now.sight:
        return execute(sql, params, many, context)
    wrapped: _Wrapped = context["cursor"]  # type: ignore[assignment]  # Django's, around psycopg's
    if many or isinstance(wrapped.cursor, ServerCursor):
        return _told_before(raw, now, lambda: execute(sql, params, many, context))
    return _told_with(now, execute, sql, params, context)


def _told_with(
    now: Standing,
    execute: Execute,
    sql: str | Composable,
    params: object,
    context: dict[str, object],
) -> object:
    """Send settings and statement in one message, and step over the settings' own answer."""
    first = _settings(now.sight, is_formatted=params is not None)
    joined = first + sql if isinstance(sql, str) else SQL(first) + sql
    told, now.told = now.sight, None
    done = execute(joined, params, False, context)
    context["cursor"].cursor.nextset()  # type: ignore[attr-defined]  # as above
    if connection.in_atomic_block:
        now.told = told
    return done


def _told_before(raw: "Connection[object]", now: Standing, run: Callable[[], object]) -> object:
    """Send the settings by themselves, where a statement cannot travel with another."""
    if not connection.in_atomic_block:
        raise RuntimeError("rows in portions, or many at once, need a transaction of ours")
    with raw.cursor() as apart:
        apart.execute(_settings(now.sight, is_formatted=False))
    now.told = now.sight
    return run()


@lru_cache(maxsize=512)
def _settings(sight: Sight, *, is_formatted: bool) -> str:
    """Return the statement that tells a sight for the length of a transaction."""
    told = ", ".join(
        f"set_config('{name}', {Literal(value).as_string(None)}, true)"
        for name, value in sight.settings().items()
    )
    statement = f"SELECT {told}; "
    return statement.replace("%", "%%") if is_formatted else statement
