"""流水 · The journal of what happened."""

import sys

import click

from linli.config.cli._database import database
from linli.config.cli._speech import language, say


@click.group()
def command() -> None:
    """核验流水。The journal of what happened."""


@command.command()
@click.option("--faults", default=100, show_default=True, help="stop after so many faults")
def verify(faults: int) -> None:
    """逐条核验流水链，指出被改、缺失或错序的记录。Find altered, missing or reordered rows."""
    with database("audit"):
        from linli.domain.audit.selectors import verify_chain

        report = verify_chain(limit_faults=faults)
        for fault in report.faults:
            click.echo(fault.text(language()))
    say(
        f"核验 {report.checked} 条，问题 {len(report.faults)} 处。",
        f"{report.checked} rows checked, {len(report.faults)} faults.",
    )
    sys.exit(0 if report.is_whole else 1)
