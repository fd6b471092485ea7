"""What takes long to build is built once in a process, and put back as rows from then on."""

from collections.abc import Callable, Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from psycopg import sql

Rows = dict[str, bytes]
_kept: dict[str, Rows] = {}


def built_once(name: str, models: Sequence[type[Model]], build: Callable[[], object]) -> None:
    """Fill the tables of some models as `build` does; from the second time on, row by row.

    Only rows are kept: whatever else `build` does, such as facts of the journal, happens once.
    Tables that hold something already are built upon as usual, and nothing is kept.
    """
    if any(model._default_manager.exists() for model in models[:1]):
        build()
        return
    tables = [table for model in models for table in _tables_of(model)]
    if name in _kept:
        for table, rows in _kept[name].items():
            _put_back(table, rows)
        return
    build()
    _kept[name] = {table: _taken(table) for table in tables}


def _tables_of(model: type[Model]) -> list[str]:
    many = [field.m2m_db_table() for field in model._meta.local_many_to_many]
    return [model._meta.db_table, *many]


def _taken(table: str) -> bytes:
    command = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        return b"".join(bytes(block) for block in copy)


def _put_back(table: str, rows: bytes) -> None:
    named = sql.Identifier(table)
    with connection.cursor() as cursor:
        with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(named)) as copy:
            copy.write(rows)
        # Forwards only: what caches hang on must not come a second time with other rows beneath.
        cursor.execute(
            "SELECT setval(seq, greatest(nextval(seq), %s))"
            " FROM pg_get_serial_sequence(%s, 'id') AS seq",
            [_newest(cursor, named), table],
        )


def _newest(cursor: CursorWrapper, named: sql.Identifier) -> int:
    cursor.execute(sql.SQL("SELECT coalesce(max(id), 1) FROM {}").format(named))
    return int(cursor.fetchone()[0])
