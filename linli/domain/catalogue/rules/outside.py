"""What packs define: the one list of it, for one pack and for all that stand around it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from linli.domain.catalogue.rules.references import Known
from linli.domain.catalogue.rules.yaml_tree import Path, Plain, Tree, read_tree

Defined = tuple[str, str, Tree, Path]
"""Kind, code, file, and the path in it."""


@dataclass(frozen=True)
class Definitions:
    """What one pack defines.

    Parameters
    ----------
    pack : the pack's code.
    codes : pairs of kind and code.
    clocks : standard → its clock classes.
    """

    pack: str
    codes: frozenset[tuple[str, str]] = frozenset()
    clocks: Mapping[str, frozenset[str]] = field(default_factory=dict)


def defined_in(tree: Tree) -> Iterator[Defined]:
    """Everything in a file that only one pack may define, sound entries or not."""
    folder = tree.file.split("/")[0].removesuffix(".yaml")
    for path, entries in tree.mappings():
        if folder == "matters" and isinstance(entries.get("code"), str):
            yield "matter", str(entries["code"]), tree, (*path, "code")
        elif folder == "parameters" and isinstance(entries.get("code"), str):
            yield "parameter", str(entries["code"]), tree, (*path, "code")
        elif folder == "urgency" and isinstance(entries.get("word"), str):
            yield "word", str(entries["word"]), tree, (*path, "word")
        elif folder == "standards" and not path and isinstance(entries.get("standard"), str):
            yield "standard", str(entries["standard"]), tree, ("standard",)
        elif folder == "ledgers" and not path and isinstance(entries.get("ledger"), str):
            yield "ledger", str(entries["ledger"]), tree, ("ledger",)
        elif folder == "calendar" and not path and "year" in entries:
            yield "year", f"{entries.get('region')} {entries['year']}", tree, ("year",)
        elif folder == "hours" and not path:
            yield "hours", str(entries.get("region", "CN")), tree, ("region",)


def definitions_in_files(files: Mapping[str, bytes]) -> Definitions | None:
    """What a pack's files define, faulty or not; None where they do not say which pack."""
    trees = [read_tree(name, raw)[0] for name, raw in files.items() if _defines(name)]
    return _definitions([tree for tree in trees if tree])


def definitions_in_body(body: dict[str, Plain]) -> Definitions | None:
    """What a published pack's stored content defines."""
    parts = ("pack", "matters", "urgency", "hours", "parameters")
    trees = [Tree(f"{part}.yaml", body[part], {}) for part in parts]
    trees += [Tree("calendar/year.yaml", year, {}) for year in _list(body["years"])]
    trees += [Tree("standards/one.yaml", one, {}) for one in _list(body["standards"])]
    trees += [Tree("ledgers/one.yaml", one, {}) for one in _list(body.get("ledgers"))]
    return _definitions(trees)


def known_from(packs: Iterable[Definitions]) -> Known:
    """Everything that several packs define; of equal codes the later pack's counts."""
    owners: dict[str, dict[str, str]] = {}
    clocks: dict[str, frozenset[str]] = {}
    codes: set[str] = set()
    for pack in packs:
        codes.add(pack.pack)
        clocks |= pack.clocks
        for kind, code in pack.codes:
            owners.setdefault(kind, {})[code] = pack.pack
    return Known(packs=frozenset(codes), owners=owners, clocks=clocks)


def _definitions(trees: list[Tree]) -> Definitions | None:
    heads = [tree.data for tree in trees if tree.file == "pack.yaml"]
    code = heads[0].get("pack") if heads and isinstance(heads[0], dict) else None
    if not isinstance(code, str):
        return None
    codes = frozenset((kind, name) for tree in trees for kind, name, _, _ in defined_in(tree))
    standards = [tree.data for tree in trees if tree.file.startswith("standards/")]
    return Definitions(pack=code, codes=codes, clocks=dict(_clocks(standards)))


def _defines(name: str) -> bool:
    return "/" not in name or name.startswith(("standards/", "ledgers/", "calendar/"))


def _clocks(bodies: Iterable[Plain]) -> Iterator[tuple[str, frozenset[str]]]:
    for body in bodies:
        if isinstance(body, dict) and isinstance(body.get("standard"), str):
            clocks = [clock for clock in _list(body.get("clocks")) if isinstance(clock, dict)]
            yield str(body["standard"]), frozenset(str(clock.get("code")) for clock in clocks)


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []
