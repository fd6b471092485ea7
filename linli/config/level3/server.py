"""The database server: what it keeps, who may touch it, and what it refuses."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import connection

from linli.config import options
from linli.config.database.migrating import pending
from linli.config.database.roles import EXTENSIONS, OWNER_ROLE, ROLES
from linli.config.level3.assertion import Assertion

LEAST = 15
ON = ("fsync", "full_page_writes", "data_checksums")
CHANGING = ("UPDATE", "DELETE", "TRUNCATE")
ALL = ("SELECT", "INSERT", *CHANGING)
# Only ever added to, whatever a process of ours is made to do.
APPEND_ONLY = {"audit_journal": "journal_append_only", "cases_caseevent": "case_event_append_only"}
FINAL = {
    "catalogue_standardversion": "published_is_final",
    "catalogue_ledgerversion": "published_is_final",
    "catalogue_pack": "published_is_final",
}
# Holds what a stranger would look for first; analytics and the auditor never do.
SECRET = ("vault_sealedfield", "vault_datakey", "vault_blindindex", "vault_masterkey")
KEPT_FROM = ("linli_insight", "linli_audit")
DEFINERS = "SELECT proname, coalesce(array_to_string(proconfig, ','), '') FROM pg_proc p \
JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'public' AND prosecdef"


def what_is_confirmed_stays() -> Iterator[Assertion]:
    """Settings without which a power cut loses what was confirmed."""
    for name in ON:
        value = str(_one("SELECT current_setting(%s)", name))
        yield Assertion(name, value == "on", value, f"{name} = on")
    commit = str(_one("SHOW synchronous_commit"))
    yield Assertion("synchronous_commit", commit != "off", commit, "synchronous_commit = on")
    level = str(_one("SHOW wal_level"))
    yield Assertion("wal_level", level in ("replica", "logical"), level, "wal_level = replica")


def server_is_in_order() -> Iterator[Assertion]:
    """Version, extensions, tables of this version, passwords, the way in."""
    number = int(str(_one("SHOW server_version_num")))
    yield Assertion(
        "server_version", number >= LEAST * 10_000, str(number), f"PostgreSQL ≥ {LEAST}"
    )
    for name in EXTENSIONS:
        there = _one("SELECT extversion FROM pg_extension WHERE extname = %s", name)
        yield Assertion(
            f"extension {name}", there is not None, str(there), f"CREATE EXTENSION {name}"
        )
    also = _rows(
        "SELECT extname FROM pg_extension WHERE extname <> ALL(%s)", [*EXTENSIONS, "plpgsql"]
    )
    yield Assertion("no other extension", not also, ", ".join(str(one) for (one,) in also))
    yield Assertion("tables of this version", not pending(), f"{len(pending())}", "linli migrate")
    hashing = str(_one("SHOW password_encryption"))
    yield Assertion("password_encryption", hashing == "scram-sha-256", hashing, "scram-sha-256")
    yield Assertion("connected by a role of ours", _one("SELECT current_user") != "postgres")


def server_is_reached_safely() -> Iterator[Assertion]:
    """The embedded server has no port at all; a given one is reached with TLS or by its socket."""
    local = _one("SELECT inet_server_addr() IS NULL")
    if not options.text("LINLI_DATABASE_URL"):
        listens = str(_one("SHOW listen_addresses"))
        yield Assertion("listen_addresses", listens == "", listens, "listen_addresses = ''")
    sealed = _one("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    yield Assertion("socket or TLS", bool(local or sealed), "", "sslmode=verify-full", True)


def roles_own_nothing() -> Iterator[Assertion]:
    """Roles: no superuser, nothing that goes around rows, nothing owned but by the owner."""
    for role in ROLES:
        row = _rows(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = %s",
            role.name,
        )
        if not row:
            yield Assertion(f"{role.name} exists", False, "", f"CREATE ROLE {role.name}")
            continue
        names = ("SUPERUSER", "BYPASSRLS", "CREATEROLE", "CREATEDB")
        for name, has in zip(names, row[0], strict=True):
            may = name == "CREATEDB" and role.name == OWNER_ROLE
            yield Assertion(f"{role.name} NO{name}", may or not has, "", f"ALTER ROLE … NO{name}")
        if role.name != OWNER_ROLE:
            makes = _one("SELECT has_schema_privilege(%s, 'public', 'CREATE')", role.name)
            advice = f"REVOKE CREATE ON SCHEMA public FROM {role.name}"
            yield Assertion(f"{role.name} makes no tables", not makes, "", advice)


def tables_have_one_owner() -> Iterator[Assertion]:
    """Each table of ours belongs to the owner, and strangers have no right on it."""
    owned = {
        str(table): str(role)
        for table, role in _rows(
            "SELECT c.relname, r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'vault')"
        )
    }
    open_to_all = {
        name
        for (name,) in _rows(
            "SELECT table_name FROM information_schema.role_table_grants WHERE grantee = 'PUBLIC'"
            " AND table_schema IN ('public', 'vault')"
        )
    }
    for table in _own_tables():
        owner = owned.get(table, "missing")
        well = owner == OWNER_ROLE and table not in open_to_all
        yield Assertion(f"{table} owner", well, owner, f"ALTER TABLE {table} OWNER TO {OWNER_ROLE}")


def journal_is_only_added_to() -> Iterator[Assertion]:
    """No right to change what was written, and a trigger where somebody has the right."""
    for table, trigger in (APPEND_ONLY | FINAL).items():
        state = _one(
            "SELECT tgenabled::text FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass",
            trigger,
            table,
        )
        yield Assertion(f"trigger {trigger} on {table}", state in ("O", "A"), str(state))
    for role in ROLES:
        if role.name == OWNER_ROLE:
            continue
        for table in APPEND_ONLY:
            for right in CHANGING:
                has = _one("SELECT has_table_privilege(%s, %s, %s)", role.name, table, right)
                advice = f"REVOKE {right} ON {table} FROM {role.name}"
                yield Assertion(f"{role.name} no {right} {table}", not has, "", advice)
    writes = _one("SELECT has_table_privilege('linli_web', 'audit_journalhead', 'INSERT, UPDATE')")
    yield Assertion("linli_web no UPDATE audit_journalhead", not writes)
    for name, setting in _rows(DEFINERS):
        pinned = "search_path" in str(setting)
        yield Assertion(f"function {name} search_path", pinned, str(setting), "SET search_path")


def identities_are_apart() -> Iterator[Assertion]:
    """Analytics and auditors reach no identity; neither reads what was sealed."""
    for role in KEPT_FROM:
        for table in SECRET:
            for right in ALL:
                has = _one("SELECT has_table_privilege(%s, %s, %s)", role, table, right)
                yield Assertion(f"{role} no {right} {table}", not has, "", f"REVOKE ALL ON {table}")
    for table in ("cases_case", "needs_message", "access_user", "attachments_attachment"):
        has = _one("SELECT has_table_privilege('linli_insight', %s, 'SELECT')", table)
        yield Assertion(f"linli_insight no SELECT {table}", not has, "", f"REVOKE ALL ON {table}")


def rows_have_a_second_wall() -> Iterator[Assertion]:
    """Each table of cases keeps its rows by itself."""
    for table in ("cases_case", *_hanging_on("cases_case")):
        found = _rows(
            "SELECT relrowsecurity, (SELECT count(*) FROM pg_policy WHERE polrelid = c.oid)"
            " FROM pg_class c WHERE c.oid = to_regclass(%s)",
            table,
        )
        well = bool(found) and bool(found[0][0]) and int(str(found[0][1])) > 0
        yield Assertion(f"row security of {table}", well, "", "linli migrate")


def _hanging_on(table: str) -> list[str]:
    """Tables of ours with a key to a table."""
    return sorted(
        {
            model._meta.db_table
            for model in apps.get_models()
            for field in model._meta.local_fields
            if field.many_to_one and _table_of(field.related_model) == table
        }
        - {table}
    )


def _table_of(model: object) -> str:
    return str(getattr(getattr(model, "_meta", None), "db_table", ""))


def _own_tables() -> list[str]:
    models = (m for m in apps.get_models() if m.__module__.startswith("linli."))
    return sorted({m._meta.db_table for m in models if m._meta.managed})


def _one(query: str, *values: Any) -> object:
    rows = _rows(query, *values)
    return rows[0][0] if rows else None


def _rows(query: str, *values: Any) -> Sequence[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return list(cursor.fetchall())
