"""杀进程 · Kill parts at random; nothing may be lost or doubled."""

import click

from linli.config.bench._answer import Figures, answer, json_option
from linli.config.bench._home import bench_home
from linli.config.bench._releases import marks_of
from linli.config.bench._system import System

MARKS = marks_of("crash")


@click.command()
@click.option("--kills", default=20, show_default=True, help="how many times to kill")
@click.option(
    "--release",
    is_flag=True,
    help=f"{MARKS['kills']} kills, {MARKS['kills_of_postgres']} of PostgreSQL at least, "
    f"{MARKS['acknowledged']} acts acknowledged",
)
@click.option("--seed", default=1, show_default=True, help="which part falls when")
@json_option
def command(kills: int, release: bool, seed: int, as_json: bool) -> None:
    """Kill -9 web, worker, PostgreSQL or an import, while residents, rows and staff go on.

    kills, kills_of_postgres: done, one in five of PostgreSQL at least. tried, acknowledged: posted
    messages, imported rows and acts of staff answered with yes; acts_of_staff: dispatches, answers,
    follow-ups, routes and links of them, over the desk and the API, each asked again with its key
    where no answer came. acts_refused: answered with no, for another was faster or a part is open.
    failed: the sum of lost, duplicated and half, of these and of what follows from them.
    longest_outage_s: seconds from a kill to the next acknowledged message. Exit code 1 unless
    failed is 0, and at a release all marks are reached.
    """
    with bench_home() as home:
        from linli.config.bench._crash_run import Wanted, measure  # noqa: PLC0415  # needs Django

        wanted = Wanted(kills, kills // 5)
        if release:
            wanted = Wanted(MARKS["kills"], MARKS["kills_of_postgres"], MARKS["acknowledged"])
        figures = measure(System(home), wanted, seed=seed)
    is_good = not figures["failed"] and (not release or _reaches(figures))
    answer(figures, as_json=as_json, is_good=is_good)


def _reaches(figures: Figures) -> bool:
    """Whether the marks of a release are reached."""
    least = ("kills", "kills_of_postgres", "acknowledged")
    is_enough = all(float(str(figures[name])) >= MARKS[name] for name in least)
    return is_enough and float(str(figures["longest_outage_s"])) <= MARKS["longest_outage_s"]
