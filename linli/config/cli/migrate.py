"""建表或升级数据库 · Make or upgrade the tables, as the role that owns them."""

import click

from linli.config.cli._database import database
from linli.config.cli._speech import say


@click.command()
def command() -> None:
    """建表或升级数据库。Make or upgrade the tables, as the role that owns them."""
    with database("owner", with_tables=False):
        from linli.config.database.migrating import migrate

        migrate()
    say("数据库已是最新。", "The database is up to date.")
