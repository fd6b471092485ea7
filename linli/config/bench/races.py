"""抢办 · Every command of the case engine by many at once; each history must be a serial one."""

import click

from linli.config.bench._answer import answer, json_option
from linli.config.bench._home import bench_home
from linli.config.bench._releases import marks_of

MARKS = marks_of("races")
IN_CI = 2_000


@click.command()
@click.option("--races", default=IN_CI, show_default=True, help="how often 16 commands meet")
@click.option("--release", is_flag=True, help=f"{MARKS['races']} races")
@click.option("--seed", default=1, show_default=True, help="which commands meet")
@json_option
def command(races: int, release: bool, seed: int, as_json: bool) -> None:
    """Let 16 threads, each with its own connection, act on the same cases at one moment.

    tried: commands, drawn from all that change a case, one in four with a key that another thread
    sends too. services: such commands there are; services_never: those that never took effect.
    failed: the sum of what no serial order explains. lost_updates: answered with yes and not in
    the history, or in the history and not in the case; double_dispatch, closed_before_parts,
    closed_twice; keys_twice; refused_but_done; gap and not_allowed: of the history told again by
    the standard; twice, half: as of bench crash; errors: answers that are none. Exit code 1 unless
    failed is 0, and services_never is 0 from 2,000 races on.
    """
    with bench_home():
        from linli.config.bench._races_run import measure  # noqa: PLC0415  # needs Django

        figures = measure(races=MARKS["races"] if release else races, seed=seed)
    is_whole = races < IN_CI or not figures["services_never"]
    answer(figures, as_json=as_json, is_good=not figures["failed"] and is_whole)
