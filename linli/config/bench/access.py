"""权限 · Everybody before every door: who sees, finds, counts, exports and may do what."""

import os

import click

from linli.config.bench._answer import answer, json_option
from linli.config.bench._home import bench_home

IN_CI, AT_RELEASE = 20_000, 150_000


@click.command()
@click.option("--release", is_flag=True, help=f"all of it, {AT_RELEASE} cells at least")
@click.option("--predicate-only", is_flag=True, help="without the second wall, as the owner")
@click.option("--seed", default=1, show_default=True, help="which cases, and who is asked what")
@json_option
def command(release: bool, predicate_only: bool, seed: int, as_json: bool) -> None:
    """Ask as every role, in every relation to a case, at every route, and compare with the policy.

    A cell is one decision checked: one person, one route and method, one row. tried: cells, and
    tried_… those of each door. failed: the sum of leaks (shown, not granted), wrong_refusals
    (granted, not shown), not_absent (refused, but not as what does not exist) and errors (answers
    that are faults). Pages are asked as the web's role behind the second wall; with
    --predicate-only by the exact rule alone. combinations: of role, route, relation,
    confidentiality and state. Exit code 1 unless failed is 0 and tried reaches its mark.
    """
    with bench_home():
        from linli.config.bench._access_run import IN_CI as SMALL  # noqa: PLC0415  # needs Django
        from linli.config.bench._access_run import IN_FULL, measure  # noqa: PLC0415  # needs Django
        from linli.config.database.migrating import migrate  # noqa: PLC0415  # needs Django
        from linli.config.preparing import gather_static_files  # noqa: PLC0415  # needs Django

        migrate()
        gather_static_files()
        share = len(os.sched_getaffinity(0))
        size = IN_FULL if release else SMALL
        figures = measure(size, seed=seed, processes=share, is_walled=not predicate_only)
    wanted = AT_RELEASE if release else IN_CI
    tried = figures["tried"]
    is_enough = isinstance(tried, int) and tried >= wanted
    answer(figures, as_json=as_json, is_good=is_enough and not figures["failed"])
