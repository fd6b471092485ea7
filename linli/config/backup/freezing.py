"""A moment that two databases can be compared at: a point in the log, and a snapshot of it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from linli.config.backup.errors import ToolFailed
from linli.config.backup.source import Connection, Source
from linli.kernel.errors import Unavailable

ATTEMPTS = 20
PAUSE_S = 0.3
# Below deadlock_timeout: it is us who give way, never somebody's request.
GIVE_WAY = "SET LOCAL lock_timeout = '700ms'"
ALL_TABLES = (
    "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
)


@contextmanager
def frozen(source: Source, *, name: str) -> Iterator[Connection]:
    """Set a named point in the log, and have a connection that sees what is committed there.

    Writers wait while both are taken, some milliseconds. Raises Unavailable where some
    transaction never lets go of a table.
    """
    with source.connected() as reader, source.connected() as holder:
        for _ in range(ATTEMPTS):
            try:
                snapshot = _pause_writers(holder, name)
            except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
                holder.execute("ROLLBACK")
                time.sleep(PAUSE_S)
                continue
            reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            reader.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot)))
            holder.execute("ROLLBACK")
            break
        else:
            raise Unavailable(
                "一直有事务在写，取不到可比较的时刻。请在空闲时演练。",
                "Some transaction wrote all the time, so no moment could be compared. "
                "Rehearse at a quieter hour.",
            )
        yield reader
        reader.execute("ROLLBACK")


def _pause_writers(holder: Connection, name: str) -> str:
    tables = holder.execute(ALL_TABLES).fetchall()
    # The snapshot is taken by the first query, so that it comes after the locks.
    holder.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    holder.execute(GIVE_WAY)
    if tables:
        named = sql.SQL(", ").join(
            sql.Identifier(str(schema), str(table)) for schema, table in tables
        )
        holder.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE").format(named))
    row = holder.execute(
        "SELECT pg_export_snapshot(), pg_create_restore_point(%s)::text", [name]
    ).fetchone()
    if row is None:
        raise ToolFailed("pg_export_snapshot", "")
    return str(row[0])
