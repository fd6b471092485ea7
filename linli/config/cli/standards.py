"""标准：导出流程 · Standards: export their process."""

from pathlib import Path

import click

from linli.config.cli._database import database
from linli.config.cli._speech import say


@click.group()
def command() -> None:
    """办理标准。Standards, each a kind of case with its process."""


@command.command()
@click.argument("code")
@click.option(
    "--version", default="", help="版本，默认现行版本。Version; the one in force if not given."
)
@click.option("--format", "form", type=click.Choice(["bpmn", "svg"]), default="bpmn")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True)
def export(code: str, version: str, form: str, language: str, output: Path) -> None:
    """导出一项标准的流程：BPMN 2.0（含图形，不可执行）或 SVG 图。

    Export the process of the standard CODE as BPMN 2.0 with its diagram (not executable) or SVG.
    """
    with database("web"):
        from linli.domain.catalogue.selectors import standard_by_code
        from linli.domain.catalogue.selectors.charting import chart_for, published_version
        from linli.kernel.clock import utc_now
        from linli.methods.process.bpmn import bpmn_of
        from linli.methods.process.picture import svg_of

        found = published_version(code, version) if version else standard_by_code(code, utc_now())
        chart = chart_for(found, lang="en" if language == "en" else "zh-hans")
        text = bpmn_of(chart) if form == "bpmn" else svg_of(chart)
    output.write_text(text, encoding="utf-8", newline="\n")
    say(
        f"已写入 {output}：{chart.title} {chart.version}。",
        f"{output}: {chart.title} {chart.version}.",
    )
