"""Whether two databases hold the same rows: every table, in the order of its key, hashed."""

import hashlib
from dataclasses import dataclass

from psycopg import sql

from linli.config.backup.source import Connection

TABLES = """
SELECT n.nspname, c.relname, coalesce((
    SELECT array_agg(a.attname::text ORDER BY array_position(i.indkey::int2[], a.attnum))
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = c.oid AND i.indisprimary), '{}')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence = 'p'
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Table:
    """A table: its rows, and a hash over them in the order of their key."""

    name: str
    rows: int
    sha256: str


def tables_of(server: Connection) -> dict[str, Table]:
    """Return every table of a database with the hash of its rows."""
    found = {}
    for schema, name, key in server.execute(TABLES).fetchall():
        table = _hashed(server, str(schema), str(name), [str(part) for part in _list(key)])
        found[table.name] = table
    return found


def differences(source: dict[str, Table], copy: dict[str, Table]) -> list[str]:
    """Return what differs, a line a table; empty where all rows are the same."""
    said = []
    for name in sorted(source.keys() | copy.keys()):
        ours, theirs = source.get(name), copy.get(name)
        if ours != theirs:
            counts = [str(table.rows) if table else "—" for table in (ours, theirs)]
            said.append(
                f"{name}: {counts[0]} ≠ {counts[1]}"
                if counts[0] != counts[1]
                else f"{name}: {counts[0]} rows, others"
            )
    return said


def _hashed(server: Connection, schema: str, name: str, key: list[str]) -> Table:
    table = sql.Identifier(schema, name)
    order = sql.SQL(", ").join(map(sql.Identifier, key)) if key else sql.SQL('t::text COLLATE "C"')
    query = sql.SQL("COPY (SELECT t.* FROM {} t ORDER BY {}) TO STDOUT").format(table, order)
    digest, rows = hashlib.sha256(), 0
    with server.cursor() as cursor, cursor.copy(query) as copy:
        for piece in copy:
            data = bytes(piece)
            digest.update(data)
            rows += data.count(b"\n")  # a newline inside of a value is written \n
    return Table(f"{schema}.{name}", rows, digest.hexdigest())


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
