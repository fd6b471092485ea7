"""The role of analytics reads the registered extracts and nothing else of the whole database.

Serves: X01.
"""

import pytest
from django.db import ProgrammingError, connection, transaction

from linli.insight.grains import GRAINS, read_grains

pytestmark = pytest.mark.django_db
RELATIONS = """
SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relname::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""
# What runs with its owner's rights and can be called by itself.
POWERS = """
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prosecdef AND p.prorettype <> 'trigger'::regtype
  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND has_schema_privilege('linli_insight', n.oid, 'USAGE')
  AND has_function_privilege('linli_insight', p.oid, 'EXECUTE')
"""
CHANGES = """
SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'pg_catalog' AND
    has_table_privilege('linli_insight', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')
"""
COLUMNS = """
SELECT column_name::text, data_type::text, character_maximum_length
FROM information_schema.columns WHERE table_name = %s
"""
TYPES = {
    "key": {"bigint"},
    "time": {"date"},
    "count": {"integer", "bigint"},
    "area": {"character varying"},
    "matter": {"character varying"},
    "unit": {"character varying"},
    "channel": {"character varying"},
}
LONGEST_CODE = 200


def rows(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def readable():
    """Every table, view and sequence, tried one by one as the role itself."""
    tried = rows(RELATIONS)
    assert len(tried) > 60
    return {name for quoted, name in tried if _reads(quoted)}


def _reads(quoted):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE linli_insight")
            cursor.execute(f"SELECT count(*) FROM {quoted}")
            cursor.execute("RESET ROLE")
    except ProgrammingError as error:
        assert "permission denied" in str(error)
        return _reads_a_column(quoted)
    return True


def _reads_a_column(quoted):
    found = rows("SELECT has_any_column_privilege('linli_insight', %s, 'SELECT')", quoted)
    return bool(found[0][0])


def test_it_reads_what_is_registered_and_nothing_else():
    """Serves: X01."""
    assert readable() == set(GRAINS)


def test_it_changes_nothing_and_calls_nothing_with_others_rights():
    assert (rows(POWERS), rows(CHANGES)) == ([], [])


@pytest.mark.parametrize("table", sorted(GRAINS))
def test_each_column_is_a_dimension_a_count_or_a_key(table):
    found = {name: (kind, length) for name, kind, length in rows(COLUMNS, table)}

    assert found.keys() == GRAINS[table].columns.keys()
    for column, part in GRAINS[table].columns.items():
        kind, length = found[column]
        assert kind in TYPES[part], column
        assert length is None or length <= LONGEST_CODE, column


@pytest.mark.parametrize("column", ["reporter: person", "body: text", "address: address"])
def test_a_person_an_address_or_a_text_cannot_be_registered(column):
    with pytest.raises(ValueError, match=column.split(":")[0]):
        read_grains(f"t: {{zh: 表, en: table, columns: {{n: count, {column}}}}}")


@pytest.mark.parametrize(
    "grant",
    [
        "GRANT SELECT ON needs_message TO linli_insight",
        "GRANT SELECT (id, body) ON cases_case TO linli_insight",
        "GRANT SELECT ON audit_journal TO PUBLIC",
        "GRANT USAGE ON SCHEMA vault TO linli_insight;"
        " GRANT SELECT ON vault.vault_datakey TO linli_insight",
        "CREATE VIEW planted AS SELECT body FROM needs_message; GRANT SELECT ON planted TO PUBLIC",
        "CREATE TABLE planted (n int); GRANT SELECT ON planted TO linli_insight",
    ],
)
def test_a_planted_grant_is_found(grant):
    with connection.cursor() as cursor:
        cursor.execute(grant)

    assert readable() != set(GRAINS)


def test_a_planted_power_is_found():
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION planted() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS"
            " 'SELECT count(*) FROM public.needs_message'"
        )

    assert rows(POWERS) == [("planted()",)]


def test_a_grant_on_the_extract_itself_is_no_fault():
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT (day, received) ON insight_dailycount TO linli_insight")

    assert readable() == set(GRAINS)
