"""破坏试验 · Small mistakes planted in a copy of the source; the tests must find them."""

import tempfile
from pathlib import Path

import click

from linli.config.bench._answer import Figures, answer, json_option
from linli.config.bench._sabotage_faults import read_faults, read_numbers
from linli.config.bench._sabotage_run import Copy, sabotage, working_tree

AT_ONCE = 2


@click.command()
@click.option("--only", metavar="AREA", help="one file of tests/sabotage, without .yaml")
@json_option
def command(only: str | None, as_json: bool) -> None:
    """Plant faults, one at a time, and run the tests that should find each.

    tried: faults planted. caught: those that failed a test. survived: those that failed none.
    unclear: those whose tests neither passed nor failed: they did not begin, or did not end.
    missed: the names of both. caught_percent: of those tried. Exit code 1 where fewer than 58 of
    60 were caught, or a whole run has fewer than 60. Needs the source as git has it, with what
    the tests need; works on copies of it, two at a time, and touches neither source nor data.
    A whole run takes some fifteen minutes on two cores.
    """
    numbers = read_numbers()
    root = working_tree()
    faults = [one for one in read_faults(root) if only in (None, one.area)]
    if not faults:
        raise click.BadParameter(f"there is no area {only}", param_hint="--only")
    with tempfile.TemporaryDirectory(prefix="linli-sabotage-") as folder:
        copies = [Copy(root, Path(folder) / str(number)) for number in range(AT_ONCE)]
        came = sabotage(faults, copies, longest_s=numbers.longest.value)
    missed = [one for one in came if one.fate != "caught"]
    caught = len(came) - len(missed)
    figures: Figures = {
        "tried": len(came),
        "caught": caught,
        "survived": sum(one.fate == "survived" for one in missed),
        "unclear": sum(one.fate == "unclear" for one in missed),
        "caught_percent": round(100 * caught / len(came), 1),
        "missed": [{"area": one.fault.area, "name": one.fault.name} for one in missed],
    }
    is_whole = only is not None or len(came) >= numbers.least_tried.value
    answer(
        figures, as_json=as_json, is_good=is_whole and numbers.is_enough(caught, tried=len(came))
    )
