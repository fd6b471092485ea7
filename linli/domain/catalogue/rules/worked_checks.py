"""Whether worked examples fit the standards that they show."""

from collections.abc import Iterator, Mapping, Sequence

from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.shape import Placed
from linli.domain.catalogue.rules.stage import CLOSED
from linli.domain.catalogue.rules.standard import StandardDef
from linli.domain.catalogue.rules.worked import WorkedDef, wall_time
from linli.domain.catalogue.rules.yaml_tree import Tree

TAKES_A_WAY = frozenset({"complete", "rule"})


def worked_problems(
    placed: Sequence[tuple[Tree, Placed[WorkedDef]]],
    standards: Mapping[str, StandardDef],
    known: frozenset[str],
    matters: frozenset[str],
) -> Iterator[Problem]:
    """Examples of standards or matters that there are not, or that cannot happen as written.

    Parameters
    ----------
    standards : those of the pack itself, by code. known : codes of all.
    matters : codes of all matters that may be named.
    """
    for tree, entry in placed:
        worked = entry.item
        if worked.standard not in known:
            line = tree.line((*entry.path, "standard"))
            yield problem("unknown_standard", tree.file, line, code=worked.standard)
        yield from _matters(tree, entry, matters)
        yield from _steps(tree, entry)
        if standard := standards.get(worked.standard):
            yield from _ways(tree, entry, standard)


def _matters(tree: Tree, entry: Placed[WorkedDef], matters: frozenset[str]) -> Iterator[Problem]:
    steps = [(step.matter, ("steps", i, "matter")) for i, step in enumerate(entry.item.steps)]
    for code, path in [(entry.item.matter, ("matter",)), *steps]:
        if code and code not in matters:
            yield problem("unknown_matter", tree.file, tree.line((*entry.path, *path)), code=code)


def _steps(tree: Tree, entry: Placed[WorkedDef]) -> Iterator[Problem]:
    """Days that there are not, steps out of order, and what a step leaves unsaid."""
    worked = entry.item
    opened, before = ("opened" if worked.opened else "received"), worked.received
    moments = [(worked.begins, (*entry.path, opened))]
    moments += [(s.at, (*entry.path, "steps", i, "at")) for i, s in enumerate(worked.steps)]
    for moment, path in moments:
        try:
            is_early = wall_time(moment) < wall_time(before)
        except ValueError:
            yield problem("worked_no_day", tree.file, tree.line(path), moment=moment)
            return
        if is_early:
            facts = {"worked": worked.worked, "moment": moment, "before": before}
            yield problem("worked_order", tree.file, tree.line(path), **facts)
        before = moment
    for index, step in enumerate(worked.steps):
        line = tree.line((*entry.path, "steps", index))
        for key in step.missing:
            yield problem("worked_missing", tree.file, line, do=step.do, key=key)


def _ways(tree: Tree, entry: Placed[WorkedDef], standard: StandardDef) -> Iterator[Problem]:
    ways = {way.code for stage in standard.stages for way in stage.ways}
    stages = {CLOSED, *(stage.key for stage in standard.stages)}
    for index, step in enumerate(entry.item.steps):
        if step.case:  # a part has a standard of its own
            continue
        path = (*entry.path, "steps", index)
        if step.do in TAKES_A_WAY and step.outcome and step.outcome not in ways:
            facts = {"code": step.outcome, "choices": ", ".join(sorted(ways))}
            line = tree.line((*path, "outcome"))
            yield problem("worked_no_way", tree.file, line, **facts)
        if step.expect.stage and step.expect.stage not in stages:
            facts = {"code": step.expect.stage, "choices": ", ".join(sorted(stages))}
            line = tree.line((*path, "expect", "stage"))
            yield problem("worked_no_stage", tree.file, line, **facts)
