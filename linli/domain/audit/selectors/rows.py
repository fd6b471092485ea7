"""Rows of the journal by the hundred thousand, written out by the server, checked by nobody yet.

Each is asked for by position, so that nothing the database says of itself is believed: what is
not there is seen to be missing.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby

from django.db import connection as django
from django.db import transaction
from psycopg import Connection, sql

from linli.domain.audit.rules.chain import STREAM_COUNT, Row

TYPES = ("int2", "int8", "int8", "text", "bytea", "bytea", "bytea")
# As `rules.chain.text_of` writes it, after stream and position. By full names: whoever owns the
# database could put functions of his own before the server's.
COLUMNS = sql.SQL("""
    j.stream, j.seq, j.id, coalesce(j.algorithm, '')::text,
    coalesce(j.previous, ''), coalesce(j.hash, ''),
    pg_catalog.convert_to(pg_catalog.concat_ws(
        E'\\x1f',
        pg_catalog.to_char(j.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        pg_catalog.to_char(j.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        j.event, j.subject_type, j.subject_id,
        coalesce(j.actor_id::text, ''), j.actor_name, j.payload, j.algorithm
    ), 'UTF8')
""")
# Joined sideways, so that the index on (stream, seq) gives the order and nothing is sorted.
BETWEEN = sql.SQL("""
COPY (SELECT row.* FROM (VALUES {spans}) AS span (stream, after, upto) CROSS JOIN LATERAL (
    SELECT {columns} FROM public.audit_journal AS j
    WHERE j.stream = span.stream AND j.seq > span.after AND j.seq <= span.upto
    ORDER BY j.seq
) AS row {limit}) TO STDOUT (FORMAT binary)
""")
STRAY = """
SELECT stream, seq FROM public.audit_journal
WHERE stream NOT BETWEEN 0 AND %s OR seq < 1 LIMIT %s
"""
LAST = 2**63 - 1


def rows_between(
    connection: Connection, spans: Mapping[int, tuple[int, int]], *, limit: int | None = None
) -> Iterator[tuple[int, Iterator[Row]]]:
    """Yield each stream with its rows after a position and up to another, in their order.

    Parameters
    ----------
    spans : stream → (after, upto).
    limit : at most so many rows in all.
    """
    if not spans:
        return
    query = BETWEEN.format(
        columns=COLUMNS,
        spans=sql.SQL(", ").join(
            sql.SQL("({}::int2, {}::int8, {}::int8)").format(stream, after, upto)
            for stream, (after, upto) in sorted(spans.items())
        ),
        limit=sql.SQL("") if limit is None else sql.SQL("LIMIT {}").format(limit),
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        copy.set_types(TYPES)
        for stream, rows in groupby(copy.rows(), key=_stream):
            yield stream, (row[1:] for row in rows)


def stray_rows(connection: Connection, *, limit: int) -> list[tuple[int, int]]:
    """Return stream and position of rows that stand where no row can."""
    with connection.cursor() as cursor:
        cursor.execute(STRAY, [STREAM_COUNT - 1, limit])
        return [(int(stream), int(seq)) for stream, seq in cursor.fetchall()]


def server_connection() -> Connection:
    """Return the present connection as psycopg has it."""
    django.ensure_connection()
    server: Connection = django.connection
    return server


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database in a block as it stood at its beginning, however much others write.

    Rows and heads that are read one after the other belong together only so. In a transaction that
    is under way already, that one's isolation holds.
    """
    if django.in_atomic_block:
        yield
        return
    with transaction.atomic():
        # Past Django: whatever it would say before would be the first to look.
        server_connection().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _stream(row: tuple[int, ...]) -> int:
    return row[0]
