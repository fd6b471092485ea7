"""恢复演练 · Backups made under writes, restored, compared row by row, and broken on purpose."""

import click

from linli.config.bench._answer import answer, json_option
from linli.config.bench._home import bench_home


@click.command()
@click.option("--cases", default=20_000, show_default=True, help="cases already stored")
@click.option("--rehearsals", default=3, show_default=True, help="restores compared row by row")
@click.option("--damages", default=100, show_default=True, help="broken files, one at a time")
@click.option("--seconds", default=70.0, show_default=True, help="of writes with the log kept")
@click.option("--seed", default=1, show_default=True, help="which messages and damages")
@json_option
def command(
    cases: int, rehearsals: int, damages: int, seconds: float, seed: int, as_json: bool
) -> None:
    """Measure backup and restore of a filled town on the embedded server.

    database_mb: of the server. full_s, full_mb: of the full set, proof included; step_s, step_mb:
    slowest and largest incremental one. rpo_s: greatest age of the log's backup, seen ten times a
    second while messages come in. rehearsals_tried, _failed: now, restored and compared with all
    rows; moments_tried, _failed: a moment between two messages, restored, exactly those before it
    are there. rto_s: slowest of all, from nothing to a server that answers. damages_tried, _failed:
    refused by the name of the file, or not. Exit code 1 unless nothing failed, rpo_s ≤ 60 and
    rto_s ≤ 600.
    """
    with bench_home() as home:
        from linli.config.bench._restore_run import Size, measure  # noqa: PLC0415  # needs Django

        size = Size(cases, rehearsals, damages, seconds)
        figures = measure(home, size, seed=seed)
    failed = [figures[f"{name}_failed"] for name in ("rehearsals", "moments", "damages")]
    is_good = not any(failed) and figures["rpo_s"] <= 60 and figures["rto_s"] <= 600
    answer(figures, as_json=as_json, is_good=is_good)
