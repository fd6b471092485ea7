"""攻击公开数据 · Reckoning withheld counts back from made-up releases; none may be told closely."""

import click
import django

from linli.config.bench._answer import answer, json_option


@click.command()
@click.option("--tables", default=50, show_default=True, help="releases of one month attacked")
@click.option("--pairs", default=5, show_default=True, help="quarters attacked with their months")
@click.option("--least", default=10, show_default=True, help="the smallest count shown")
@click.option("--release", is_flag=True, help="1000 tables of a district, 100 quarters")
@click.option("--seed", default=1, show_default=True, help="which counts")
@json_option
def command(tables: int, pairs: int, least: int, release: bool, seed: int, as_json: bool) -> None:
    """Attack releases by linear programmes of their own, over what a reader of the page knows.

    tried: withheld counts attacked, alone and in pairs. exact: those of which one value alone is
    possible. narrow: those known closer than --least. failed: both. refused: releases that were
    not made since nothing would have been safe. shown_percent: of the counts of all releases made.
    unguarded_exact_percent: exact where small counts alone are withheld, of the first ten tables.
    seconds_per_table: processor seconds to make one. Exit code 1 unless failed is 0.
    """
    django.setup()  # no database: what is attacked is made up
    from linli.config.bench._figures_run import measure  # noqa: PLC0415  # needs Django

    sizes = ((3, 4, 8, 6),) if release else ((1, 2, 3, 2),)
    if release:
        tables, pairs = 1_000, 100
    figures = measure(tables=tables, pairs=pairs, least=least, sizes=sizes, seed=seed)
    answer(figures, as_json=as_json, is_good=not figures["failed"])
