"""Whether a standard can be walked: every stage reached, every stage left, codes told apart."""

from collections.abc import Iterator, Sequence

from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.rule_checks import rule_problems
from linli.domain.catalogue.rules.stage import CLOSED, StageDef
from linli.domain.catalogue.rules.standard import FieldDef, StandardDef
from linli.domain.catalogue.rules.yaml_tree import Path, Tree


def standard_problems(standard: StandardDef, tree: Tree) -> list[Problem]:
    """Every fault of a standard that its shape alone does not show.

    Parameters
    ----------
    standard : the typed standard.
    tree : the file it was read from, for lines.
    """
    return [
        *_twice(standard, tree),
        *_targets(standard, tree),
        *_walk(standard, tree),
        *_clocks(standard, tree),
        *_routes(standard, tree),
        *_fields(standard, tree),
        *_weights(standard, tree),
        *rule_problems(standard, tree),
    ]


def _twice(standard: StandardDef, tree: Tree) -> Iterator[Problem]:
    groups: list[tuple[Path, Sequence[str]]] = [
        (("stages",), [stage.key for stage in standard.stages]),
        (("clocks",), [clock.code for clock in standard.clocks]),
        (("petition_types",), [kind.code for kind in standard.petition_types]),
        (("routes",), [route.code for route in standard.routes]),
        (("exclusion_reasons",), [reason.code for reason in standard.exclusion_reasons]),
        (("pause_reasons",), [reason.code for reason in standard.pause_reasons]),
        (("rates",), [rate.code for rate in standard.rates]),
        (("fields",), [field.code for field in standard.fields]),
        (("documents",), [document.code for document in standard.documents]),
    ]
    for index, field in enumerate(standard.fields):
        groups.append((("fields", index, "choices"), [choice.code for choice in field.choices]))
    for index, document in enumerate(standard.documents):
        groups.append((("documents", index, "asks"), [field.code for field in document.asks]))
    for path, codes in groups:
        yield from _repeated(tree, [(code, (*path, i)) for i, code in enumerate(codes)])
    for index, stage in enumerate(standard.stages):
        yield from _repeated(tree, [(way.code, path) for way, path in _ways(stage, index)])


def _repeated(tree: Tree, placed: Sequence[tuple[str, Path]]) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for code, path in placed:
        if code in first:
            at = f"{tree.file}:{tree.line(first[code])}"
            yield problem("duplicate_code", tree.file, tree.line(path), code=code, first=at)
        first.setdefault(code, path)


def _ways(stage: StageDef, index: int) -> list[tuple["_Way", Path]]:
    """Each way with its path; those of rule rows stand among the targets, not here."""
    groups = (("outcomes", stage.outcomes), ("back", stage.back))
    return [
        (_Way(way.code, way.to), ("stages", index, name, i))
        for name, group in groups
        for i, way in enumerate(group)
    ]


def _rows(stage: StageDef, index: int) -> list[tuple["_Way", Path]]:
    """Each row of a rule table as a way of its own."""
    return [
        (_Way(way.code, row.to), ("stages", index, name, i, "decide", "rows", j))
        for name, group in (("outcomes", stage.outcomes), ("back", stage.back))
        for i, way in enumerate(group)
        if way.decide
        for j, row in enumerate(way.decide.rows)
    ]


class _Way:
    """A way out of a stage, forward or back."""

    def __init__(self, code: str, to: str) -> None:
        self.code = code
        self.to = to


def _targets(standard: StandardDef, tree: Tree) -> Iterator[Problem]:
    keys = [stage.key for stage in standard.stages]
    choices = ", ".join(dict.fromkeys([*keys, CLOSED]))
    stages = enumerate(standard.stages)
    ways = [placed for i, stage in stages for placed in (*_ways(stage, i), *_rows(stage, i))]
    if standard.reopen:
        ways.append((_Way("reopen", standard.reopen.to), ("reopen", "to")))
    for way, path in ways:
        if way.to != CLOSED and way.to not in keys:
            line = tree.line((*path, "to"))
            yield problem(
                "stage_missing", tree.file, line, way=way.code, to=way.to, choices=choices
            )


def _walk(standard: StandardDef, tree: Tree) -> Iterator[Problem]:
    forward = {s.key: [to for w in s.outcomes for to in w.targets] for s in standard.stages}
    every = {
        stage.key: [to for way in stage.ways for to in way.targets] for stage in standard.stages
    }
    starts = {standard.first_stage.key} | ({standard.reopen.to} if standard.reopen else set())
    reached = _reached(starts, every)
    ending = any(CLOSED in ways for ways in every.values())
    if standard.first_stage.each == "units":
        line = tree.line(("stages", 0, "key"))
        yield problem("first_stage_of_units", tree.file, line, key=standard.first_stage.key)
    if standard.reopen and standard.reopen.to == CLOSED:
        yield problem("reopen_to_closed", tree.file, tree.line(("reopen", "to")))
    if not ending:
        yield problem("no_way_closed", tree.file, tree.line(("stages",)))
    for index, stage in enumerate(standard.stages):
        line = tree.line(("stages", index, "key"))
        if stage.key == CLOSED:
            yield problem("stage_named_closed", tree.file, line)
        if stage.key not in reached:
            first = standard.first_stage.key
            yield problem("stage_unreachable", tree.file, line, key=stage.key, first=first)
        if not forward[stage.key]:
            yield problem("stage_dead_end", tree.file, line, key=stage.key)
        elif ending and CLOSED not in _reached({stage.key}, every):
            yield problem("stage_trapped", tree.file, line, key=stage.key)


def _reached(starts: set[str], ways: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += ways.get(here, [])
    return found


def _clocks(standard: StandardDef, tree: Tree) -> Iterator[Problem]:
    codes = [clock.code for clock in standard.clocks]
    named: list[tuple[str, Path]] = [(standard.default_clock, ("default_clock",))]
    if standard.danger_clock:
        named.append((standard.danger_clock, ("danger_clock",)))
    named += [
        (kind.clock, ("petition_types", index, "clock"))
        for index, kind in enumerate(standard.petition_types)
        if kind.clock
    ]
    for code, path in named:
        if code not in codes:
            yield problem(
                "unknown_clock",
                tree.file,
                tree.line(path),
                standard=standard.standard,
                code=code,
                choices=", ".join(codes),
            )


def _routes(standard: StandardDef, tree: Tree) -> Iterator[Problem]:
    codes = [route.code for route in standard.routes]
    code = standard.merge_route
    if code is not None and code not in codes:
        line = tree.line(("merge_route",))
        yield problem("unknown_route", tree.file, line, code=code, choices=", ".join(codes))


def _fields(standard: StandardDef, tree: Tree) -> Iterator[Problem]:
    known = {field.code for field in standard.fields}
    for index, stage in enumerate(standard.stages):
        for position, code in enumerate(stage.form):
            if code not in known:
                line = tree.line(("stages", index, "form", position))
                yield problem("unknown_field", tree.file, line, code=code)
    placed: list[tuple[FieldDef, Path]] = [
        (field, ("fields", index)) for index, field in enumerate(standard.fields)
    ]
    for index, document in enumerate(standard.documents):
        placed += [
            (field, ("documents", index, "asks", i)) for i, field in enumerate(document.asks)
        ]
    for field, path in placed:
        if field.kind in ("choice", "choices") and not field.choices:
            line = tree.line(path)
            yield problem("choice_without_choices", tree.file, line, code=field.code)


def _weights(standard: StandardDef, tree: Tree) -> Iterator[Problem]:
    for index, rate in enumerate(standard.rates):
        for fact in rate.weights:
            if fact not in rate.numerator:
                line = tree.line(("rates", index, "weights", fact))
                yield problem("weight_not_counted", tree.file, line, rate=rate.code, fact=fact)
        for fact, weight in rate.weights.items():
            if not 0 <= float(weight.value) <= 1:
                line = tree.line(("rates", index, "weights", fact))
                yield problem("weight_out_of_range", tree.file, line, rate=rate.code, fact=fact)
        if float(rate.minimum_sample.value) < 1:
            line = tree.line(("rates", index, "minimum_sample"))
            yield problem("sample_too_small", tree.file, line, rate=rate.code)
