"""导入诉求 · Take in the messages of a hotline's export."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linli.config.cli._database import database
from linli.config.cli._speech import say

if TYPE_CHECKING:
    from linli.config.importing import ImportTally
    from linli.domain.needs.services import Export, ImportedBatch

SOME_REFUSED = 2
MOST_REASONS = 5
file_type = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("file", type=file_type)
@click.option("--mapping", "-m", required=True, type=file_type, help="列与词的对应表。YAML.")
@click.option(
    "--errors", type=click.Path(path_type=Path), help="未收的行写到哪里。For refused rows."
)
def command(file: Path, mapping: Path, errors: Path | None) -> None:
    """导入热线导出的 CSV 或 XLSX。Take in a hotline's export; a second run takes nothing twice.

    Exit code 0: every row is in; 2: some rows were refused; 1: nothing could be done.
    """
    errors = errors or file.with_name(f"{file.name}.errors.csv")
    with database("web"):
        from linli.config.importing import import_file, load_mapping
        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.kernel.clock import utc_now

        bar = _Bar()
        tally = import_file(
            file,
            load_mapping(mapping),
            actor=SYSTEM_ACTOR,
            at=utc_now(),
            errors=errors,
            began=bar.begin,
            done=bar.step,
        )
        bar.end()
    _tell(tally, errors)
    sys.exit(SOME_REFUSED if tally.refused else 0)


class _Bar:
    """A progress bar on a terminal, a line now and then elsewhere."""

    def __init__(self) -> None:
        self._read = 0
        self._expected = 0

    def begin(self, export: "Export") -> None:
        self._expected = export.expected
        if export.unlisted:
            words = "、".join(export.unlisted)
            say(
                f"没有标准列出这些诉求类型：{words}。这些行的类型由系统识别。",
                f"No standard lists these petition types: {words}. Those rows get theirs read.",
            )

    def step(self, batch: "ImportedBatch") -> None:
        self._read += batch.read
        say(f"已读 {self._read} 行……", f"{self._read} rows read …")

    def end(self) -> None:
        pass


def _tell(tally: "ImportTally", errors: Path) -> None:
    say(
        f"读 {tally.read} 行：收 {tally.taken}，已有 {tally.known}，未收 {tally.refused}；"
        f"{tally.seconds:.1f} 秒，每秒 {tally.rows_per_s:.0f} 行。",
        f"{tally.read} rows read: {tally.taken} taken, {tally.known} already known, "
        f"{tally.refused} refused; {tally.seconds:.1f} s, {tally.rows_per_s:.0f} rows/s.",
    )
    for kind, count in tally.reasons.most_common(MOST_REASONS):
        say(f"  {count} × {tally.told[kind][0]}", f"  {count} × {tally.told[kind][1]}")
    if tally.refused:
        say(f"未收的行和原因见 {errors}。", f"Refused rows and reasons: {errors}.")
