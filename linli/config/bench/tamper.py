"""篡改流水 · Edits of the journal by whoever owns the database; each must be found and named."""

import os

import click

from linli.config.bench._answer import answer, json_option
from linli.config.bench._home import bench_home

PACE_WANTED = 150_000


@click.command()
@click.option("--edits", default=50, show_default=True, help="how many edits are tried")
@click.option("--rows", default=0, show_default=True, help="rows to time a whole check on")
@click.option("--processes", default=0, help="that check; 0 for one a core")
@click.option("--release", is_flag=True, help="1000 edits, 1000000 rows")
@click.option("--seed", default=1, show_default=True, help="which edits, where")
@json_option
def command(edits: int, rows: int, processes: int, release: bool, seed: int, as_json: bool) -> None:
    """Change, delete, insert, swap, cut, put back, forge heads and seals, set the clock back.

    tried: edits, each on an untouched journal. failed: those not found, or whose row or seal was
    not named. rows_per_s: of a check of the whole journal against its seals. cpu_us_per_row:
    processor microseconds of it, outside the server. Exit code 1 unless failed is 0, and
    rows_per_s is 150,000 at least where it is measured.
    """
    if release:
        edits, rows = 1_000, 1_000_000
    with bench_home() as home:
        from linli.config.bench._tamper_run import measure  # noqa: PLC0415  # needs Django
        from linli.config.bench._tamper_scene import Scene  # noqa: PLC0415  # needs Django
        from linli.config.database.migrating import migrate  # noqa: PLC0415  # needs Django

        migrate()
        share = processes or len(os.sched_getaffinity(0))
        figures = measure(Scene(home), edits=edits, seed=seed, rows=rows, processes=share)
    pace = figures.get("rows_per_s", PACE_WANTED)
    is_fast = isinstance(pace, int | float) and pace >= PACE_WANTED
    answer(figures, as_json=as_json, is_good=not figures["failed"] and is_fast)
