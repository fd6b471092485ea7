"""Whether the tree of matters hangs together, and whether examples and words fit it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from linli.domain.catalogue.rules.files import ExampleDef, MatterDef
from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.shape import Placed
from linli.domain.catalogue.rules.yaml_tree import Path, Tree


@dataclass(frozen=True)
class _Node:
    matter: MatterDef
    path: Path
    parent: str
    standard: str
    clock: str


def matter_problems(
    roots: Sequence[Placed[MatterDef]], tree: Tree, clocks: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    """Codes told apart and nested right; standards and clock classes that exist.

    Parameters
    ----------
    clocks : every known standard with its clock classes.
    """
    first: dict[str, int] = {}
    for node in _nodes(roots):
        code, line = node.matter.code, tree.line((*node.path, "code"))
        if code in first:
            at = f"{tree.file}:{first[code]}"
            yield problem("duplicate_code", tree.file, line, code=code, first=at)
        first.setdefault(code, line)
        if node.parent and not code.startswith(f"{node.parent}."):
            yield problem("child_code", tree.file, line, code=code, parent=node.parent)
        yield from _standard_problems(node, tree, clocks)


def _standard_problems(
    node: _Node, tree: Tree, clocks: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    standard, clock = node.matter.standard, node.matter.clock
    if standard and standard not in clocks:
        line = tree.line((*node.path, "standard"))
        yield problem("unknown_standard", tree.file, line, code=standard)
    if not (standard or clock) or not node.clock:
        return
    line = tree.line((*node.path, "clock"))
    if not node.standard:
        yield problem("clock_without_standard", tree.file, line, code=node.clock)
    elif node.standard in clocks and node.clock not in clocks[node.standard]:
        choices = ", ".join(sorted(clocks[node.standard]))
        facts = {"standard": node.standard, "code": node.clock, "choices": choices}
        yield problem("unknown_clock", tree.file, line, **facts)


def _nodes(roots: Sequence[Placed[MatterDef]]) -> Iterator[_Node]:
    waiting = [
        _Node(root.item, root.path, "", root.item.standard or "", root.item.clock or "")
        for root in reversed(roots)
    ]
    while waiting:
        node = waiting.pop()
        yield node
        for index in range(len(node.matter.children) - 1, -1, -1):
            child = node.matter.children[index]
            waiting.append(
                _Node(
                    matter=child,
                    path=(*node.path, "children", index),
                    parent=node.matter.code,
                    standard=child.standard or node.standard,
                    clock=child.clock or node.clock,
                )
            )


def example_problems(
    placed: Sequence[tuple[Tree, Placed[ExampleDef]]], matters: frozenset[str]
) -> Iterator[Problem]:
    """Sentences whose matter is unknown, and sentences given twice."""
    first: dict[str, str] = {}
    for tree, entry in placed:
        if entry.item.matter not in matters:
            line = tree.line((*entry.path, "matter"))
            yield problem("unknown_matter", tree.file, line, code=entry.item.matter)
        for index, text in enumerate(entry.item.texts):
            line = tree.line((*entry.path, "texts", index))
            if text in first:
                yield problem("duplicate_code", tree.file, line, code=text, first=first[text])
            first.setdefault(text, f"{tree.file}:{line}")
