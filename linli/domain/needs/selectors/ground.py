"""The names of all places and the tree that they stand in, kept in the process."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from linli.domain.needs.rules.places import common_area
from linli.domain.places.selectors import AreaKind, areas_under, gazetteer, paths_above
from linli.methods.gazetteer import Gazetteer


@dataclass(frozen=True)
class Ground:
    """All places as of one import.

    Parameters
    ----------
    names : every name people may use inside the area served, ready to be looked for.
    paths, titles : code -> path and name of every area.
    home : path of the area served: the deepest that holds every grid.
    communities : paths of all communities.
    """

    names: Gazetteer
    paths: Mapping[str, str]
    titles: Mapping[str, str]
    home: str
    communities: frozenset[str]

    def neighbourhood(self, code: str) -> str:
        """Path of the community in which an area lies; the area's own where it is wider."""
        path = self.paths.get(code, "")
        if not path:
            return ""
        return next((above for above in paths_above(path) if above in self.communities), path)


@lru_cache(maxsize=2)
def ground_of(version: int) -> Ground:
    """All places as of an import, made once a process."""
    rows = list(areas_under().values_list("code", "path", "name", "kind"))
    home = ""
    for kinds in ({AreaKind.GRID.value}, {AreaKind.COMMUNITY.value}, {row[3] for row in rows}):
        home = home or common_area([path for _, path, _, kind in rows if kind in kinds])
    return Ground(
        names=Gazetteer(gazetteer(home)),
        paths={code: path for code, path, _, _ in rows},
        titles={code: name for code, _, name, _ in rows},
        home=home,
        communities=frozenset(path for _, path, _, kind in rows if kind == AreaKind.COMMUNITY),
    )
