"""Every table's every value as text, and what of the planted stands in a text."""

from collections.abc import Iterable, Mapping

from django.db import connection
from psycopg import sql

from tests.canaries.residents import Resident, plainly, traces_of

TABLES = """
SELECT schemaname::text, tablename::text FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2
"""


def all_tables() -> dict[str, str]:
    """Return all rows of each table of each schema as text, read as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = cursor.fetchall()
        found = {}
        for schema, table in names:
            query = sql.SQL("SELECT coalesce(string_agg(held::text, E'\\n'), '') FROM {} AS held")
            cursor.execute(query.format(sql.Identifier(schema, table)))
            found[f"{schema}.{table}"] = str(cursor.fetchone()[0])
    return found


def hits(artefacts: Mapping[str, str], residents: Iterable[Resident]) -> list[str]:
    """Return which artefacts give which resident away, and by what."""
    traces = [(one, trace) for one in residents for trace in set(traces_of(one))]
    plain = {name: plainly(text) for name, text in artefacts.items()}
    return [
        f"{name} gives resident {one.number} away by {trace}"
        for name, text in plain.items()
        for one, trace in traces
        if trace in text
    ]
