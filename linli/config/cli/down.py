"""停止留下的内置数据库 · Stop an embedded database that was left running."""

import click

from linli.config.cli._speech import say
from linli.config.database import embedded
from linli.config.database.folders import linli_home


@click.command()
def command() -> None:
    """停止留下的内置数据库。Stop an embedded database that was left running."""
    if embedded.stop(linli_home()):
        say("内置数据库已停止。", "The embedded database is stopped.")
    else:
        say("没有正在运行的内置数据库。", "No embedded database was running.")
