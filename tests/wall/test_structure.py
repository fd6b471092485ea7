"""What lies behind the second wall stands in one list, and the database agrees.

Serves: R129 X02.
"""

import pytest
from django.apps import apps
from django.db import connection

from linli.config.database.roles import LEAKPROOF, OWNER_ROLE
from linli.domain.access.wall import WALL
from linli.domain.cases.models import Case
from linli.domain.ledgers.models import Record

pytestmark = pytest.mark.django_db
BEHIND, EXCUSED = set(WALL["tables"]), WALL["excused"]
POLICIES = "SELECT tablename FROM pg_policies WHERE 'linli_web' = ANY (roles)"
GUARDED = "SELECT relname FROM pg_class WHERE relrowsecurity"


def asked(query: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {str(row[0]) for row in cursor.fetchall()}


def test_each_table_that_hangs_on_a_case_or_record_is_behind_the_wall_or_excused():
    hanging = {Case._meta.db_table, Record._meta.db_table}
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    before = set()
    while before != hanging:
        before = set(hanging)
        for table, model in tables.items():
            fields = (f for f in model._meta.get_fields() if f.many_to_one or f.one_to_one)
            keys = (f.related_model._meta.db_table for f in fields if f.concrete)
            if hanging.intersection(keys):
                hanging.add(table)

    assert hanging - BEHIND - EXCUSED.keys() == set(), "list it in wall.yaml, with a policy"
    assert (BEHIND | EXCUSED.keys()) - hanging == set()
    assert all(str(reason).strip() for reason in EXCUSED.values())


def test_the_database_guards_the_tables_of_the_list_and_no_others():
    assert asked(GUARDED) == asked(POLICIES) == BEHIND


def test_the_web_role_owns_nothing_and_passes_no_wall():
    owned = "SELECT relname FROM pg_class WHERE relowner = 'linli_web'::regrole"
    mighty = (
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'linli%' AND (rolsuper OR rolbypassrls)"
    )
    belongs = "SELECT roleid::regrole FROM pg_auth_members WHERE member = 'linli_web'::regrole"

    assert asked(owned) | asked(mighty) | asked(belongs) == set()
    assert asked("SELECT tableowner FROM pg_tables WHERE tablename LIKE 'cases%'") == {OWNER_ROLE}


def test_the_embedded_server_lets_arrays_and_words_use_their_indexes_behind_the_wall():
    marked = asked("SELECT oid::regprocedure FROM pg_proc WHERE proleakproof")

    assert {name.replace(", ", ",") for name in LEAKPROOF} <= marked
