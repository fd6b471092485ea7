"""体检 · Tell what is in use and what is wrong."""

import json
import sys

import click

from linli.config.cli._database import database
from linli.config.cli._speech import language, say


@click.command()
@click.option(
    "--level3", "is_level3", is_flag=True, help="等保三级的技术项逐条核对 · the items of level 3"
)
@click.option("--json", "as_json", is_flag=True, help="--level3：JSON · with --level3, as JSON")
def command(is_level3: bool, as_json: bool) -> None:
    """查看正在使用什么、哪里有问题；有问题时返回 1。Tell what is in use; exit 1 on a problem.

    --level3: every technical item of level 3 of 等保 with what was asserted of this installation
    just now. ✓ all hold, ✗ something is wrong here, ! it would be in production, ▤ answered by a
    document, □ answered outside the program. Exit 1 where anything is wrong here.
    """
    if is_level3:
        _level3(as_json)
        return
    wrong = 0
    with database("web", with_tables=False):
        from linli.config.doctor import all_findings

        for finding in all_findings():
            click.echo(finding.text(language()))
            wrong += not finding.is_well
    say(f"问题 {wrong} 处。", f"{wrong} problems.")
    sys.exit(1 if wrong else 0)


def _level3(as_json: bool) -> None:
    with database("web"):
        from django.conf import settings

        from linli.config.level3 import (
            examine,
            figures_of,
            last_results,
            note_results,
            table_of,
        )
        from linli.kernel.clock import utc_now

        before = last_results(settings.LINLI_HOME)
        outcomes = examine()
        figures = figures_of(outcomes, at=utc_now())
        note_results(figures, settings.LINLI_HOME)
        if as_json:
            click.echo(json.dumps(figures, ensure_ascii=False))
        else:
            for line in table_of(outcomes, lang=language()):
                click.echo(line)
            _sum_up(figures, before)
    sys.exit(1 if figures["failed"] else 0)


def _sum_up(now: dict[str, object], before: object) -> None:
    count, failed, later = now["assertions"], now["failed"], now["in_production"]
    then = f"{before['at']}: {before['failed']}" if isinstance(before, dict) else "--"
    say(
        f"{now['items']} 项，{count} 条断言，不符合 {failed} 条，正式运行时还须满足 {later} 条；"
        f"上一次 {then}。条文编号未核对原文。",
        f"{now['items']} items, {count} assertions, {failed} wrong here, {later} more would be in "
        f"production; last time {then}. Clauses are not yet read against the text.",
    )
