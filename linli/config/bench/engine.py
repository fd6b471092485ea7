"""流程引擎 · Random commands on made-up standards, against a second telling of what they mean."""

from dataclasses import asdict

import click

from linli.config.bench._answer import answer, json_option, progress
from linli.config.bench._home import bench_home
from linli.config.bench._releases import marks_of

IN_CI = 200


@click.command()
@click.option("--runs", default=IN_CI, show_default=True, help="how many standards are made up")
@click.option("--release", is_flag=True, help="as many as a release needs")
@click.option("--seed", default=1, show_default=True, help="which standards and commands")
@json_option
def command(runs: int, release: bool, seed: int, as_json: bool) -> None:
    """Run a case of each made-up standard by random commands of random people.

    Ways on and back, rule rows, joint work, parts, more time, stops, deferral, other versions and
    back, the wrong person, and commands sent twice. After each the rows are held against a model
    that shares no rule with the engine: stage, round, open work, an event for each change, each
    join once, no whole closed before its parts, no due time moved silently. tried: runs. failed:
    those that went otherwise. Exit code 1 when any does.
    """
    with bench_home():
        from linli.config.bench._engine_cast import cast_of  # noqa: PLC0415  # needs Django
        from linli.config.bench._engine_run import drive  # noqa: PLC0415  # needs Django
        from linli.config.bench._ground import lay_ground  # noqa: PLC0415  # needs Django
        from linli.kernel.clock import utc_now  # noqa: PLC0415  # needs Django

        count, at = marks_of("engine")["runs"] if release else runs, utc_now()
        progress("laying the ground")
        cast = cast_of(lay_ground(at=at), at=at)
        tally = drive(cast, runs=count, seed=seed, at=at, tell=progress)
    figures = asdict(tally)
    figures |= {"tried": figures.pop("runs"), "failed": figures.pop("wrong"), "seed": seed}
    answer(figures, as_json=as_json, is_good=not figures["failed"])
