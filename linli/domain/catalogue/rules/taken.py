"""Codes that another pack has defined already: two packs cannot both say what one is."""

from collections.abc import Iterable, Iterator

from linli.domain.catalogue.rules.outside import defined_in
from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.references import Known
from linli.domain.catalogue.rules.yaml_tree import Tree


def taken_problems(trees: Iterable[Tree], known: Known, own: str) -> Iterator[Problem]:
    """Definitions of this pack that belong to another one.

    Parameters
    ----------
    own : code of this pack; what its earlier version defined is its own.
    """
    for tree in trees:
        for kind, code, _, path in defined_in(tree):
            owner = known.owner(kind, code) or own
            if owner != own:
                yield problem("taken", tree.file, tree.line(path), code=code, pack=owner)
