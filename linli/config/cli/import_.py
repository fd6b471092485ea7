"""导入诉求 · Take in the messages of a hotline's export."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linli.config.cli._database import database
from linli.config.cli._speech import language, say

if TYPE_CHECKING:
    from linli.config.importing import ImportTally
    from linli.domain.needs.services import Export, ImportedBatch

NOTHING_DONE, SOME_REFUSED = 1, 2
MOST_REASONS = 8
ROWS_A_LINE = 1000
file_type = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("file", type=file_type)
@click.option(
    "--mapping",
    "-m",
    required=True,
    type=file_type,
    help="列与词的对应表。Columns and words, YAML.",
)
@click.option(
    "--errors",
    type=click.Path(path_type=Path, dir_okay=False),
    help="未收的行写到这里，默认在原文件旁。For refused rows; beside FILE unless given.",
)
@click.option("--dry-run", is_flag=True, help="只检查，不写入。Check only, write nothing.")
def command(file: Path, mapping: Path, errors: Path | None, dry_run: bool) -> None:
    """导入热线导出的 CSV 或 XLSX，重复导入不会重复收件。Take in a hotline's export.

    CSV in UTF-8 or GB18030, XLSX, or either packed with gzip. What is right goes in, in batches;
    what is not is written down with its reason. A second run takes nothing twice.

    Exit code 0: every row is in. 2: some rows were refused. 1: nothing could be done.
    """
    errors = errors or file.with_name(f"{file.name}.errors.csv")
    if errors.resolve() in {file.resolve(), mapping.resolve()}:
        raise click.BadParameter("would overwrite what is read", param_hint="--errors")
    with database("web"):
        from linli.config.importing import import_file, load_mapping
        from linli.config.walling import walled
        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.kernel.clock import utc_now

        with walled(), _Progress() as progress:
            tally = import_file(
                file,
                load_mapping(mapping),
                actor=SYSTEM_ACTOR,
                at=utc_now(),
                errors=errors,
                is_trial=dry_run,
                began=progress.begin,
                done=progress.step,
            )
    _tell(tally, errors, is_trial=dry_run)
    if tally.refused:
        sys.exit(SOME_REFUSED if tally.taken or tally.known else NOTHING_DONE)


class _Progress:
    """A bar on a terminal, elsewhere a line now and then; on standard error."""

    def __init__(self) -> None:
        self._read = 0
        self._bar = click.progressbar(length=0, file=sys.stderr)

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *ended: object) -> None:
        if sys.stderr.isatty():
            self._bar.render_finish()

    def begin(self, export: "Export") -> None:
        self._bar.length = export.expected
        if export.unlisted:
            words = "、".join(export.unlisted)
            _note(
                f"没有标准列出这些诉求类型：{words}。这些行的类型由系统识别。",
                f"No standard lists these petition types: {words}. Those rows get theirs read.",
            )

    def step(self, batch: "ImportedBatch") -> None:
        before, self._read = self._read, self._read + batch.read
        if sys.stderr.isatty():
            self._bar.update(batch.read)
        elif before // ROWS_A_LINE != self._read // ROWS_A_LINE:
            _note(f"已读 {self._read} 行……", f"{self._read} rows read …")


def _note(zh: str, en: str) -> None:
    click.echo(en if language() == "en" else zh, err=True)


def _tell(tally: "ImportTally", errors: Path, *, is_trial: bool) -> None:
    say(
        f"读 {tally.read} 行：{'可收' if is_trial else '收'} {tally.taken}，"
        f"已有 {tally.known}，未收 {tally.refused}；"
        f"{tally.seconds:.1f} 秒，每秒 {tally.rows_per_s:.0f} 行。",
        f"{tally.read} rows read: {tally.taken} {'would be ' if is_trial else ''}taken, "
        f"{tally.known} already known, {tally.refused} refused; "
        f"{tally.seconds:.1f} s, {tally.rows_per_s:.0f} rows/s.",
    )
    for kind, count in tally.reasons.most_common(MOST_REASONS):
        zh, en = tally.told[kind]
        say(f"  {count} 处，如{zh}", f"  {count} like {en}")
    if tally.refused:
        say(
            f"未收的行和原因写在 {errors}，改正后可直接再导入。",
            f"Refused rows and reasons are in {errors}.",
        )
    if is_trial:
        say("只做了检查，什么也没有写入。", "This was a check; nothing was written.")
