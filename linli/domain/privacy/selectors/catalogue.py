"""The catalogue of data as shipped, and what the database really has."""

from pathlib import Path

from django.db import connection

from linli.domain.privacy.rules.catalogue import Catalogue, read_catalogue

FOLDER = Path(__file__).resolve().parents[1] / "catalogue"
COLUMNS = """
SELECT c.relname::text, a.attname::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_|^information_schema$'
ORDER BY c.relname, a.attnum
"""


def _shipped() -> Catalogue:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))}
    terms = texts.pop("terms")
    return read_catalogue(terms, list(texts.values()))


CATALOGUE = _shipped()


def database_columns() -> dict[str, list[str]]:
    """Return the columns of every table and view of every schema, the server's own left out."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, column in cursor.fetchall():
            found.setdefault(table, []).append(column)
    return found
