"""The database roles and extensions of Linli: made on the embedded server, checked on others."""

from dataclasses import dataclass

import psycopg
from psycopg import sql

DATABASE = "linli"
OWNER_ROLE = "linli_owner"
EXTENSIONS = ("ltree", "pg_trgm", "cube", "earthdistance", "btree_gist")
LAYOUT = "linli layout 2"
# Beneath row-level security an operator uses an index only where it is known to tell nothing of a
# row that it does not return. These two raise errors of their arguments' types alone.
LEAKPROOF = ("arrayoverlap(anyarray, anyarray)", "ts_match_vq(tsvector, tsquery)")

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Role:
    """A role of the database: one a kind of process, none a superuser."""

    name: str
    attributes: str
    purpose_zh: str
    purpose_en: str


ROLES = (
    Role(OWNER_ROLE, "LOGIN CREATEDB", "拥有表，只用于迁移", "owns the tables; migrations only"),
    Role("linli_web", "LOGIN", "网页和接口进程", "pages and API"),
    Role("linli_worker", "LOGIN", "后台任务进程", "jobs"),
    Role("linli_insight", "LOGIN", "只读分析", "analytics, reads only"),
    Role("linli_audit", "LOGIN", "核验流水", "verifies the journal"),
    Role("linli_backup", "LOGIN REPLICATION", "备份", "backups"),
)
# The processes that change facts; tables that must not be changed take the right back themselves.
WRITERS = ("linli_web", "linli_worker")


def make_layout(sockets: str, *, superuser: str) -> None:
    """Make roles, database and extensions on the embedded server, once.

    The mark goes on the database last, so a crash in between leaves nothing half-believed.
    `template1` gets the extensions too: test databases are copied from it.
    """
    with _connect(sockets, superuser, "postgres") as server:
        if _mark(server) == LAYOUT:
            return
        for role in ROLES:
            _make_role(server, role)
        _make_database(server)
    for database in ("template1", DATABASE):
        with _connect(sockets, superuser, database) as connection:
            prepare_database(connection)
    with _connect(sockets, superuser, "postgres") as server:
        server.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(DATABASE), sql.Literal(LAYOUT)
            )
        )


def prepare_database(connection: Connection) -> None:
    """Make the extensions, and let the writers use the tables that migrations will make.

    Two operators are marked so that they use their indexes behind the second wall.
    """
    for extension in EXTENSIONS:
        connection.execute(
            sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
        )
    for function in LEAKPROOF:
        connection.execute(
            sql.SQL("ALTER FUNCTION pg_catalog.{} LEAKPROOF").format(sql.SQL(function))
        )
    for statement in default_privileges():
        connection.execute(statement)


def default_privileges() -> tuple[sql.Composed, ...]:
    """Return the statements that give the writers rows, never tables, of what the owner makes."""
    writers = sql.SQL(", ").join(map(sql.Identifier, WRITERS))
    start = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public GRANT ").format(
        sql.Identifier(OWNER_ROLE)
    )
    return (
        start + sql.SQL("SELECT, INSERT, UPDATE, DELETE ON TABLES TO ") + writers,
        start + sql.SQL("USAGE, SELECT ON SEQUENCES TO ") + writers,
    )


def _connect(sockets: str, superuser: str, database: str) -> Connection:
    return psycopg.connect(host=sockets, user=superuser, dbname=database, autocommit=True)


def _mark(server: Connection) -> object:
    row = server.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
        [DATABASE],
    ).fetchone()
    return row[0] if row else None


def _make_role(server: Connection, role: Role) -> None:
    name = sql.Identifier(role.name)
    if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role.name]).fetchone():
        server.execute(sql.SQL("CREATE ROLE {}").format(name))
    server.execute(
        sql.SQL("ALTER ROLE {} WITH NOSUPERUSER NOBYPASSRLS ").format(name)
        + sql.SQL(role.attributes)
    )
    if role.name != OWNER_ROLE:
        # So that the owner can look through another role's eyes, in tests above all.
        server.execute(
            sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(
                name, sql.Identifier(OWNER_ROLE)
            )
        )


def _make_database(server: Connection) -> None:
    database = sql.Identifier(DATABASE)
    if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
        server.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                database, sql.Identifier(OWNER_ROLE)
            )
        )
    server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    server.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
            database, sql.SQL(", ").join(sql.Identifier(role.name) for role in ROLES)
        )
    )
