"""断电 · The power goes while Linli writes files of its own."""

import click

from linli.config.bench._answer import answer, json_option, progress
from linli.config.bench._home import bench_home
from linli.config.bench._releases import marks_of

IN_CI = 500
SHOWN = 10


@click.command()
@click.option("--cuts", default=IN_CI, show_default=True, help="how often the power goes")
@click.option("--release", is_flag=True, help="as often as a release needs")
@click.option("--seed", default=1, show_default=True, help="when it goes, and what is left")
@json_option
def command(cuts: int, release: bool, seed: int, as_json: bool) -> None:
    """Keep attachments, seals, master keys and secrets on a disk that loses its power.

    Whatever was not synced is there, in part, or not at all, by lot. tried: cuts. failed: things
    acknowledged and gone afterwards, or there in part. Exit code 1 when there is one. What
    PostgreSQL writes is its own care: `linli bench crash` kills it.
    """
    with bench_home():
        from linli.config.bench._powercut_run import cut_power  # noqa: PLC0415  # needs Django

        count = marks_of("powercut")["cuts"] if release else cuts
        outcome = cut_power(count, seed=seed)
    for fault in list(dict.fromkeys(outcome.faults))[:SHOWN]:
        progress(fault)
    figures = {"tried": outcome.cuts, "failed": len(outcome.faults), "seed": seed}
    answer(figures, as_json=as_json, is_good=not outcome.faults)
