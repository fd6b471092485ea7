"""时限 · Due times counted twice: by the platform, and by hand."""

from collections import Counter

import click

from linli.config.bench._answer import answer, json_option, progress
from linli.config.bench._home import bench_home
from linli.config.bench._releases import marks_of

IN_CI = 10_000
SHOWN = 10


@click.command()
@click.option("--clocks", default=IN_CI, show_default=True, help="how many are counted")
@click.option("--release", is_flag=True, help="as many as a release needs")
@click.option("--seed", default=1, show_default=True, help="which limits, calendars and stops")
@json_option
def command(clocks: int, release: bool, seed: int, as_json: bool) -> None:
    """Count made-up clocks by the platform's rule and by an evaluation that shares no code.

    Limits in natural and working days, hours and minutes; extensions and stops; calendars with
    holidays, days worked instead and years without a notice; zones with summer time, the leap day
    and the turn of the year. Before them a table of 2019 to 2026, counted minute by minute and
    kept as data. tried, table: clocks. failed, failed_table: those whose end, or whose mark that a
    notice is missing, differs. Exit code 1 when any does.
    """
    with bench_home():
        from linli.config.bench._clocks_run import wrong  # noqa: PLC0415  # needs Django
        from linli.config.bench._clocks_table import table  # noqa: PLC0415  # needs Django

        calendar, entries = table()
        off = [entry.said for entry in entries if not entry.is_met(calendar)]
        count = marks_of("clocks")["clocks"] if release else clocks
        failed = list(wrong(count, seed=seed))
    for said in off[:SHOWN]:
        progress(said)
    for asked in failed[:SHOWN]:
        progress(f"{asked.limit} +{asked.extra} from {asked.start} {asked.days.zone}")
    by_unit = Counter(asked.limit.unit.value for asked in failed)
    figures = {"tried": count, "failed": len(failed), "seed": seed}
    figures |= {"table": len(entries), "failed_table": len(off)}
    figures |= {f"failed_{unit}": number for unit, number in sorted(by_unit.items())}
    answer(figures, as_json=as_json, is_good=not (failed or off))
