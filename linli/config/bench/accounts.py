"""账号 · Guesses at passwords, ways around the second step, and what hashing costs meanwhile."""

import click

from linli.config.bench._answer import answer, json_option
from linli.config.bench._home import bench_home
from linli.config.bench._system import System

IN_CI, AT_RELEASE = 500, 10_000
MOST_OF_A_CORE = 0.2


@click.command()
@click.option("--guesses", default=IN_CI, show_default=True, help="how many passwords are tried")
@click.option("--release", is_flag=True, help=f"{AT_RELEASE} guesses")
@click.option("--seed", default=1, show_default=True, help="which names, passwords and addresses")
@json_option
def command(guesses: int, release: bool, seed: int, as_json: bool) -> None:
    """Guess at passwords from many addresses, then try to get around the second step.

    tried: guesses, of known and unknown names, two thirds from addresses of their own. failed:
    guesses that opened a session. hashed: guesses that were looked at at all. hash_ms: processor
    milliseconds of one look. hash_share: processor time of the looks in the busiest minute, as a
    share of one core. web_share: processor time of all web processes over the whole run, likewise.
    bypasses_tried, bypasses_failed: ways around the second step, the reset link and the session.
    locked_out: whether the right password waits after the attack (1), as it must after 500.
    Exit code 1 when anything got in or hash_share is above 0.2.
    """
    with bench_home() as home:
        from linli.config.bench._accounts_run import measure  # noqa: PLC0415  # needs Django

        count = AT_RELEASE if release else guesses
        figures = measure(System(home, verbs=("web",)), guesses=count, seed=seed)
    is_open = count >= IN_CI and not figures["locked_out"]
    wrong = figures["failed"], figures["bypasses_failed"], is_open
    share = figures["hash_share"]
    is_slow = isinstance(share, float) and share > MOST_OF_A_CORE
    answer(figures, as_json=as_json, is_good=not any(wrong) and not is_slow)
