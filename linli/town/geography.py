"""The ground of the town: one street, its communities and grids, its estates, roads and places."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from random import Random

from shapely import Polygon, union_all
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from linli.town.chance import chance_for
from linli.town.roads import RoadNames, Stretch, lay_roads
from linli.town.shapes import Origin, make_outline, point_in, tile
from linli.town.text_data import Checked, read_data

ESTATE, ROAD, CROSSING = "estate", "road", "crossing"
DIGITS = 6


class Above(Checked):
    code: str
    name: str
    kind: str


class Landmark(Checked):
    name: str
    kind: str


class Community(Checked):
    name: str
    type: str
    grids: int
    estates: list[str]
    landmarks: list[Landmark]


class OutlineShape(Checked):
    radius_m: float
    stretch: float
    points: int


class Places(Checked):
    """What `data/places.yaml` holds."""

    origin: dict[str, float]
    above: list[Above]
    outline: OutlineShape
    communities: list[Community]
    roads: RoadNames


@dataclass(frozen=True)
class AreaRow:
    """One line of areas.csv; codes are 2+2+2+3+3 digits, and 3 more for a grid."""

    code: str
    name: str
    kind: str
    parent_code: str
    community_type: str
    lng: float
    lat: float


@dataclass(frozen=True)
class Spot:
    """A place that people name: an estate, a landmark, a crossing, a stretch of road."""

    name: str
    kind: str
    grid_code: str
    lng: float
    lat: float
    address: str

    @property
    def community_code(self) -> str:
        """The community that the grid belongs to."""
        return self.grid_code[:12]


@dataclass(frozen=True)
class Geography:
    """The whole ground: areas from province to grid, grid polygons in degrees, named places."""

    areas: tuple[AreaRow, ...]
    polygons: dict[str, Polygon]
    spots: tuple[Spot, ...]

    @cached_property
    def communities(self) -> tuple[AreaRow, ...]:
        """The communities in the order of their codes."""
        return tuple(area for area in self.areas if area.kind == "community")

    @cached_property
    def street(self) -> AreaRow:
        """The street that the whole town is."""
        return next(area for area in self.areas if area.kind == "street")

    @cached_property
    def outline(self) -> BaseGeometry:
        """The union of all grids."""
        return union_all(list(self.polygons.values()))

    @cached_property
    def spot_by_name(self) -> dict[str, Spot]:
        """Places with a name of their own; a road has many stretches and is not among them."""
        return {spot.name: spot for spot in self.spots if spot.kind != ROAD}


def make_geography(*, seed: int) -> Geography:
    """Lay out the town; the same seed gives the same ground to the last digit."""
    places = read_data("places", shape=Places)
    rng = chance_for(seed, "geography")
    origin = Origin(places.origin["lng"], places.origin["lat"])
    shape = places.outline
    outline = make_outline(rng, radius_m=shape.radius_m, stretch=shape.stretch, points=shape.points)
    regions = tile(outline, [c.grids for c in places.communities], rng=rng, origin=origin)
    polygons: dict[str, Polygon] = {}
    areas = [_row_above(above, centre=origin) for above in places.above]
    for number, (community, cells) in enumerate(
        zip(places.communities, regions, strict=True), start=1
    ):
        code = f"{areas[3].code}{number:03d}"
        areas.extend(_community_rows(code, community, cells))
        polygons |= {f"{code}{i:03d}": cell for i, cell in enumerate(cells, start=1)}
    names = {area.code: area.name for area in areas}
    stretches = lay_roads(places.roads, polygons=polygons, names=names, rng=rng)
    spots = [*_named_spots(places, names, polygons, stretches, rng), *_road_spots(stretches, names)]
    return Geography(tuple(areas), polygons, tuple(spots))


def write_geography(geography: Geography, *, folder: Path) -> None:
    """Write areas.csv, outlines.geojson, grids.geojson and landmarks.csv into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "areas.csv").write_bytes(areas_csv(geography))
    (folder / "outlines.geojson").write_bytes(outlines_geojson(geography))
    (folder / "grids.geojson").write_bytes(grids_geojson(geography))
    (folder / "landmarks.csv").write_bytes(landmarks_csv(geography))


def areas_csv(geography: Geography) -> bytes:
    """Return the areas as CSV: code, name, kind, parent_code, community_type, lng, lat."""
    heads = [field.name for field in fields(AreaRow)]
    return _csv(heads, ([getattr(area, head) for head in heads] for area in geography.areas))


def landmarks_csv(geography: Geography) -> bytes:
    """Return the named places as CSV; a road comes once for each grid that it runs through."""
    rows = ((s.name, s.grid_code, s.kind, s.lng, s.lat) for s in geography.spots)
    return _csv(["name", "area", "kind", "lng", "lat"], rows)


def grids_geojson(geography: Geography) -> bytes:
    """Return the grids as a FeatureCollection in degrees, with `properties.code`."""
    return _geojson(geography.polygons)


def outlines_geojson(geography: Geography) -> bytes:
    """Return street and communities, each the union of its grids, as a FeatureCollection."""
    codes = [geography.street.code, *(area.code for area in geography.communities)]
    return _geojson(
        {
            code: union_all([cell for c, cell in geography.polygons.items() if c.startswith(code)])
            for code in codes
        }
    )


def _geojson(shapes: Mapping[str, BaseGeometry]) -> bytes:
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": mapping(shape)}
        for code, shape in shapes.items()
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    return f"{text}\n".encode()


def _csv(heads: list[str], rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue().encode()


def _row_above(above: Above, *, centre: Origin) -> AreaRow:
    parent = {"province": "", "city": above.code[:2], "district": above.code[:4]}
    return AreaRow(
        above.code,
        above.name,
        above.kind,
        parent.get(above.kind, above.code[:6]),
        "",
        centre.lng,
        centre.lat,
    )


def _community_rows(code: str, community: Community, cells: list[Polygon]) -> Iterator[AreaRow]:
    middle = union_all(cells).centroid
    lng, lat = round(middle.x, DIGITS), round(middle.y, DIGITS)
    yield AreaRow(code, community.name, "community", code[:9], community.type, lng, lat)
    for i, cell in enumerate(cells, start=1):
        point = cell.representative_point()
        name = f"{community.name}第{i}网格"
        lng, lat = round(point.x, DIGITS), round(point.y, DIGITS)
        yield AreaRow(f"{code}{i:03d}", name, "grid", code, "", lng, lat)


def _named_spots(
    places: Places,
    names: dict[str, str],
    polygons: dict[str, Polygon],
    stretches: list[Stretch],
    rng: Random,
) -> Iterator[Spot]:
    """Put estates round the grids in turn, so that each grid has one, and landmarks anywhere."""
    for number, community in enumerate(places.communities, start=1):
        grids = [c for c in polygons if int(c[9:12]) == number]
        named = [(name, ESTATE) for name in community.estates]
        named += [(mark.name, mark.kind) for mark in community.landmarks]
        for i, (name, kind) in enumerate(named):
            grid = grids[i % len(grids)] if kind == ESTATE else rng.choice(grids)
            lng, lat = point_in(polygons[grid], rng, margin_m=0.0003)
            road = min((s for s in stretches if not s.crosses), key=lambda s: s.distance(lng, lat))
            lead = f"{names[grid[:9]]}{community.name}"
            address = f"{lead}{road.road}{rng.randrange(1, 240)}号{name}"
            yield Spot(name, kind, grid, round(lng, DIGITS), round(lat, DIGITS), address)


def _road_spots(stretches: list[Stretch], names: dict[str, str]) -> Iterator[Spot]:
    """Yield each stretch of road in each grid, and each crossing of two roads once."""
    for s in stretches:
        kind = CROSSING if s.crosses else ROAD
        name = f"{s.road}与{s.crosses}路口" if s.crosses else s.road
        lead = f"{names[s.grid_code[:9]]}{names[s.grid_code[:12]]}"
        where = name if s.crosses else f"{s.road}{s.number}号"
        yield Spot(name, kind, s.grid_code, s.lng, s.lat, f"{lead}{where}")
