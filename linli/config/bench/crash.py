"""杀进程 · Kill parts at random; nothing may be lost or doubled."""

import click

from linli.config.bench._answer import answer, json_option
from linli.config.bench._home import bench_home
from linli.config.bench._system import System


@click.command()
@click.option("--kills", default=20, show_default=True, help="how many times to kill")
@click.option("--seed", default=1, show_default=True, help="which part falls when")
@json_option
def command(kills: int, seed: int, as_json: bool) -> None:
    """Kill -9 web, worker, PostgreSQL or an import, while messages, rows and dispatches go on.

    kills: done. acknowledged: posted messages, imported rows and dispatches answered with yes.
    lost, duplicated, half: of these and of what follows from them. longest_outage_s: seconds from
    a kill to the next acknowledged message. Exit code 1 unless the three are 0.
    """
    with bench_home() as home:
        from linli.config.bench._crash_run import measure  # noqa: PLC0415  # needs Django

        figures = measure(System(home), kills=kills, seed=seed)
    is_good = not (figures["lost"] or figures["duplicated"] or figures["half"])
    answer(figures, as_json=as_json, is_good=is_good)
