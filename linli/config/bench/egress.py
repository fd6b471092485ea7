"""外联 · Addresses that lead inside, tried at the door through which others are called."""

import logging

import click

from linli.config.bench._answer import answer, json_option, progress
from linli.config.bench._egress_run import attack

IN_CI, AT_RELEASE = 60, 300


@click.command()
@click.option("--kinds", default=IN_CI, show_default=True, help="how many addresses are tried")
@click.option("--release", is_flag=True, help=f"{AT_RELEASE} kinds")
@click.option("--seed", default=1, show_default=True, help="which kinds, in which order")
@json_option
def command(kinds: int, release: bool, seed: int, as_json: bool) -> None:
    """Call hostile addresses whose host somebody listed by mistake, with a lying name server.

    tried: kinds of address. families: how many families they are of. failed: kinds that opened a
    connection to what is not public, or that came back with an answer. trapped: requests at a
    server of this machine that nobody may reach, also by a proxy of the environment.
    controls_failed: honest calls that did not go to their one address. Exit code 1 when anything
    failed. Needs neither a database nor a network.
    """
    logging.getLogger("linli.egress").setLevel(logging.ERROR)
    outcome = attack(AT_RELEASE if release else kinds, seed=seed)
    for kind in outcome.failed:
        progress(f"{kind.name}: {kind.url!r} {kind.answers}")
    figures = {
        "tried": sum(outcome.tried.values()),
        "families": len(outcome.tried),
        "failed": len(outcome.failed),
        "trapped": outcome.trapped,
        "controls_failed": outcome.controls_failed,
        "seed": seed,
    }
    wrong = outcome.failed or outcome.trapped or outcome.controls_failed
    answer(figures, as_json=as_json, is_good=not wrong)
