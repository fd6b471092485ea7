"""Point → area by polygons, over an index made once and asked many times."""

from collections.abc import Iterable
from dataclasses import dataclass

from shapely import Point, STRtree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from linli.domain.places.rules.codes import AreaKind, depth_of

GeoJson = dict[str, object]


@dataclass(frozen=True)
class Outline:
    """One area's polygon with what is needed to choose between several that hold a point."""

    area_id: int
    kind: AreaKind
    geometry: BaseGeometry

    @classmethod
    def of(cls, *, area_id: int, kind: str, polygon: GeoJson) -> "Outline":
        """Read a stored GeoJSON geometry (degrees, lng before lat)."""
        return cls(area_id, AreaKind(kind), shape(polygon))


class OutlineIndex:
    """Outlines in a sort-tile-recursive tree; reading is safe from many threads.

    Parameters
    ----------
    outlines : any number, none allowed; polygons in degrees.
    """

    def __init__(self, outlines: Iterable[Outline]) -> None:
        self._outlines = tuple(outlines)
        self._tree = STRtree([outline.geometry for outline in self._outlines])

    def __len__(self) -> int:
        return len(self._outlines)

    def area_at(self, *, lng: float, lat: float, kind: AreaKind | None = None) -> int | None:
        """Return the id of the area that holds a point, None if none does.

        Parameters
        ----------
        lng, lat : degrees; a point on a border belongs to both sides.
        kind : only areas of this kind; None takes the deepest kind that holds the point.

        Where two of a kind overlap the smaller one wins: an enclave drawn over its
        surroundings is meant.
        """
        held = self._tree.query(Point(lng, lat), predicate="intersects")
        outlines = (self._outlines[int(i)] for i in held)
        found = [outline for outline in outlines if kind is None or outline.kind == kind]
        if not found:
            return None
        return min(found, key=_rank).area_id


def _rank(outline: Outline) -> tuple[int, float, int]:
    return -depth_of(outline.kind), float(outline.geometry.area), outline.area_id
