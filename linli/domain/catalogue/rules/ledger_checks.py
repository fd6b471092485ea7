"""Whether what a ledger says of its fields, states and moves fits together."""

from collections.abc import Callable, Iterable, Iterator

from linli.domain.catalogue.rules.ledger import (
    CASE,
    FILTERED,
    TELLING,
    LedgerDef,
    LedgerField,
)
from linli.domain.catalogue.rules.persons import judging_word, names_person
from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.yaml_tree import Path, Tree

NUMBERS = frozenset({"number", "money"})
# What a derivation is reckoned from: how many fields, of which kinds.
NEEDED: dict[str, tuple[range, frozenset[str]]] = {
    "sum": (range(2, 21), NUMBERS),
    "difference": (range(2, 3), NUMBERS),
    "ratio": (range(2, 3), NUMBERS),
    "days_since": (range(1, 2), frozenset({"date"})),
    "days_until": (range(1, 2), frozenset({"date"})),
    "years_since": (range(1, 2), frozenset({"date"})),
    "count_of_links": (range(1, 21), frozenset({"link"})),
}
LINKED_FIELDS = (
    ("title_field", frozenset({"text", "long_text"})),
    ("key_field", TELLING),
    ("area_field", frozenset({"area"})),
    ("unit_field", frozenset({"unit"})),
    ("map", frozenset({"point", "area"})),
)


def ledger_problems(ledger: LedgerDef, tree: Tree, ledgers: frozenset[str]) -> Iterator[Problem]:
    """Every fault of a ledger that its shape alone does not show.

    Parameters
    ----------
    ledgers : codes of all ledgers that may be named: of this pack and of those known.
    """
    yield from _twice(tree, "fields", (field.code for field in ledger.fields))
    yield from _twice(tree, "states", (state.code for state in ledger.states))
    yield from _twice(tree, "moves", (move.code for move in ledger.moves))
    yield from _named_fields(ledger, tree)
    for index, field in enumerate(ledger.fields):
        yield from _field(ledger, field, tree, ("fields", index))
        if field.links_to and field.links_to != CASE and field.links_to not in ledgers:
            line = tree.line(("fields", index, "links_to"))
            yield problem("ledger_unknown", tree.file, line, code=field.links_to)
        if field.derived and field.derived.by and field.derived.by not in ledgers:
            line = tree.line(("fields", index, "derived", "by"))
            yield problem("ledger_unknown", tree.file, line, code=field.derived.by)
    yield from _states(ledger, tree)
    yield from _scores(ledger, tree)


def _scores(ledger: LedgerDef, tree: Tree) -> Iterator[Problem]:
    """Fields that score, rank or label, in a ledger whose records are persons."""
    title = ledger.field(ledger.title_field)
    names = [ledger.ledger, ledger.name, ledger.name_en]
    about = next((name for name in names if names_person(name)), None)
    if about is None and title and title.personal:
        about = title.name
    if about is None:
        return
    for index, field in enumerate(ledger.fields):
        for key, text in (("code", field.code), ("name", field.name), ("name_en", field.name_en)):
            if word := judging_word(text):
                line = tree.line(("fields", index, key))
                facts = {"about": about, "word": word, "where": field.code}
                yield problem("person_grain", tree.file, line, **facts)
                break


def _twice(tree: Tree, part: str, codes: Iterable[str]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for index, code in enumerate(codes):
        line = tree.line((part, index, "code"))
        if code in first:
            yield problem("duplicate_code", tree.file, line, code=code, first=first[code])
        first.setdefault(code, f"{tree.file}:{line}")


def _named_fields(ledger: LedgerDef, tree: Tree) -> Iterator[Problem]:
    for key, kinds in LINKED_FIELDS:
        code = getattr(ledger, key)
        if code:
            yield from _names(ledger, code, kinds, tree, (key,))
    title = ledger.field(ledger.title_field)
    if title and not title.required:
        yield problem("ledger_title_optional", tree.file, tree.line(("title_field",)))
    key_field = ledger.field(ledger.key_field) if ledger.key_field else None
    if key_field and not (key_field.unique and key_field.required):
        line = tree.line(("key_field",))
        yield problem("ledger_key_not_unique", tree.file, line, code=key_field.code)
    for key in ("area_field", "unit_field"):
        named = ledger.field(getattr(ledger, key) or "")
        if named and not named.required:
            yield problem("ledger_scope_optional", tree.file, tree.line((key,)), code=named.code)
    for index, entry in enumerate(ledger.calendar):
        for key, named_code in (("starts", entry.starts), ("ends", entry.ends)):
            if named_code:
                path: Path = ("calendar", index, key)
                yield from _names(ledger, named_code, frozenset({"date"}), tree, path)


def _names(
    ledger: LedgerDef, code: str, kinds: frozenset[str], tree: Tree, path: Path
) -> Iterator[Problem]:
    field = ledger.field(code)
    filled = ", ".join(f.code for f in ledger.filled if f.kind in kinds)
    if field is None or field.kind not in kinds or field.derived:
        line = tree.line(path)
        key = next(str(step) for step in reversed(path) if isinstance(step, str))
        yield problem("ledger_field", tree.file, line, key=key, code=code, choices=filled or "—")


def _field(ledger: LedgerDef, field: LedgerField, tree: Tree, path: Path) -> Iterator[Problem]:
    def fault(kind: str, key: str = "code", **facts: object) -> Problem:
        return problem(kind, tree.file, tree.line((*path, key)), code=field.code, **facts)

    if field.kind in ("choice", "choices") and not field.choices:
        yield fault("choice_without_choices")
    if field.choices:
        yield from _choices(field, tree, path)
    if field.kind == "number" and field.derived is None and not (field.unit and field.unit_en):
        yield fault("ledger_number_without_unit")
    if field.at_least is not None and field.at_most is not None and field.at_least > field.at_most:
        yield fault("ledger_bounds", "at_least")
    if (field.kind == "link") != bool(field.links_to):
        yield fault("ledger_link_target")
    yield from _marks(ledger, field, fault)
    if field.not_before:
        dates = frozenset({"date"})
        yield from _names(ledger, field.not_before, dates, tree, (*path, "not_before"))
    if field.derived:
        yield from _derived(ledger, field, tree, (*path, "derived"))


def _marks(
    ledger: LedgerDef, field: LedgerField, fault: Callable[..., Problem]
) -> Iterator[Problem]:
    """What a field is marked as, against what its kind can be."""
    if field.filter and (field.kind not in FILTERED or field.derived or field.personal):
        yield fault("ledger_cannot_filter", "filter", choices=", ".join(sorted(FILTERED)))
    if field.unique and (field.kind not in TELLING or field.derived):
        yield fault("ledger_cannot_tell", "unique", choices=", ".join(sorted(TELLING)))
    if field.personal and ledger.visibility == "public" and not field.internal:
        yield fault("ledger_personal_public", "personal")


def _choices(field: LedgerField, tree: Tree, path: Path) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, choice in enumerate(field.choices):
        if choice.code in seen:
            line = tree.line((*path, "choices", index, "code"))
            first = f"{tree.file}:{tree.line((*path, 'choices'))}"
            yield problem("duplicate_code", tree.file, line, code=choice.code, first=first)
        seen.add(choice.code)


def _derived(ledger: LedgerDef, field: LedgerField, tree: Tree, path: Path) -> Iterator[Problem]:
    derived = field.derived
    if derived is None:
        return
    line = tree.line(path)
    if field.required or field.kind != "number":
        yield problem("ledger_derived_kind", tree.file, line, code=field.code)
    if derived.by:
        if derived.how != "count_of_links" or derived.of:
            yield problem("ledger_derived_by", tree.file, line, code=field.code)
        return
    count, kinds = NEEDED[derived.how]
    if len(derived.of) not in count:
        facts = {"how": derived.how, "least": count.start, "most": count.stop - 1}
        yield problem("ledger_derived_of", tree.file, line, code=field.code, **facts)
    for index, code in enumerate(derived.of):
        yield from _names(ledger, code, kinds, tree, (*path, "of", index))


def _states(ledger: LedgerDef, tree: Tree) -> Iterator[Problem]:
    codes = [state.code for state in ledger.states]
    choices = ", ".join(codes) or "—"
    for index, move in enumerate(ledger.moves):
        named = [(code, ("from", i)) for i, code in enumerate(move.begins)]
        for code, rest in (*named, (move.to, ("to",))):
            if code not in codes:
                line = tree.line(("moves", index, *rest))
                facts = {"move": move.code, "state": code, "choices": choices}
                yield problem("ledger_state_missing", tree.file, line, **facts)
        if move.decided_by and not move.second_person:
            line = tree.line(("moves", index, "decided_by"))
            yield problem("ledger_decider_unasked", tree.file, line, move=move.code)
    reached = _reached(ledger)
    for index, state in enumerate(ledger.states):
        line = tree.line(("states", index, "code"))
        if state.code not in reached:
            facts = {"state": state.code, "first": ledger.first_state}
            yield problem("ledger_state_unreachable", tree.file, line, **facts)
    if ledger.states and ledger.states[0].ends:
        yield problem("ledger_first_state_ends", tree.file, tree.line(("states", 0)))


def _reached(ledger: LedgerDef) -> set[str]:
    found: set[str] = set()
    waiting = [ledger.first_state]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += [move.to for move in ledger.moves_from(here)]
    return found
