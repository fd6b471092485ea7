"""标准：检查、比较、导出、转新版 · Standards: check, compare, export, take cases over."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linli.config.cli._database import database
from linli.config.cli._speech import language, say

if TYPE_CHECKING:
    from linli.domain.cases.services import Planned


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


@command.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True))
def check(folders: tuple[Path, ...]) -> None:
    """检查标准：走不到的环节、死路、缺的结果、走不到的规则、没有出处的时限。

    Check the standards of packs: unreachable stages, dead ends, missing ways out, shadowed rules,
    limits without a source; and count what is still unverified.
    """
    with database("web"):
        from linli.config.preparing import all_packs
        from linli.domain.catalogue.services import check_pack, doubts_of

        faults = 0
        for folder in folders or all_packs():
            report = check_pack(folder)
            found = [one for one in report.problems if one.file.startswith("standards/")]
            faults += len(found)
            for problem in found:
                click.echo(f"{folder.name}/{problem.text(language())}")
            is_english = language() == "en"
            for standard in report.content.standards if report.content else ():
                name = standard.name_en if is_english else standard.name
                known, doubtful = doubts_of(standard)
                say(
                    f"{name}（{standard.standard} {standard.version}）：{len(standard.stages)} 个"
                    f"环节，{known} 个有出处的数值，其中 {doubtful} 个待核对。",
                    f"{name} ({standard.standard} {standard.version}): {len(standard.stages)} "
                    f"stages, {known} cited values, {doubtful} of them unverified.",
                )
    say(f"共 {faults} 处问题。", f"{faults} faults in all.")
    sys.exit(1 if faults else 0)


@command.command()
@click.argument("code")
@click.argument("before")
@click.argument("after")
def diff(code: str, before: str, after: str) -> None:
    """并列两个版本的不同之处。Show what differs between two versions, side by side."""
    with database("web"):
        from linli.domain.catalogue.services import diff_standard

        changes = diff_standard(code, before, after)
        for change in changes:
            click.echo(change.text(language()))
        if not changes:
            say("没有不同。", "Nothing differs.")


@command.command()
@click.argument("code")
@click.option("--to", "to", required=True, help="转到的版本。Version to take cases over to.")
@click.option(
    "--map", "pairs", multiple=True, help="旧环节=新环节，可多次。OLD=NEW stage; repeatable."
)
@click.option("--dry-run", is_flag=True, help="只说明，不改动。Say it, change nothing.")
def migrate(code: str, to: str, pairs: tuple[str, ...], dry_run: bool) -> None:
    """把在办工单转到标准的新版本，逐件说明落在哪里；在计时的到期时间不变。

    Take the open cases of CODE over to a version, telling for each where it lands. Due times that
    run are kept. A batch can be undone with `linli standards undo`.
    """
    mapping = dict(_pair(pair) for pair in pairs)
    with database("worker"):
        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.domain.cases.services import migrate_cases, plan_migration
        from linli.kernel.clock import utc_now
        from linli.kernel.ids import public_id

        planned = plan_migration(code, to=to, mapping=mapping, actor=SYSTEM_ACTOR)
        _tell(planned)
        if dry_run:
            return
        batch = public_id()
        counts = migrate_cases(
            code, to=to, mapping=mapping, batch=batch, actor=SYSTEM_ACTOR, at=utc_now()
        )
    say(
        f"已转 {counts['moved']} 件，{counts['refused']} 件留在原版本。"
        f"撤回：linli standards undo {batch}",
        f"{counts['moved']} taken over, {counts['refused']} stay. "
        f"To undo: linli standards undo {batch}",
    )


@command.command()
@click.argument("batch")
def undo(batch: str) -> None:
    """撤回一批转版。Put the cases of a batch back under the version that they came from."""
    with database("worker"):
        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.domain.cases.services import undo_migration
        from linli.kernel.clock import utc_now

        counts = undo_migration(batch, actor=SYSTEM_ACTOR, at=utc_now())
    say(
        f"已撤回 {counts['moved']} 件，{counts['refused']} 件已办结或已前行，保持原样。",
        f"{counts['moved']} put back; {counts['refused']} have closed or gone on and stay.",
    )


def _pair(text: str) -> tuple[str, str]:
    before, sign, after = text.partition("=")
    if not (before and sign and after):
        raise click.BadParameter(f"{text}: OLD=NEW", param_hint="--map")
    return before, after


def _tell(planned: "Iterable[Planned]") -> None:
    english = language() == "en"
    for one in planned:
        landing, said = one.landing, [*one.landing.refusals, *one.landing.changes]
        words = "; ".join(pair[english] for pair in said)
        sign = "x" if landing.refusals else ">"
        where = landing.stage if not landing.refusals else one.stage
        click.echo(f"{one.number} {one.before} {one.stage} {sign} {where}  {words}".rstrip())
