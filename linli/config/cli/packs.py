"""标准包：检查、比较、发布 · Standards packs: check, compare, publish."""

import sys
from pathlib import Path

import click

from linli.config.cli._database import database
from linli.config.cli._speech import language, say

paths = click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True))


@click.group()
def command() -> None:
    """检查、比较、发布标准包。Check, compare and publish standards packs."""


@command.command()
@paths
def check(folders: tuple[Path, ...]) -> None:
    """检查标准包，列出全部问题。Read packs and tell every fault by file and line."""
    with database("web"):
        from linli.domain.catalogue.services import check_pack

        faults = 0
        for folder in folders or _all_packs():
            report = check_pack(folder)
            faults += len(report.problems)
            for problem in report.problems:
                click.echo(problem.text(language()))
            counts = ", ".join(f"{name} {count}" for name, count in report.counts().items())
            click.echo(f"{folder.name}: {counts or '--'}")
    say(f"共 {faults} 处问题。", f"{faults} faults in all.")
    sys.exit(1 if faults else 0)


@command.command()
@paths
def diff(folders: tuple[Path, ...]) -> None:
    """与已发布版本比较。Tell what publishing would change."""
    with database("web"):
        from linli.domain.catalogue.services import diff_pack

        for folder in folders or _all_packs():
            changes = diff_pack(folder)
            for change in changes:
                click.echo(f"{folder.name}: {change.text(language())}")
            if not changes:
                say(f"{folder.name}：没有变化。", f"{folder.name}: nothing changes.")


@command.command()
@paths
def publish(folders: tuple[Path, ...]) -> None:
    """发布标准包；同样内容只算一次。Put packs in force; the same content counts once."""
    with database("web"):
        from linli.config.preparing import publish_packs
        from linli.kernel.clock import utc_now

        for published in publish_packs(folders or _all_packs(), at=utc_now()):
            say(f"已发布 {published}。", f"Published {published}.")


def _all_packs() -> tuple[Path, ...]:
    from linli.config.preparing import all_packs

    return all_packs()
