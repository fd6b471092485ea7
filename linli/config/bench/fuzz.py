"""解析模糊测试 · Every reader of foreign bytes, fed what nobody would write."""

import click

from linli.config.bench._answer import Figure, Figures, answer, json_option, progress
from linli.config.bench._fuzz_lanes import fuzz_all, keep, listed, shared_out
from linli.config.bench._fuzz_target import Outcome
from linli.config.bench._releases import marks_of
from linli.config.bench._sabotage_run import working_tree

IN_CI = 100_000
AT_ONCE = 2


@click.command()
@click.option("--inputs", default=IN_CI, show_default=True, help="how many are made in all")
@click.option("--release", is_flag=True, help="as many as a release needs")
@click.option("--only", metavar="PARSER", multiple=True, help="these parsers alone")
@click.option("--seed", default=1, show_default=True, help="which inputs are made")
@json_option
def command(inputs: int, release: bool, only: tuple[str, ...], seed: int, as_json: bool) -> None:
    """Feed each parser inputs made of sound ones, cut, spliced and with hostile pieces put in.

    What comes of an input, and which lines of ours it runs, says whether others are made of it.
    A parser may give a value or an error that it names itself; anything else, more than a second
    of work, or more than 512 MiB held, fails. An input that fails is kept in tests/fuzz/corpus,
    as short as was found, and is tried first by every later run and by the tests.

    tried: inputs. failed: of these, those neither read nor refused. parsers: the same for each,
    with how many gave a value (read) and how many were built on (kept). Exit code 1 when any
    failed or fewer were tried than asked for. Needs the source as git has it, no database.
    """
    root = working_tree()
    parsers = [one for one in listed(root) if not only or one.name in only]
    if len(parsers) < len(set(only)) or not parsers:
        raise click.BadParameter("there is no such parser", param_hint="--only")
    count = marks_of("fuzz")["inputs"] if release else inputs
    came = []
    for outcome in fuzz_all(shared_out(parsers, count), root=root, seed=seed, at_once=AT_ONCE):
        came.append(outcome)
        progress(f"{outcome.name}: {outcome.tried} tried, {outcome.failed} failed")
        for finding in outcome.findings:
            path = keep(outcome.name, finding, root)
            progress(f"  {finding.kind} at {finding.where or '?'}: {path.relative_to(root)}")
    tried, failed = sum(one.tried for one in came), sum(one.failed for one in came)
    figures: Figures = {
        "tried": tried,
        "failed": failed,
        "seed": seed,
        "parsers": [_told(one) for one in came],
    }
    answer(figures, as_json=as_json, is_good=not failed and tried >= count * 0.99)


def _told(one: Outcome) -> dict[str, Figure]:
    return {
        "parser": one.name,
        "tried": one.tried,
        "failed": one.failed,
        "read": one.read,
        "kept": one.kept,
        "seconds": one.seconds,
    }
