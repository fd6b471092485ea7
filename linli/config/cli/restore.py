"""恢复 · Bring back an installation as it was at a moment, into an empty place."""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from linli.config import options
from linli.config.cli._database import database
from linli.config.cli._speech import say
from linli.config.database.folders import linli_home
from linli.kernel.errors import Rejected

path_type = click.Path(path_type=Path)


@click.command()
@click.option("--to", "moment", default="latest", show_default=True, help="时刻。ISO time, latest")
@click.option(
    "--from", "place", type=path_type, help="备份目录或其中一份。Folder of backups, a set"
)
@click.option("--into", type=path_type, required=True, help="空目录。An empty LINLI_HOME")
@click.option("--key-file", type=path_type, help="密钥文件。The key; else as linli backup")
def command(moment: str, place: Path | None, into: Path, key_file: Path | None) -> None:
    """把某一时刻的数据恢复到空目录。Restore a moment into an empty place, then check it.

    A time without zone is of LINLI_TIME_ZONE. Exit code 1: refused, nothing left behind;
    2: restored, and a check afterwards found something.
    """
    from linli.config.backup.keys import find_key
    from linli.config.backup.planning import Target, plan_restore
    from linli.config.backup.restoring import Restorer
    from linli.config.backup.store import find_store, store_of

    home = linli_home()
    key = find_key(home, key_file=key_file)
    store, set_name = find_store(place if place else store_of(home).folder)
    target = Target(moment=_moment(moment))
    plan = plan_restore(store, key, target, set_name=set_name)
    into = into.expanduser().absolute()
    seconds = Restorer(plan, key, into, say).restore()
    if key_file is not None:
        _keep_key(key_file, into)
    until = target.moment or plan.covered_until
    say(
        f"已恢复到 {until.isoformat()}，用时 {seconds:.0f} 秒：{into}。",
        f"Restored to {until.isoformat()} in {seconds:.0f} s: {into}.",
    )
    sys.exit(0 if _is_well(into) else 2)


def _moment(text: str) -> datetime | None:
    if text == "latest":
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Rejected(
            f"“{text}”不是时刻。请写成 2026-11-24T13:05:00 或 latest。",
            f"{text!r} is no moment. Write 2026-11-24T13:05:00, or latest.",
            field="--to",
        ) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(options.text("LINLI_TIME_ZONE")))
    return moment


def _keep_key(key_file: Path, home: Path) -> None:
    shutil.copyfile(key_file, home / "backup_key")
    (home / "backup_key").chmod(0o600)


def _is_well(home: Path) -> bool:
    """Look whether the tables are of this version and the journal's chain holds."""
    os.environ["LINLI_HOME"] = str(home)
    os.environ.pop("LINLI_DATABASE_URL", None)
    with database("owner", with_tables=False):
        from linli.config.database.migrating import pending

        waiting = pending()
        if waiting:
            say(
                f"{len(waiting)} 个迁移未执行。请执行 linli migrate，再执行 linli audit verify。",
                f"{len(waiting)} migrations wait. Run linli migrate, then linli audit verify.",
            )
            return False
        checked = subprocess.run(
            [sys.executable, "-m", "linli.config.cli", "audit", "verify"],
            env={**os.environ, "LINLI_ROLE": "audit"},
            check=False,
        )
    return checked.returncode == 0
