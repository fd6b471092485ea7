"""From an empty database to the tables of this version."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from linli.config.database.roles import default_privileges


def migrate() -> None:
    """Bring all tables to this version; the writers' rights on new tables come first."""
    # On a server of others the owner may do this for himself; the superuser did it on ours.
    connection.ensure_connection()
    for statement in default_privileges():
        connection.connection.execute(statement)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def pending() -> list[str]:
    """Return the migrations that the database has not seen, as app.name."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
