"""保存期限 · How long data are kept, and deleting what its time is over for."""

from typing import TYPE_CHECKING

import click

from linli.config.cli._database import database
from linli.config.cli._speech import say
from linli.kernel.clock import utc_now

if TYPE_CHECKING:
    from linli.domain.privacy.selectors import PlanLine

UNITS = {"year": ("年", "years"), "natural_day": ("天", "days")}


@click.group()
def command() -> None:
    """列出、删除到期的个人信息和内容。Delete what its time is over for."""


@command.command()
def plan() -> None:
    """列出现在到期的内容，不删除。What a run would delete now; nothing is changed."""
    with database("worker"):
        from linli.domain.privacy.selectors import plan_retention

        for line in plan_retention(utc_now()):
            _tell(line)


@command.command()
@click.option("--yes", is_flag=True, help="delete; without it nothing is done")
@click.option("--at-once", default=200, show_default=True, help="cases or rows in a transaction")
def run(yes: bool, at_once: int) -> None:
    """删除到期的内容，分批进行，中断后再次执行即继续。Delete in batches; run again to go on."""
    if not yes:
        say(
            "没有删除。删除不能恢复；请先看 linli retention plan，再加 --yes。",
            "Nothing was deleted. It cannot be undone: look at linli retention plan, then add "
            "--yes.",
        )
        raise SystemExit(1)
    with database("worker"):
        from linli.domain.privacy.services import run_retention

        counts = run_retention(at=utc_now(), at_once=at_once, progress=_tell_batch)
    for keep, count in counts.items():
        say(f"{keep}：删除 {count}。", f"{keep}: {count} deleted.")


def _tell(line: "PlanLine") -> None:
    zh, en = UNITS[line.length.unit]
    span = f"{line.length.value}"
    oldest = line.oldest.date().isoformat() if line.oldest else "-"
    say(
        f"{line.what}：保存 {span} {zh}，到期 {line.due}，最早 {oldest}，因故保留 {line.held}。",
        f"{line.what}: kept {span} {en}, {line.due} due, oldest {oldest}, {line.held} held.",
    )


def _tell_batch(keep: str, count: int) -> None:
    click.echo(f"{keep} {count}", err=True)
