"""分析用抽取表 · The extracts that analytics may read."""

import click

from linli.config.cli._database import database
from linli.config.cli._speech import say


@click.command()
def command() -> None:
    """重新生成分析用抽取表：按日、区域、事项、单位、渠道的件数，不含个人信息。

    Make the extracts for analytics anew: counts by day, area, matter, unit and channel.
    """
    with database("worker"):
        from linli.insight.extract import make_extract
        from linli.kernel.clock import utc_now

        rows = make_extract(at=utc_now())
    say(f"抽取表已更新，共 {rows} 行。", f"The extract is made anew: {rows} rows.")
