"""体检 · Tell what is in use and what is wrong."""

import sys

import click

from linli.config.cli._database import database
from linli.config.cli._speech import language, say


@click.command()
def command() -> None:
    """查看正在使用什么、哪里有问题；有问题时返回 1。Tell what is in use; exit 1 on a problem."""
    wrong = 0
    with database("web", with_tables=False):
        from linli.config.doctor import all_findings

        for finding in all_findings():
            click.echo(finding.text(language()))
            wrong += not finding.is_well
    say(f"问题 {wrong} 处。", f"{wrong} problems.")
    sys.exit(1 if wrong else 0)
