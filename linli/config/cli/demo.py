"""演示主线工作 · Play the main job: messages in, read, dispatched by duty, summed up."""

import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linli.config import options
from linli.config.cli._database import database
from linli.config.cli._speech import language, say
from linli.config.database.folders import linli_home
from linli.config.demo import SAMPLES
from linli.kernel.errors import Rejected

if TYPE_CHECKING:
    from linli.config.demo.play import Played

ROOT = Path(__file__).resolve().parents[3]
# Real messages that lie beside the project on some machines; none of them is part of it.
REAL = ROOT.parent / "shared" / "data" / "demands" / "dev.csv.gz"
TOLD_EACH = 500
file_type = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("files", nargs=-1, type=file_type)
@click.option("--mapping", "-m", type=file_type, help="列与词的对应表。YAML for the files.")
def command(files: tuple[Path, ...], mapping: Path | None) -> None:
    """演示主线工作，从空库开始，演完退出。Begin from an empty database, play, sum up, end.

    Each FILE is a hotline's export; without one, the sample of this project. It plays in a home
    of its own, so that a running town is left alone.
    """
    _move_to_own_home()
    with database("owner", with_tables=False):
        from linli.config.demo.ground import lay
        from linli.kernel.clock import utc_now

        began = time.monotonic()
        lay(linli_home(), say, at=utc_now())
        for file in files or _at_hand():
            _play(file, mapping, at=utc_now())
        seconds = time.monotonic() - began
        say(f"\n完成，用时 {seconds:.0f} 秒。", f"\nDone in {seconds:.0f} s.")


def _at_hand() -> Iterator[Path]:
    yield SAMPLES / "hotline.csv"
    if REAL.is_file():
        yield REAL
    else:
        say(
            f"\n没有 {REAL.name}，略过真实数据。",
            f"\nNo {REAL.name} here; real messages are skipped.",
        )


def _play(file: Path, mapping: Path | None, *, at: datetime) -> None:
    from linli.config.demo.mappings import mapping_for
    from linli.config.demo.play import play_file
    from linli.config.demo.rows import write_rows

    chosen = mapping or mapping_for(file, folder=SAMPLES)
    say(f"\n{file.name}（对应表 {chosen.name}）……", f"\n{file.name} by {chosen.name} …")
    played = play_file(file, chosen, at=at, progress=_tell_progress)
    _tell(played)
    rows = linli_home() / f"{file.name.partition('.')[0]}.outcome.csv"
    write_rows(played.fates, path=rows)
    say(f"\n每一件的结果和原因：{rows}", f"\nOutcome and reason of each case: {rows}")


def _tell_progress(done: int, total: int) -> None:
    if done % TOLD_EACH == 0 or done == total:
        say(f"受理台已处理 {done} / {total} 件", f"{done} of {total} cases seen at the desk")


def _tell(played: "Played") -> None:
    from django.utils import timezone

    from linli.config.demo.summary import text_of

    tally, at = played.tally, timezone.localtime(played.at)
    say(
        f"读 {tally.read} 行：收 {tally.taken}，已有 {tally.known}，未收 {tally.refused}；"
        f"每秒 {tally.rows_per_s:.0f} 行。演示时刻 {at:%Y-%m-%d %H:%M}。",
        f"{tally.read} rows read: {tally.taken} taken, {tally.known} already known, "
        f"{tally.refused} refused; {tally.rows_per_s:.0f} rows/s. "
        f"Played at {at:%Y-%m-%d %H:%M}, local time.",
    )
    for table in played.tables:
        click.echo(text_of(table, lang=language()))
    for zh, en in played.remarks:
        say(f"\n{zh}", f"\n{en}")


def _move_to_own_home() -> None:
    """Move to the demo's home. Raises Rejected where a server of others is named."""
    if options.text("LINLI_DATABASE_URL"):
        raise Rejected(
            "演示会清空它的数据库，只在内置数据库上运行。请去掉 LINLI_DATABASE_URL。",
            "The demo empties its database and runs on the embedded one only. "
            "Unset LINLI_DATABASE_URL.",
        )
    os.environ["LINLI_HOME"] = str(linli_home() / "demo")
