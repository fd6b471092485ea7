"""Whether what a standard decides by itself can be so: rule rows, timers, moments, parts."""

from collections.abc import Iterator

from linli.domain.catalogue.rules.deciding import CASE_FACTS, DecideDef, Match
from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.stage import CLOSED, OutcomeDef, StageDef
from linli.domain.catalogue.rules.standard import FieldDef, StandardDef
from linli.domain.catalogue.rules.yaml_tree import Path, Tree

# Moments that every case has by itself; any other has to be marked by an outcome.
OF_ITSELF = frozenset({"received", "opened", "closed"})


def rule_problems(standard: StandardDef, tree: Tree) -> Iterator[Problem]:
    """Every fault in the rule tables, timers, extensions, parts and documents of a standard."""
    yield from _moments(standard, tree)
    yield from _documents(standard, tree)
    for index, stage in enumerate(standard.stages):
        at: Path = ("stages", index)
        if stage.each == "own" and not standard.opened_by:
            yield problem("own_without_opener", tree.file, tree.line((*at, "each")), key=stage.key)
        yield from _timers(stage, tree, at)
        yield from _parts(standard, stage, tree, at)
        yield from _reckons(standard, stage, tree, at)
        for name, ways in (("outcomes", stage.outcomes), ("back", stage.back)):
            for position, way in enumerate(ways):
                yield from _way(standard, stage, way, tree, (*at, name, position))


def _way(
    standard: StandardDef, stage: StageDef, way: OutcomeDef, tree: Tree, at: Path
) -> Iterator[Problem]:
    for position, code in enumerate(way.needs):
        if code not in stage.form:
            line = tree.line((*at, "needs", position))
            yield problem("needs_unasked", tree.file, line, code=code, key=stage.key)
    field = standard.field(way.marked_on) if way.marked_on else None
    is_day = field is not None and field.kind in ("date", "datetime")
    is_asked = way.marked_on in way.needs or (field is not None and field.required)
    if way.marked_on and not (way.moment and is_day and is_asked):
        facts = {"code": way.marked_on, "way": way.code}
        yield problem("marked_on_nothing", tree.file, tree.line((*at, "marked_on")), **facts)
    if way.final and (way.to != CLOSED or way.decide is not None):
        yield problem("final_goes_on", tree.file, tree.line((*at, "final")), way=way.code)
    if way.decide is not None:
        yield from _table(standard, way.decide, tree, (*at, "decide", "rows"))


def _table(standard: StandardDef, table: DecideDef, tree: Tree, at: Path) -> Iterator[Problem]:
    for index, row in enumerate(table.rows):
        for name, match in row.when.items():
            yield from _match(standard, name, match, tree, (*at, index, "when", name))
        for before, earlier in enumerate(table.rows[:index]):
            numbers = {"row": index + 1, "before": before + 1}
            line = tree.line((*at, index))
            if earlier.shadows(row):
                yield problem("rule_shadowed", tree.file, line, **numbers)
            elif table.hits == "unique" and earlier.overlaps(row):
                yield problem("rule_overlaps", tree.file, line, **numbers)


def _match(
    standard: StandardDef, name: str, match: Match, tree: Tree, at: Path
) -> Iterator[Problem]:
    line = tree.line(at)
    field = standard.field(name)
    is_bounded = match.at_least is not None or match.below is not None
    if field is None and name not in CASE_FACTS:
        known = ", ".join(sorted({*CASE_FACTS, *(field.code for field in standard.fields)}))
        yield problem("rule_unknown_fact", tree.file, line, code=name, choices=known)
    elif bool(match.any_of) is is_bounded or match.floor >= match.ceiling:
        yield problem("rule_match_shape", tree.file, line, code=name)
    elif field is not None:
        for answer in match.any_of:
            if not _can_be(field, answer):
                yield problem("rule_never", tree.file, line, code=name, answer=answer)
        if is_bounded and field.kind != "number":
            yield problem("rule_no_number", tree.file, line, code=name)


def _can_be(field: FieldDef, answer: str | bool) -> bool:
    if field.kind == "yes_no":
        return isinstance(answer, bool)
    return field.kind == "choice" and answer in {choice.code for choice in field.choices}


def _timers(stage: StageDef, tree: Tree, at: Path) -> Iterator[Problem]:
    for index, timer in enumerate(stage.timers):
        moments = (timer.share, timer.before, timer.after)
        if sum(moment is not None for moment in moments) != 1:
            line = tree.line((*at, "timers", index))
            yield problem("timer_moment", tree.file, line, key=stage.key)
    extend = stage.extend
    if extend is not None and (extend.factor is None) is (extend.most is None):
        yield problem("extend_measure", tree.file, tree.line((*at, "extend")), key=stage.key)


def _parts(standard: StandardDef, stage: StageDef, tree: Tree, at: Path) -> Iterator[Problem]:
    then = stage.parts.then if stage.parts else None
    if then is None:
        return
    line = tree.line((*at, "parts", "then"))
    way = stage.way(then)
    if way is None:
        codes = ", ".join(way.code for way in stage.ways)
        yield problem("parts_then", tree.file, line, code=then, choices=codes)
        return
    for code in (*stage.form, *way.needs):
        field = standard.field(code)
        if field is not None and (field.required or code in way.needs):
            yield problem("parts_form", tree.file, line, code=code, key=stage.key)


def _reckons(standard: StandardDef, stage: StageDef, tree: Tree, at: Path) -> Iterator[Problem]:
    """Results that go nowhere, and ones that somebody could write by hand."""
    for index, one in enumerate(stage.reckons):
        line = tree.line((*at, "reckons", index, "field"))
        field = standard.field(one.field)
        needed = "number" if one.by == "risk_index" else "choice"
        asked = any(one.field in other.form for other in standard.stages)
        if field is None or field.kind != needed or asked:
            yield problem("reckons_nothing", tree.file, line, code=one.field, needed=needed)


def _moments(standard: StandardDef, tree: Tree) -> Iterator[Problem]:
    """Limits that count from a moment which nothing in the standard marks."""
    ways = [way for stage in standard.stages for way in stage.ways]
    marked = {way.moment for way in ways}
    for index, stage in enumerate(standard.stages):
        limit = stage.own_limit
        if limit is not None and limit.start not in OF_ITSELF and limit.start not in marked:
            line = tree.line(("stages", index, "limit", "start"))
            yield problem("moment_unmarked", tree.file, line, start=limit.start, key=stage.key)


def _documents(standard: StandardDef, tree: Tree) -> Iterator[Problem]:
    keys = [stage.key for stage in standard.stages]
    for index, document in enumerate(standard.documents):
        for position, key in enumerate(document.stages):
            if key not in keys:
                line = tree.line(("documents", index, "stages", position))
                choices = ", ".join(keys)
                yield problem("document_stage", tree.file, line, key=key, choices=choices)
