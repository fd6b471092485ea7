"""身份库 · Names and telephone numbers sealed, found, opened, and the master key changed."""

import click

from linli.config.bench._answer import answer, json_option
from linli.config.bench._home import bench_home


@click.command()
@click.option("--people", default=10_000, show_default=True, help="persons that are sealed")
@click.option("--suite", type=click.Choice(["intl", "gm"]), default="intl", show_default=True)
@click.option("--release", is_flag=True, help="1,000,000 persons")
@click.option("--seed", default=1, show_default=True, help="which persons")
@json_option
def command(people: int, suite: str, release: bool, seed: int, as_json: bool) -> None:
    """Measure the identity vault through its services, on a database of its own.

    sealed_per_s: persons (two fields and a blind index each) by hundreds, as an import does.
    one_by_one_per_s: persons one a transaction, as a page does. opened_per_s: looks, each with
    its row in the journal. found_per_s: look-ups of a number. moved_per_s: keys wrapped anew by a
    rotation. verified_per_s: persons opened by `linli keys check --open-all`. erased_per_s:
    persons erased. seal_us, open_us: one field in the program alone, microseconds of CPU.
    bytes_per_person: of tables and indexes. tried, failed: values compared with what was planted,
    tampered ones included; every tampered one must stay shut.
    Exit code 1 unless failed is 0.
    """
    count = 1_000_000 if release else people
    with bench_home() as home:
        from linli.config.bench._vault_run import measure  # noqa: PLC0415  # needs Django

        figures = measure(home, people=count, suite=suite, seed=seed)
    answer(figures, as_json=as_json, is_good=figures["failed"] == 0)
