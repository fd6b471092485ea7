"""The one door for reads about areas."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal, TypedDict

from django.db.models import F, FloatField, Func, Max, Q, QuerySet, Value

from linli.domain.places.models import Area, AreaImport, AreaPathField, Earth, Landmark
from linli.domain.places.rules.codes import AreaKind, depth_of
from linli.domain.places.rules.drawing import drawn
from linli.domain.places.rules.lookup import GeoJson, Outline, OutlineIndex
from linli.domain.places.rules.names import spoken_names
from linli.domain.places.rules.paths import (
    EVERYWHERE,
    is_inside,
    parent_codes,
    path_range,
    paths_above,
)
from linli.kernel.errors import NotFound

__all__ = [
    "EVERYWHERE",
    "Area",
    "AreaImport",
    "AreaKind",
    "AreaNode",
    "AreaPathField",
    "FeatureCollection",
    "Landmark",
    "NearArea",
    "area_at",
    "area_by_code",
    "area_by_path",
    "area_names",
    "area_tree",
    "areas_under",
    "children",
    "gazetteer",
    "geojson_of",
    "grid_at",
    "inside",
    "is_inside",
    "nearest_areas",
    "outlines_for_drawing",
    "parent_codes",
    "path_range",
    "paths_above",
    "places_version",
]


class Feature(TypedDict):
    """One area as GeoJSON."""

    type: Literal["Feature"]
    id: str
    geometry: GeoJson
    properties: dict[str, str | float | None]


class FeatureCollection(TypedDict):
    """Areas as GeoJSON, ready for a map."""

    type: Literal["FeatureCollection"]
    features: list[Feature]


@dataclass(frozen=True)
class NearArea:
    """An area and how far its point lies from the one asked about, in metres."""

    area: Area
    distance_m: float


@dataclass
class AreaNode:
    """An area with those below it, for pickers."""

    code: str
    name: str
    kind: AreaKind
    path: str
    children: "list[AreaNode]" = field(default_factory=list)


def inside(path: str, *, column: str = "area_path") -> Q:
    """Return the condition "inside the area of `path`" on a scoped row's column.

    `""` is everywhere and gives a condition that every row fulfils.
    """
    low, high = path_range(path)
    if path == EVERYWHERE:
        return Q()
    return Q((f"{column}__gte", low), (f"{column}__lt", high))


def _light() -> QuerySet[Area]:
    """Areas without their polygons, which are heavy and rarely wanted."""
    return Area.objects.defer("polygon")


def area_by_code(code: str) -> Area:
    """Return the area of a code; raises NotFound."""
    area = _light().filter(code=code).first()
    if area is None:
        raise NotFound(
            f"没有区划代码“{code}”。请核对代码，或先导入区划。",
            f"There is no area with the code {code}. Check the code or import the areas first.",
        )
    return area


def area_by_path(path: str) -> Area:
    """Return the area of a path; raises NotFound."""
    area = _light().filter(path=path).first()
    if area is None:
        raise NotFound(
            f"没有区域路径“{path}”。请核对，或先导入区划。",
            f"There is no area with the path {path}. Check it or import the areas first.",
        )
    return area


def holds_on(on: date | None) -> Q:
    """Return the condition "valid on that day", the last day included.

    Without a day: the areas that nobody has set an end for.
    """
    if on is None:
        return Q(valid_to__isnull=True)
    began = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return began & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def areas_under(
    path: str = EVERYWHERE, kind: AreaKind | None = None, *, on: date | None = None
) -> QuerySet[Area]:
    """Return the area of a path and all below it, of one kind if asked, in order of path.

    `on` is the day for which they must hold; without it those without an end come.
    """
    areas = _light().filter(inside(path, column="path"), holds_on(on)).order_by("path")
    return areas if kind is None else areas.filter(kind=kind)


def children(path: str = EVERYWHERE) -> QuerySet[Area]:
    """Return the areas one level below that have no end, the roots for `""`."""
    level = Q(parent__isnull=True) if path == EVERYWHERE else Q(parent__path=path)
    return _light().filter(level, holds_on(None))


def area_names(paths: Iterable[str]) -> dict[str, str]:
    """Return the name of each path given that is known, by path; one query."""
    return dict(Area.objects.filter(path__in=set(paths)).values_list("path", "name"))


def places_version() -> int:
    """Return the number of the newest import; whoever caches areas keys the cache by it."""
    return AreaImport.objects.aggregate(newest=Max("id"))["newest"] or 0


@lru_cache(maxsize=2)
def _outlines(version: int) -> OutlineIndex:
    """Every current polygon, built once for each import that this process hears of."""
    rows = Area.objects.filter(holds_on(None), polygon__isnull=False)
    return OutlineIndex(
        Outline.of(area_id=area_id, kind=kind, polygon=polygon)
        for area_id, kind, polygon in rows.values_list("id", "kind", "polygon")
        if polygon is not None
    )


def area_at(lng: float, lat: float, *, kind: AreaKind | None = None) -> Area | None:
    """Return the area whose polygon holds a point (degrees), the deepest unless a kind is named.

    Sees the newest import at once, whichever process made it.
    """
    area_id = _outlines(places_version()).area_at(lng=lng, lat=lat, kind=kind)
    return None if area_id is None else _light().filter(id=area_id).first()


def grid_at(lng: float, lat: float) -> Area | None:
    """Return the grid whose polygon holds a point (degrees), None if none does."""
    return area_at(lng, lat, kind=AreaKind.GRID)


def nearest_areas(
    lng: float, lat: float, n: int = 5, *, kind: AreaKind | None = None
) -> list[NearArea]:
    """Return the `n` areas whose points lie nearest to a point (degrees), nearest first."""
    areas = _light().filter(holds_on(None), lat__isnull=False, lng__isnull=False)
    if kind is not None:
        areas = areas.filter(kind=kind)
    here = Earth(Value(lat), Value(lng))
    distance = Func(
        Earth(F("lat"), F("lng")),
        here,
        arg_joiner=" <-> ",
        template="(%(expressions)s)",
        output_field=FloatField(),
    )
    found = areas.annotate(distance_m=distance).order_by("distance_m")[:n]
    return [NearArea(area, area.distance_m) for area in found]


def gazetteer(path: str = EVERYWHERE) -> list[tuple[str, str]]:
    """Return (name, area code) for every name people may use inside an area.

    Full and shortened names of areas, and landmarks with the code of the area they lie
    in. One name may come several times with different codes.
    """
    areas = Area.objects.filter(inside(path, column="path"), holds_on(None))
    named = areas.order_by("path").values_list("name", "code")
    marks = Landmark.objects.filter(inside(path)).order_by("area_path", "name")
    return [(spoken, code) for name, code in named for spoken in spoken_names(name)] + list(
        marks.values_list("name", "area__code")
    )


def geojson_of(path: str, kind: AreaKind) -> FeatureCollection:
    """Return the polygons of one kind inside an area, for a map."""
    here = inside(path, column="path")
    rows = Area.objects.filter(here, holds_on(None), kind=kind, polygon__isnull=False)
    features = [_feature(area, area.polygon) for area in rows if area.polygon is not None]
    return {"type": "FeatureCollection", "features": features}


def outlines_for_drawing(path: str, kind: AreaKind) -> dict[str, GeoJson]:
    """Return light outlines of one kind inside an area, by code; made once for each import."""
    return _drawn(places_version(), path, kind)


@lru_cache(maxsize=128)
def _drawn(version: int, path: str, kind: AreaKind) -> dict[str, GeoJson]:
    features = geojson_of(path, kind)["features"]
    light = drawn([feature["geometry"] for feature in features])
    return dict(zip((feature["id"] for feature in features), light, strict=True))


def _feature(area: Area, polygon: GeoJson) -> Feature:
    return {
        "type": "Feature",
        "id": area.code,
        "geometry": polygon,
        "properties": {
            "code": area.code,
            "name": area.name,
            "path": area.path,
            "lng": area.lng,
            "lat": area.lat,
        },
    }


def area_tree(path: str = EVERYWHERE, *, down_to: AreaKind = AreaKind.GRID) -> list[AreaNode]:
    """Return the areas inside a path as nested nodes, no deeper than a kind, one query."""
    kinds = [kind for kind in AreaKind if depth_of(kind) <= depth_of(down_to)]
    rows = areas_under(path).filter(kind__in=kinds)
    nodes: dict[str, AreaNode] = {}
    roots: list[AreaNode] = []
    for code, name, kind, own in rows.values_list("code", "name", "kind", "path"):
        node = nodes[own] = AreaNode(code, name, AreaKind(kind), own)
        above = next((nodes[p] for p in paths_above(own)[1:] if p in nodes), None)
        (roots if above is None else above.children).append(node)
    return roots
