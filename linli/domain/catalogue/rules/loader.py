"""From the bytes of a pack's files to its content, or to every fault with file and line."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from linli.domain.catalogue.rules.calendar_checks import (
    calendar_problems,
    hours_problems,
    named_days,
)
from linli.domain.catalogue.rules.content import PackContent
from linli.domain.catalogue.rules.files import (
    CalendarDef,
    ExampleDef,
    HoursDef,
    MatterDef,
    PackHead,
    ParameterDef,
    SourceDef,
    UrgencyDef,
)
from linli.domain.catalogue.rules.ledger import LedgerDef
from linli.domain.catalogue.rules.ledger_checks import ledger_problems
from linli.domain.catalogue.rules.matter_checks import example_problems, matter_problems
from linli.domain.catalogue.rules.outside import defined_in
from linli.domain.catalogue.rules.persons import person_problems
from linli.domain.catalogue.rules.problems import Problem, in_order, problem
from linli.domain.catalogue.rules.references import (
    Known,
    codes_in,
    source_problems,
    validity_problems,
)
from linli.domain.catalogue.rules.shape import Placed, Shape, read_list, read_one
from linli.domain.catalogue.rules.standard import StandardDef
from linli.domain.catalogue.rules.standard_checks import standard_problems
from linli.domain.catalogue.rules.taken import taken_problems
from linli.domain.catalogue.rules.templates import (
    TEMPLATE_FILES,
    TemplateDef,
    read_templates,
    template_problems,
)
from linli.domain.catalogue.rules.worked import WorkedDef
from linli.domain.catalogue.rules.worked_checks import worked_problems
from linli.domain.catalogue.rules.yaml_tree import Path, Tree, read_tree

PACK_FILES = re.compile(
    r"(?:pack|sources|matters|urgency|hours|parameters)\.yaml"
    r"|(?:standards|ledgers|examples|calendar)/[a-z0-9_-]+\.yaml"
)
IGNORED_FILES = re.compile(r"(?:README(?:\.[A-Za-z-]+)?\.md|LICENSE)")
WORKED = re.compile(r"examples/worked_")
SENTENCES = re.compile(r"examples/.*|urgency\.yaml")
NEEDED = ("pack.yaml", "sources.yaml")


@dataclass(frozen=True)
class Loaded:
    """A pack as read: its content where sound, else every fault in order of file and line.

    Parameters
    ----------
    trees : every file that could be read, for the lines of what is said later.
    """

    content: PackContent | None
    problems: tuple[Problem, ...]
    trees: Mapping[str, Tree]


@dataclass
class _Parts:
    """Sound entries of every kind, each with the file it came from."""

    trees: dict[str, Tree]
    problems: list[Problem]
    heads: list[tuple[Tree, Placed[PackHead]]] = field(default_factory=list)
    sources: list[tuple[Tree, Placed[SourceDef]]] = field(default_factory=list)
    matters: list[tuple[Tree, Placed[MatterDef]]] = field(default_factory=list)
    examples: list[tuple[Tree, Placed[ExampleDef]]] = field(default_factory=list)
    urgency: list[tuple[Tree, Placed[UrgencyDef]]] = field(default_factory=list)
    years: list[tuple[Tree, Placed[CalendarDef]]] = field(default_factory=list)
    hours: list[tuple[Tree, Placed[HoursDef]]] = field(default_factory=list)
    parameters: list[tuple[Tree, Placed[ParameterDef]]] = field(default_factory=list)
    standards: list[tuple[Tree, Placed[StandardDef]]] = field(default_factory=list)
    ledgers: list[tuple[Tree, Placed[LedgerDef]]] = field(default_factory=list)
    worked: list[tuple[Tree, Placed[WorkedDef]]] = field(default_factory=list)
    templates: list[TemplateDef] = field(default_factory=list)


def load_pack(files: Mapping[str, bytes], known: Known) -> Loaded:
    """Read a whole pack and report all that is wrong with it at once.

    Parameters
    ----------
    files : path inside the pack → bytes.
    known : what other packs define, so that this one may name it.
    """
    trees, problems = _trees(files)
    templates, faults = read_templates(files)
    parts = _Parts(trees=trees, problems=problems + faults, templates=templates)
    _shape(parts)
    for tree in trees.values():
        _check_file(tree, parts)
    _check_together(parts, known)
    if parts.problems:
        return Loaded(None, in_order(parts.problems), trees)
    return Loaded(_content(parts), (), trees)


def _trees(files: Mapping[str, bytes]) -> tuple[dict[str, Tree], list[Problem]]:
    trees: dict[str, Tree] = {}
    problems = [problem("missing_file", name, 1, name=name) for name in NEEDED if name not in files]
    for name in sorted(files):
        if PACK_FILES.fullmatch(name):
            tree, faults = read_tree(name, files[name])
            problems += faults
            if tree:
                trees[name] = tree
        elif not (IGNORED_FILES.fullmatch(name) or TEMPLATE_FILES.fullmatch(name)):
            problems.append(problem("unknown_file", name, 1))
    return trees, problems


def _shape(parts: _Parts) -> None:
    for name, tree in parts.trees.items():
        folder, _, rest = name.partition("/")
        if rest:
            _shape_in_folder(folder, tree, parts)
        elif name == "pack.yaml":
            parts.heads += _one(PackHead, tree, parts)
        elif name == "sources.yaml":
            parts.sources += _many(SourceDef, tree, parts)
        elif name == "matters.yaml":
            parts.matters += _many(MatterDef, tree, parts)
        elif name == "urgency.yaml":
            parts.urgency += _many(UrgencyDef, tree, parts)
        elif name == "hours.yaml":
            parts.hours += _one(HoursDef, tree, parts)
        else:
            parts.parameters += _many(ParameterDef, tree, parts)


def _shape_in_folder(folder: str, tree: Tree, parts: _Parts) -> None:
    if WORKED.match(tree.file):
        parts.worked += _many(WorkedDef, tree, parts)
    elif folder == "examples":
        parts.examples += _many(ExampleDef, tree, parts)
    elif folder == "calendar":
        parts.years += _one(CalendarDef, tree, parts)
    elif folder == "ledgers":
        parts.ledgers += _one(LedgerDef, tree, parts)
    else:
        parts.standards += _one(StandardDef, tree, parts)


def _one(shape: type[Shape], tree: Tree, parts: _Parts) -> list[tuple[Tree, Placed[Shape]]]:
    placed, faults = read_one(shape, tree)
    parts.problems += faults
    return [(tree, entry) for entry in placed]


def _many(shape: type[Shape], tree: Tree, parts: _Parts) -> list[tuple[Tree, Placed[Shape]]]:
    placed, faults = read_list(shape, tree)
    parts.problems += faults
    return [(tree, entry) for entry in placed]


def _check_file(tree: Tree, parts: _Parts) -> None:
    if "sources.yaml" in parts.trees:
        listed = codes_in(parts.trees["sources.yaml"], "id")
        parts.problems += source_problems(tree, listed)
    parts.problems += validity_problems(tree)
    if not SENTENCES.fullmatch(tree.file):
        parts.problems += person_problems(tree)


def _check_together(parts: _Parts, known: Known) -> None:
    problems = parts.problems
    for tree, standard in parts.standards:
        problems += standard_problems(standard.item, tree)
    standards = [(tree, entry.item) for tree, entry in parts.standards]
    problems += template_problems(parts.templates, standards)
    own = {entry.item.ledger for _, entry in parts.ledgers}
    for tree, ledger in parts.ledgers:
        problems += ledger_problems(ledger.item, tree, frozenset(own | known.all_of("ledger")))
    for tree, year in parts.years:
        problems += calendar_problems(year.item, tree)
    for tree, hours in parts.hours:
        problems += hours_problems(hours.item, tree)
    clocks = dict(known.clocks)
    for _, entry in parts.standards:
        clocks[entry.item.standard] = frozenset(clock.code for clock in entry.item.clocks)
    if parts.matters:
        tree = parts.matters[0][0]
        problems += matter_problems([entry for _, entry in parts.matters], tree, clocks)
    required = frozenset(code for _, head in parts.heads for code in head.item.requires)
    matters = codes_in(parts.trees.get("matters.yaml"), "code")
    problems += example_problems(parts.examples, matters | known.of_packs("matter", required))
    own_standards = {entry.item.standard: entry.item for _, entry in parts.standards}
    named = known.all_of("standard") | _defined(parts, "standard")
    problems += worked_problems(
        parts.worked, own_standards, named, matters | known.all_of("matter")
    )
    problems += _required(parts, known)
    problems += _twice(parts)
    problems += taken_problems(parts.trees.values(), known, _own_code(parts))


def _required(parts: _Parts, known: Known) -> Iterator[Problem]:
    for tree, head in parts.heads:
        for index, code in enumerate(head.item.requires):
            if code not in known.packs:
                line = tree.line(("requires", index))
                yield problem("unknown_pack", tree.file, line, code=code)


def _defined(parts: _Parts, kind: str) -> frozenset[str]:
    """Codes of a kind that the pack's own files define, sound or not."""
    found = (entry for tree in parts.trees.values() for entry in defined_in(tree))
    return frozenset(code for one, code, _, _ in found if one == kind)


def _own_code(parts: _Parts) -> str:
    return parts.heads[0][1].item.pack if parts.heads else ""


def _twice(parts: _Parts) -> Iterator[Problem]:
    """Codes, words and days that stand twice within the pack."""
    for kind, entries in _placed(parts).items():
        first: dict[str, str] = {}
        for name, tree, path in entries:
            at = f"{tree.file}:{tree.line(path)}"
            if name in first and kind == "day":
                yield problem("day_twice", tree.file, tree.line(path), day=name, first=first[name])
            elif name in first:
                facts = {"code": name, "first": first[name]}
                yield problem("duplicate_code", tree.file, tree.line(path), **facts)
            first.setdefault(name, at)


def _placed(parts: _Parts) -> dict[str, list[tuple[str, Tree, Path]]]:
    """What may stand once in a pack, by kind: name, file, path in it."""
    placed: dict[str, list[tuple[str, Tree, Path]]] = defaultdict(list)
    for tree, source in parts.sources:
        placed["source"].append((source.item.id, tree, source.path))
    for tree, word in parts.urgency:
        placed["word"].append((word.item.word, tree, word.path))
    for tree, entry in parts.parameters:
        name = f"{entry.item.code} {entry.item.valid_from}"
        placed["parameter"].append((name, tree, entry.path))
    for tree, standard in parts.standards:
        placed["standard"].append((standard.item.standard, tree, ("standard",)))
    for tree, ledger in parts.ledgers:
        placed["ledger"].append((ledger.item.ledger, tree, ("ledger",)))
    for tree, example in parts.worked:
        placed["worked"].append((example.item.worked, tree, example.path))
    for tree, year in parts.years:
        days = named_days(year.item)
        placed["day"] += [(f"{year.item.region} {day}", tree, path) for day, path in days]
    return placed


def _content(parts: _Parts) -> PackContent:
    return PackContent(
        head=parts.heads[0][1].item,
        sources=tuple(entry.item for _, entry in parts.sources),
        matters=tuple(entry.item for _, entry in parts.matters),
        examples=tuple(entry.item for _, entry in parts.examples),
        urgency=tuple(entry.item for _, entry in parts.urgency),
        years=tuple(entry.item for _, entry in parts.years),
        hours=parts.hours[0][1].item if parts.hours else None,
        parameters=tuple(entry.item for _, entry in parts.parameters),
        standards=tuple(entry.item for _, entry in parts.standards),
        ledgers=tuple(entry.item for _, entry in parts.ledgers),
        worked=tuple(entry.item for _, entry in parts.worked),
        templates=tuple(parts.templates),
    )
