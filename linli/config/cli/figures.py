"""公开数据 · The figures that are made public."""

import click

from linli.config.cli._database import database
from linli.config.cli._speech import say


@click.group()
def command() -> None:
    """生成公开数据；公布由另一人在网页上办理。Prepare public figures; a second person publishes."""


@command.command()
@click.argument("period")
@click.option("--dry-run", is_flag=True, help="say what would be released, keep nothing")
def release(period: str, dry_run: bool) -> None:
    """生成一期公开数据并核对能否被推出，如 2026-10、2026-Q4、2026。

    Reckon the figures of PERIOD and audit them; they wait on the desk for a person to publish them.
    """
    with database("worker"):
        from dataclasses import replace

        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.domain.figures.services import draft_release, prepare_release
        from linli.kernel.clock import utc_now

        actor = replace(SYSTEM_ACTOR, name="command line")
        draft = draft_release(period, actor=actor, at=utc_now())
        cells, withheld = len(draft.shown), len(draft.cut.hidden)
        depth = draft.cut.design.depth
        zh, en = ("分事项", "by matter") if draft.cut.design.is_crossed else ("不分事项", "in all")
        if not dry_run:
            prepare_release(period, actor=actor, at=utc_now())
    say(
        f"{period}：{cells} 个数，其中 {withheld} 个不公布；细到第 {depth} 级区域，{zh}。",
        f"{period}: {cells} counts, {withheld} of them withheld; areas to level {depth}, {en}.",
    )
    if not dry_run:
        say(
            "已生成，请负责人在“公开数据”页上核对后公布。",
            "Prepared. A leader looks at it on the desk's page of figures and publishes it.",
        )
