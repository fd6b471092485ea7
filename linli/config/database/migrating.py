"""From an empty database to the tables of this version."""

from collections.abc import Sequence
from typing import LiteralString

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from linli.config.database.roles import (
    EXTENSIONS,
    OWNER_ROLE,
    ROLES,
    Connection,
    default_privileges,
)
from linli.config.second_factor import seal_second_factors
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.vault.services import begin_keys
from linli.kernel.clock import utc_now
from linli.kernel.errors import Unavailable

EXTENSION_NAMES = "SELECT extname FROM pg_extension"
ROLE_NAMES = "SELECT rolname FROM pg_roles"
# The vault's tables lie in a schema of their own, which the owner makes.
MAY_MAKE_SCHEMAS = """
SELECT has_database_privilege(current_database(), 'CREATE')
    OR EXISTS (SELECT FROM pg_namespace WHERE nspname = 'vault')
"""


def migrate() -> None:
    """Bring all tables to this version; the writers' rights on new tables come first.

    The first master key is made here too: the processes that serve may not make any.
    """
    connection.ensure_connection()
    require_prepared(connection.connection)
    # On a server of others the owner may do this for himself; the superuser did it on ours.
    for statement in default_privileges():
        connection.connection.execute(statement)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    begin_keys(actor=SYSTEM_ACTOR, at=utc_now())
    seal_second_factors()


def require_prepared(server: Connection) -> None:
    """Raise Unavailable naming what a superuser must do first, where anything is missing.

    On a server of others nothing is made behind its keeper's back: he runs these commands.
    """
    commands = [
        *(f"CREATE EXTENSION {name};" for name in _missing(server, EXTENSION_NAMES, EXTENSIONS)),
        *(
            f"CREATE ROLE {role.name} {role.attributes};"
            for role in ROLES
            if role.name in _missing(server, ROLE_NAMES, [role.name for role in ROLES])
        ),
        *_schema_command(server),
    ]
    if commands:
        told = " ".join(commands)
        raise Unavailable(
            f"数据库还缺扩展或角色。请用超级用户在该库中执行：{told}"
            "（Debian 上先安装 postgresql-contrib）",
            f"The database lacks extensions or roles. As a superuser in that database run: {told} "
            "(on Debian install postgresql-contrib first)",
        )


def _schema_command(server: Connection) -> list[str]:
    row = server.execute(MAY_MAKE_SCHEMAS).fetchone()
    if row is None or row[0]:
        return []
    return [f"CREATE SCHEMA vault AUTHORIZATION {OWNER_ROLE};"]


def _missing(server: Connection, query: LiteralString, wanted: Sequence[str]) -> list[str]:
    found = {str(row[0]) for row in server.execute(query)}
    return [name for name in wanted if name not in found]


def pending() -> list[str]:
    """Return the migrations that the database has not seen, as app.name."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
