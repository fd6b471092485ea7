"""密钥 · The keys that seal names and telephone numbers."""

import sys
from typing import TYPE_CHECKING

import click

from linli.config.cli._database import database
from linli.config.cli._speech import say

if TYPE_CHECKING:
    from linli.domain.vault.selectors import GenerationStanding

TOLD_EACH = 10_000


@click.group()
def command() -> None:
    """核对、更换和销毁主密钥。Check, change and destroy master keys."""


@command.command()
@click.option("--open-all", is_flag=True, help="open all that is sealed, and throw it away")
def check(open_all: bool) -> None:
    """核对主密钥是否齐全、是否原件；有问题时返回 1。Are all master keys there, and right?"""
    with database("web"):
        from linli.domain.vault.selectors import key_standing, verify_seals

        standing = key_standing()
        is_well = all(row.is_kept and row.is_right for row in standing)
        for row in standing:
            _tell(row)
        if not standing:
            say("还没有主密钥。", "There is no master key yet.")
        if open_all:
            report = verify_seals()
            is_well = is_well and not report.faults
            named = " ".join(report.broken)
            say(
                f"打开 {report.keys} 把密钥、{report.fields} 个字段，"
                f"打不开 {report.faults} 个。{named}",
                f"{report.keys} keys and {report.fields} fields opened, "
                f"{report.faults} stay shut. {named}",
            )
    sys.exit(0 if is_well else 1)


@command.command()
def rotate() -> None:
    """更换主密钥，全部数据密钥改用新的；中断后再次执行即继续。Change the master key; resumable."""
    with database("owner"):
        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.domain.vault.services import rotate_master_key
        from linli.kernel.clock import utc_now

        done = rotate_master_key(actor=SYSTEM_ACTOR, at=utc_now(), progress=_tell_progress)
    how = ("接着上次", "resumed: ") if done.is_resumed else ("", "")
    say(
        f"{how[0]}改用第 {done.generation} 代主密钥，重新封装 {done.moved} 把密钥。"
        "请立即备份密钥目录；旧主密钥仍保留，旧备份还要用它。",
        f"{how[1]}{done.moved} keys are wrapped under the master key of generation "
        f"{done.generation} now. Back up the folder of keys at once; the former master key is "
        "kept, older backups need it.",
    )


@command.command()
@click.argument("generation", type=click.IntRange(min=1))
def retire(generation: int) -> None:
    """销毁不再使用的旧主密钥；还要用它的旧备份从此打不开。Destroy a former master key for good."""
    with database("owner"):
        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.domain.vault.services import retire_master_key
        from linli.kernel.clock import utc_now

        retire_master_key(generation, actor=SYSTEM_ACTOR, at=utc_now())
    say(
        f"第 {generation} 代主密钥已销毁。密钥备份中的副本须另行销毁。",
        f"The master key of generation {generation} is destroyed. "
        "Destroy its copies in the backups of keys too.",
    )


def _tell(row: "GenerationStanding") -> None:
    mark = "✓" if row.is_kept and row.is_right else "✗"
    if not row.is_kept:
        found = ("不在密钥目录中", "not in the folder of keys")
    elif not row.is_right:
        found = ("与登记的校验值不符", "not the one that was registered")
    else:
        found = ("在，是原件", "there, and the right one")
    say(
        f"{mark} 第 {row.generation} 代（{row.suite}）：{found[0]}，用于 {row.uses} 把密钥",
        f"{mark} generation {row.generation} ({row.suite}): {found[1]}, wraps {row.uses} keys",
    )


def _tell_progress(moved: int) -> None:
    if moved % TOLD_EACH == 0:
        say(f"  已重新封装 {moved} 把", f"  {moved} keys moved")
