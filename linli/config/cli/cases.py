"""工单：导出事件日志 · Cases: export the log of what happened."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

import click

from linli.config.cli._database import database
from linli.config.cli._speech import say
from linli.kernel.errors import NotFound

if TYPE_CHECKING:
    from linli.domain.access.selectors import Actor
    from linli.methods.process.logs import LogCase


@click.group()
def command() -> None:
    """工单数据。Data of cases."""


@command.command()
@click.option(
    "--format", "form", type=click.Choice(["xes", "ocel-json", "ocel-xml"]), default="xes"
)
@click.option("--standard", default="", help="只导出一项标准的工单。Cases of one standard alone.")
@click.option(
    "--as", "username", default="", help="只导出此账号可导出的。What this account may export."
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True)
def events(form: str, standard: str, username: str, output: Path) -> None:
    """导出工单的事件日志，供流程挖掘；只含单位和角色，不含任何人。导出记入流水。

    Export what happened to cases, for process mining: XES (IEEE 1849) or OCEL 2.0. Units and roles
    are named, persons are not. Without --as it holds all cases; the journal keeps that it was made.
    """
    part = output.with_name(output.name + ".part")
    with database("worker"):
        from linli.domain.audit.services import record_export
        from linli.kernel.clock import utc_now

        actor = _actor(username)
        try:
            cases, written = _write(actor, form, standard, part)
            query = f"events format={form} standard={standard}"
            record_export(rows=cases, query=query, actor=actor, at=utc_now())
            part.replace(output)
        finally:
            part.unlink(missing_ok=True)
    say(
        f"已写入 {output}：{cases} 件工单，{written} 个事件。",
        f"{output}: {cases} cases, {written} events.",
    )


def _write(actor: "Actor", form: str, standard: str, path: Path) -> tuple[int, int]:
    """Write the log into a file; return how many cases and events it holds."""
    from linli.domain.cases.selectors.logs import log_cases
    from linli.methods.process.ocel import write_ocel_json, write_ocel_xml
    from linli.methods.process.xes import write_xes

    cases = _Counted(log_cases(actor, standard=standard))
    with path.open("w", encoding="utf-8", newline="") as file:
        if form == "xes":
            written = write_xes(cases, file.write)
        else:
            write = write_ocel_json if form == "ocel-json" else write_ocel_xml
            written = write(cases, file.write, spool=_spool)
    return cases.count, written


def _spool() -> IO[str]:
    return TemporaryFile("w+", encoding="utf-8", newline="")


class _Counted:
    """Counts cases as they pass."""

    def __init__(self, cases: "Iterable[LogCase]") -> None:
        self._cases = cases
        self.count = 0

    def __iter__(self) -> "Iterator[LogCase]":
        for case in self._cases:
            self.count += 1
            yield case


def _actor(username: str) -> "Actor":
    from dataclasses import replace

    from linli.domain.access.selectors import SYSTEM_ACTOR, user_by_name
    from linli.domain.organisations.selectors import actor_for
    from linli.kernel.clock import utc_now

    if not username:
        return replace(SYSTEM_ACTOR, name="command line")
    user = user_by_name(username)
    if user is None:
        raise NotFound(
            f"没有账号“{username}”，或已停用。请用 linli users list 查看。",
            f"There is no account “{username}”, or it is closed. See `linli users list`.",
        )
    return actor_for(user, at=utc_now())
