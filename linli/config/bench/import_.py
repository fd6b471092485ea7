"""导入诉求 · A hotline's export read, understood and opened as cases, then once more."""

import click

from linli.config.bench._answer import answer, json_option
from linli.config.bench._home import bench_home


@click.command()
@click.option("--rows", default=10_000, show_default=True, help="rows of the export")
@click.option("--seed", default=1, show_default=True, help="which messages")
@json_option
def command(rows: int, seed: int, as_json: bool) -> None:
    """Measure `linli import` as a process of its own, from its start to its end.

    The export is the demo town's: mixed dates, some rows wrong on purpose, no two messages alike.
    rows: in the file. taken, refused: what came of them. seconds: of the first run, rows_per_s by
    it. peak_mb: most resident memory of the importing process, MB. again_s, again_taken: seconds
    and rows taken of a second run of the same file. faults: of the journal's chain afterwards.
    Exit code 1 unless all rows are accounted for, none is taken twice and the chain holds.
    """
    with bench_home() as home:
        from linli.config.bench._import_run import measure  # noqa: PLC0415  # needs Django

        figures = measure(home, rows=rows, seed=seed)
    is_whole = figures["taken"] == rows - int(str(figures["refused"]))
    is_good = is_whole and not (figures["again_taken"] or figures["faults"])
    answer(figures, as_json=as_json, is_good=is_good)
