"""办理 · What one command on a case costs, and the list of what waits."""

import click

from linli.config.bench._answer import answer, json_option
from linli.config.bench._home import bench_home
from linli.config.bench._releases import marks_of

IN_CI = 20_000
ROUNDS = 30


@click.command()
@click.option("--cases", default=IN_CI, show_default=True, help="open items among which is listed")
@click.option("--rounds", default=ROUNDS, show_default=True, help="how often each command is sent")
@click.option("--release", is_flag=True, help="among as many open items as a release needs")
@click.option("--seed", default=1, show_default=True, help="which items, due when")
@json_option
def command(cases: int, rounds: int, release: bool, seed: int, as_json: bool) -> None:
    """Measure each command of the case engine, and the desk's list of 50 among open items.

    As the web's role behind the second wall, on the embedded database. For each command:
    `_ms` median and `_p95_ms` in milliseconds, `_questions` SQL statements at most (BEGIN and
    COMMIT aside). unit_list, role_list: the same of the first 50 items that wait for a unit, and
    for a role. missed: how many figures miss their marks. Exit code 1 when any does.
    """
    with bench_home():
        from linli.config.bench._work_run import measure  # noqa: PLC0415  # needs Django

        marks = marks_of("work")
        items = marks["items"] if release else cases
        figures = measure(items=items, rounds=rounds, seed=seed, marks=marks)
    answer(figures, as_json=as_json, is_good=not figures["missed"])
