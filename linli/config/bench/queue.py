"""队列 · Kill workers and the reaper while jobs run; nothing is lost, doubled or unseen."""

import click

from linli.config.bench._answer import answer, json_option
from linli.config.bench._home import bench_home
from linli.config.bench._releases import marks_of

MARKS = marks_of("queue")


@click.command()
@click.option("--kills", default=20, show_default=True, help="how many times to kill")
@click.option("--release", is_flag=True, help=f"{MARKS['kills']} kills")
@click.option("--seed", default=1, show_default=True, help="who falls when")
@json_option
def command(kills: int, release: bool, seed: int, as_json: bool) -> None:
    """Kill -9 workers and whoever frees dead workers' jobs, and freeze some beyond a lease.

    Jobs are ordinary ones, some that always fail, some that kill their own worker, some that last
    longer than a lease, some about a fact of a million characters. tried: jobs. failed: the sum of
    lost (neither done nor with a person), doubled (done twice), half (failed, and done in part),
    claimed_too_often (taken up more often than the cap), unseen (given up, and not on the page of
    failed jobs), and unrepaired: states of halfway.yaml that were planted and that their sweeper
    left. died_of_jobs: workers that jobs killed. retried_by_hand: jobs that fell with others until
    the cap, and that a person let begin anew over the page. Exit code 1 unless failed is 0.
    """
    with bench_home() as home:
        from linli.config.bench._queue_scene import measure_all  # noqa: PLC0415  # needs Django

        figures = measure_all(home, kills=MARKS["kills"] if release else kills, seed=seed)
    answer(figures, as_json=as_json, is_good=not figures["failed"])
