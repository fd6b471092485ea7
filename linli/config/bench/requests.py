"""乱投 · Thousands of bad requests to every address: none may break, tell, run or leave halves."""

import os

import click

from linli.config.bench._answer import answer, json_option
from linli.config.bench._home import bench_home
from linli.config.bench._releases import marks_of

MARKS = marks_of("requests")
IN_CI = 5_000


@click.command()
@click.option("--requests", default=IN_CI, show_default=True, help="how many are sent")
@click.option("--release", is_flag=True, help=f"{MARKS['requests']} requests")
@click.option("--seed", default=1, show_default=True, help="what is written where, by whom")
@json_option
def command(requests: int, release: bool, seed: int, as_json: bool) -> None:
    """Send what harms, or is wrong, to every route and method, as everybody; all of it is kept.

    Payloads stand in forms, files, queries, addresses, headers and JSON bodies made from the API's
    description. tried: requests. failed: the sum of five_hundreds; traces (of the program, SQL
    or secrets in an answer); executable (markup of a payload that came back as markup); formulas
    (cells of exports that would be reckoned); headers (a header or address set by a payload);
    not_problems (errors of the API in another shape); slow (over 2 s); broken (what does not hold
    of cases and journal after each 1,000). payloads_never, targets_never: not sent yet. taken: bad
    forms and messages that changed something. echoed: answers with a payload's mark in them. Exit
    code 1 unless failed is 0, and the two of never are 0 from 5,000 requests on.
    """
    with bench_home():
        from linli.config.bench._requests_run import measure  # noqa: PLC0415  # needs Django
        from linli.config.database.migrating import migrate  # noqa: PLC0415  # needs Django
        from linli.config.preparing import gather_static_files  # noqa: PLC0415  # needs Django

        migrate()
        gather_static_files()
        count = MARKS["requests"] if release else requests
        figures = measure(requests=count, seed=seed, processes=len(os.sched_getaffinity(0)))
    is_whole = requests < IN_CI or not (figures["payloads_never"] or figures["targets_never"])
    answer(figures, as_json=as_json, is_good=not figures["failed"] and is_whole)
