"""Whether what a pack's files name exists: sources, matters, standards, clocks, other packs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.yaml_tree import Path, Tree

OURS = ("ours", "ours-")


@dataclass(frozen=True)
class Known:
    """What stands outside the pack and may be named by it.

    Parameters
    ----------
    packs : codes of packs beside this one or published.
    owners : kind (matter, standard, ledger, parameter, year, hours, word) → code → its pack.
    clocks : standard → its clock classes.
    """

    packs: frozenset[str] = frozenset()
    owners: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    clocks: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def owner(self, kind: str, code: str) -> str | None:
        """The pack that defines something, None where none does."""
        return self.owners.get(kind, {}).get(code)

    def all_of(self, kind: str) -> frozenset[str]:
        """Everything of a kind that any pack defines."""
        return frozenset(self.owners.get(kind, {}))

    def of_packs(self, kind: str, packs: frozenset[str]) -> frozenset[str]:
        """Everything of a kind that some packs define."""
        return frozenset(c for c, pack in self.owners.get(kind, {}).items() if pack in packs)


def source_problems(tree: Tree, sources: frozenset[str]) -> Iterator[Problem]:
    """Sources that are not listed, and values of our own that give no reason."""
    for path, entries in tree.mappings():
        for code, place in _cited(entries, path):
            if code not in sources:
                yield problem("unknown_source", tree.file, tree.line(place), code=code)
        if _is_our_value(entries) and not entries.get("note"):
            yield problem("ours_without_note", tree.file, tree.line((*path, "source")))


def _cited(entries: Mapping[str, object], path: Path) -> Iterator[tuple[str, Path]]:
    source = entries.get("source")
    if isinstance(source, str):
        yield source, (*path, "source")
    for key in ("changed_by", "basis"):
        listed = entries.get(key)
        for index, code in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(code, str):
                yield code, (*path, key, index)


def _is_our_value(entries: Mapping[str, object]) -> bool:
    """Whether a number rests on a decision of ours and so owes its reason."""
    source = entries.get("source")
    own, family = OURS
    ours = isinstance(source, str) and (source == own or source.startswith(family))
    return ours and ("value" in entries or "share" in entries)


def validity_problems(tree: Tree) -> Iterator[Problem]:
    """Validities that end before they begin."""
    for path, entries in tree.mappings():
        start, end = str(entries.get("valid_from")), str(entries.get("valid_to"))
        both = entries.get("valid_from") is not None and entries.get("valid_to") is not None
        if both and end < start:
            line = tree.line((*path, "valid_to"))
            yield problem("validity_reversed", tree.file, line, start=start, end=end)


def codes_in(tree: Tree | None, key: str) -> frozenset[str]:
    """Every text that stands under `key` in a file, sound entries or not.

    Faulty entries count too, so that one fault does not bring forth a hundred more.
    """
    if tree is None:
        return frozenset()
    values = (entries.get(key) for _, entries in tree.mappings())
    return frozenset(value for value in values if isinstance(value, str))
