"""What each role of the database may do in the vault, asked as that role."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.vault.selectors import find_by
from linli.domain.vault.services import (
    Person,
    begin_keys,
    erase_person,
    open_fields,
    open_secret,
    rotate_master_key,
    seal_many,
    seal_person,
    seal_secret,
)
from linli.domain.vault.tests.keepers import FakeService

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LIN = {"reporter_name": "林小满", "reporter_phone": "13800001234"}
TABLES = [model._meta.db_table for model in apps.get_app_config("vault").get_models()]


@pytest.fixture(autouse=True)
def sealed(settings):
    settings.LINLI_KEY_KEEPER = FakeService()
    begin_keys(actor=SYSTEM_ACTOR, at=AT)
    seal_person("case1", LIN, at=AT)


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE linli_{role}")
        yield
        cursor.execute("RESET ROLE")


def refused(role: str, statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE linli_{role}")
            cursor.execute(statement)
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


def test_every_table_of_the_vault_lies_in_its_schema():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname::text FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'vault'::regnamespace"
        )
        assert {row[0] for row in cursor.fetchall()} == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", ["insight", "audit"])
def test_analytics_and_audit_see_nothing_of_the_vault(role, table):
    """Serves: X02."""
    for statement in (
        f"SELECT count(*) FROM vault.{table}",
        f"INSERT INTO vault.{table} DEFAULT VALUES",
        f"DELETE FROM vault.{table}",
        f"TRUNCATE vault.{table} CASCADE",
        f"CREATE VIEW mine AS SELECT * FROM vault.{table}",
    ):
        assert refused(role, statement), statement


def test_pages_seal_find_open_and_erase():
    with acting_as("web"):
        seal_many([Person("case2", LIN)], at=AT)
        seal_person("case2", {"reporter_name": "林大满"}, at=AT)
        assert find_by("repeat_caller", LIN["reporter_phone"]) == ["case2", "case1"]
        shown = open_fields("case2", list(LIN), actor=SYSTEM_ACTOR, reason="test", at=AT)
        assert shown["reporter_name"] == "林大满"
        assert open_secret("second_factor", seal_secret("second_factor", "x", at=AT), at=AT) == "x"
        assert erase_person("case1", actor=SYSTEM_ACTOR, at=AT)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM vault_datakey",
        "UPDATE vault_datakey SET subject = 'x'",
        "UPDATE vault_sealedfield SET sealed = 'x'",
        "UPDATE vault_blindindex SET digest = 'x'",
        "INSERT INTO vault_masterkey VALUES (9, 'intl', 'x', now())",
        "UPDATE vault_masterkey SET check_value = 'x'",
        "DELETE FROM vault_purposekey",
        "UPDATE vault_purposekey SET wrapped = 'x'",
        "TRUNCATE vault_datakey CASCADE",
        "CREATE TABLE vault.mine (x int)",
    ],
)
def test_pages_can_make_or_change_no_keys(statement):
    assert refused("web", statement)


def test_jobs_erase_and_read_neither_keys_nor_values():
    with acting_as("worker"):
        assert erase_person("case1", actor=SYSTEM_ACTOR, at=AT)

    for statement in (
        "SELECT wrapped FROM vault_datakey",
        "SELECT sealed FROM vault_sealedfield",
        "SELECT digest FROM vault_blindindex",
        "SELECT * FROM vault_purposekey",
        "SELECT * FROM vault_masterkey",
        "INSERT INTO vault_datakey (subject, suite, made_at) VALUES ('x', 'intl', now())",
        "DELETE FROM vault_datakey",
    ):
        assert refused("worker", statement), statement


def test_only_who_owns_the_tables_changes_the_master_key():
    for role in ("web", "worker", "backup"):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(role):
            rotate_master_key(actor=SYSTEM_ACTOR, at=AT)
    assert rotate_master_key(actor=SYSTEM_ACTOR, at=AT).generation == 2


def test_backups_read_and_change_nothing():
    assert not refused("backup", "SELECT * FROM vault_datakey")
    assert refused("backup", "DELETE FROM vault_datakey")
