"""Codes that another pack has defined already: two packs cannot both say what one is."""

from collections.abc import Iterator, Mapping, Sequence

from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.references import Known
from linli.domain.catalogue.rules.yaml_tree import Path, Tree


def taken_problems(
    definitions: Sequence[tuple[str, str, Tree, Path]], known: Known, own: str
) -> Iterator[Problem]:
    """Definitions of this pack that belong to another one.

    Parameters
    ----------
    definitions : kind (matter, standard, parameter, year), code, file, path in it.
    own : code of this pack; what its earlier version defined is its own.
    """
    owners: Mapping[str, Mapping[str, str]] = {
        "matter": known.matters,
        "standard": known.standards,
        "parameter": known.parameters,
        "year": known.years,
    }
    for kind, code, tree, path in definitions:
        owner = owners[kind].get(code, own)
        if owner != own:
            yield problem("taken", tree.file, tree.line(path), code=code, pack=owner)
