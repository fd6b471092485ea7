"""备份 · Make, list, prove, prune and rehearse backups."""

import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linli.config import options
from linli.config.cli._speech import language, say
from linli.config.database import embedded
from linli.config.database.folders import linli_home
from linli.kernel.errors import Rejected

if TYPE_CHECKING:
    from linli.config.backup.source import Source
    from linli.config.backup.store import Store

key_option = click.option(
    "--key-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="密钥文件。The key; else LINLI_BACKUP_KEY, else LINLI_HOME/backup_key",
)
json_option = click.option("--json", "as_json", is_flag=True, help="one JSON object")
keep_option = click.option(
    "--keep", default=35, show_default=True, help="天数。Days of which any moment stays restorable"
)


@click.group(invoke_without_command=True)
@click.option("--full", is_flag=True, help="全量。A full set; else only what changed, where it can")
@click.pass_context
def command(context: click.Context, full: bool) -> None:
    """备份数据库、文件和密钥，加密并核验。Back up everything into an encrypted, proved set.

    Without a verb: make a set, full once a week, else of what changed. Exit code 1: nothing was
    made, and nothing half-made is left.
    """
    if context.invoked_subcommand is not None:
        return
    from linli.config.backup.keys import find_key, new_key_words
    from linli.config.backup.making import Maker
    from linli.kernel.clock import utc_now

    home = linli_home()
    with _source() as source:
        had_key = (home / "backup_key").exists()
        key = find_key(home, may_make=True)
        maker = Maker(_store(), source, key, home, say)
        made = maker.make(at=utc_now(), is_full=full)
    say(
        f"备份 {made.name} 已完成并核验，{made.size / 2**20:.1f} MB。",
        f"The set {made.name} is made and proved, {made.size / 2**20:.1f} MB.",
    )
    if not had_key and (home / "backup_key").exists():
        say(*new_key_words(home))


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """列出备份。List the sets, oldest first, and how far the log reaches."""
    from linli.config.backup.carrying import read_head
    from linli.config.backup.manifest import as_plain

    store = _store()
    manifests, head = store.manifests(None), read_head(store, None)
    until = head.at.isoformat() if head else None
    if as_json:
        sets = [as_plain(made) for made in manifests]
        click.echo(json.dumps({"folder": str(store.folder), "until": until, "sets": sets}))
        return
    for made in manifests:
        click.echo(f"{made.name}  {made.size / 2**20:8.1f} MB  PostgreSQL {made.server}")
    say(
        f"{store.folder}：{len(manifests)} 份，日志到 {until or '—'}。",
        f"{store.folder}: {len(manifests)} sets, log until {until or '—'}.",
    )


@command.command()
@click.argument("name", required=False)
@key_option
def verify(name: str | None, key_file: Path | None) -> None:
    """逐个读回核验。Read everything back, or one set; exit code 1 names what is damaged."""
    from linli.config.backup.checking import Checker
    from linli.config.backup.keys import find_key

    home, store = linli_home(), _store()
    checker = Checker(store, find_key(home, key_file=key_file), store.spool(home) / "check")
    faults = list(checker.faults(only=name))
    for fault in faults:
        click.echo(fault.message(language()))
    count = 1 if name else len(store.names())
    say(f"核验 {count} 份，问题 {len(faults)} 处。", f"{count} sets read, {len(faults)} faults.")
    sys.exit(1 if faults else 0)


@command.command()
@keep_option
@click.option("--dry-run", is_flag=True, help="只看。Only tell what would go")
@key_option
def prune(keep: int, dry_run: bool, key_file: Path | None) -> None:
    """删除旧备份。Remove sets that no moment of the days kept needs; the last chain stays."""
    from linli.config.backup import pruning
    from linli.config.backup.keys import find_key
    from linli.kernel.clock import utc_now

    store, key = _store(), find_key(linli_home(), key_file=key_file)
    plan = pruning.plan_pruning(store, key, keep=timedelta(days=keep), at=utc_now())
    for name in plan.sets:
        click.echo(name)
    if not dry_run:
        pruning.prune(store, plan)
    verb = ("将删除", "would go") if dry_run else ("已删除", "removed")
    say(
        f"{verb[0]}：备份 {len(plan.sets)} 份，日志 {len(plan.log)} 段。",
        f"{verb[1]}: {len(plan.sets)} sets, {len(plan.log)} segments of the log.",
    )


@command.command()
@json_option
@key_option
def rehearse(as_json: bool, key_file: Path | None) -> None:
    """演练恢复。Restore into an empty place, compare row by row with now, remove it again.

    Exit code 1 where a row differs.
    """
    from linli.config.backup.keys import find_key
    from linli.config.backup.rehearsing import Rehearser
    from linli.kernel.clock import utc_now

    home = linli_home()
    with _source() as source:
        key = find_key(home, key_file=key_file)
        told = (lambda zh, en: None) if as_json else say
        done = Rehearser(_store(), source, key, home, told).rehearse(at=utc_now())
    if as_json:
        click.echo(json.dumps(done.figures(), ensure_ascii=False))
    for line in done.differing:
        click.echo(line, err=True)
    if not as_json:
        say(
            f"演练：{done.tables} 张表 {done.rows} 行，不同 {len(done.differing)} 张；"
            f"恢复用时 {done.restored_s:.0f} 秒，日志落后 {done.log_age_text} 秒。",
            f"Rehearsed: {done.tables} tables, {done.rows} rows, {len(done.differing)} differ; "
            f"restored in {done.restored_s:.0f} s, the log was {done.log_age_text} s behind.",
        )
    sys.exit(0 if done.is_equal else 1)


@command.command()
@click.option("--every", default=24, show_default=True, help="小时。Hours between sets")
@keep_option
@click.option("--once", is_flag=True, help="一轮即止。One round only")
def watch(every: int, keep: int, once: bool) -> None:
    """持续备份：日志每 20 秒，备份每天。Keep backing up: the log every 20 s, a set each day."""
    from linli.config.backup.watching import Watch
    from linli.config.processes import end_with_parent

    end_with_parent()
    stop = threading.Event()
    for known in (signal.SIGINT, signal.SIGTERM):
        signal.signal(known, lambda *_: stop.set())
    with _source() as source:
        kept, between = timedelta(days=keep), timedelta(hours=every)
        told = lambda zh, en: click.echo(en if language() == "en" else zh, err=True)  # noqa: E731  # short
        Watch(_store(), source, linli_home(), told, between, kept).run(
            stop, rounds=1 if once else None
        )


def _store() -> "Store":
    from linli.config.backup.store import store_of

    return store_of(linli_home())


@contextmanager
def _source() -> Iterator["Source"]:
    """Have the embedded server for a block. Raises Rejected for a server of others."""
    from linli.config.backup.source import source_of

    if options.text("LINLI_DATABASE_URL"):
        raise Rejected(
            "linli backup 只备份内置数据库。LINLI_DATABASE_URL 所指的服务器请由其管理员用"
            "pgBackRest、Barman 或 pg_basebackup 备份，并另存 LINLI_HOME 与 LINLI_KEYS 中的文件。",
            "linli backup backs up the embedded server only. Have the keeper of the server in "
            "LINLI_DATABASE_URL use pgBackRest, Barman or pg_basebackup, and keep the files of "
            "LINLI_HOME and LINLI_KEYS as well.",
            field="LINLI_DATABASE_URL",
        )
    with embedded.serving(linli_home()) as server:
        yield source_of(server.folders)
