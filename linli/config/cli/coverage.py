"""需求对照 · Print for each requirement what serves it and which test shows it."""

import json
import sys
from typing import TYPE_CHECKING

import click

from linli.config.cli._speech import language, say

if TYPE_CHECKING:
    from linli.config.coverage import Line

FAULTS = {
    "unlisted": ("不在 docs/requirements.yaml 中", "not listed in docs/requirements.yaml"),
    "unserved": ("没有模块或标准包声明满足它", "no module and no pack says that it serves it"),
    "unshown": ("没有测试证明", "no test shows it"),
    "unsaid": ("状态与“尚缺”不符", "its status and what it says is missing disagree"),
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="one JSON array on standard output")
@click.option("--missing", is_flag=True, help="只列没有着落的。Only those without server or test.")
def command(as_json: bool, missing: bool) -> None:
    """逐条列出需求由什么满足、哪个测试证明。Print what serves each requirement, and its test.

    Ends with 1 where one is named or listed that nothing serves or no test shows.
    """
    from linli.config.coverage import coverage

    lines = coverage()
    faulty = [line for line in lines if line.fault]
    shown = faulty if missing else lines
    if as_json:
        click.echo(json.dumps([line.as_json() for line in shown], ensure_ascii=False))
    else:
        for line in shown:
            _print(line)
        say(
            f"{len(lines)} 条需求，{len(faulty)} 条没有着落。",
            f"{len(lines)} requirements, {len(faulty)} without server or test.",
        )
    sys.exit(1 if faulty else 0)


def _print(line: "Line") -> None:
    is_english = language() == "en"
    say(
        f"{line.id}  {line.title}（{'已满足' if line.status == 'served' else '部分满足'}）",
        f"{line.id}  {line.title_en} ({'served' if line.status == 'served' else 'in part'})",
    )
    missing = line.missing_en if is_english else line.missing
    if missing:
        say(f"  尚缺：{missing}", f"  missing: {missing}")
    for where in line.served_by:
        say(f"  满足：{where}", f"  served by {where}")
    for where in line.shown_by:
        say(f"  证明：{where}", f"  shown by {where}")
    if line.fault:
        zh, en = FAULTS[line.fault]
        say(f"  问题：{zh}", f"  fault: {en}")
