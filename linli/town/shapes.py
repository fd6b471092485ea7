"""Cuts an irregular outline into cells that tile it: no gaps, no overlaps, shared corners."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import shapely
from shapely import LineString, MultiPoint, Point, Polygon
from shapely.ops import polygonize

METRES_PER_DEGREE = 111_320.0  # of latitude, on a sphere; the town is small and invented
STEP_DEGREES = 1e-6  # corners lie on this lattice, so that neighbours share them exactly
RELAX_ROUNDS = 15
ATTEMPTS = 30


@dataclass(frozen=True)
class Origin:
    """Where the metres of the plan are zero, in degrees."""

    lng: float
    lat: float

    def to_degrees(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return longitude and latitude of a point given in metres east and north."""
        shrink = math.cos(math.radians(self.lat))
        lng = self.lng + x_m / (METRES_PER_DEGREE * shrink)
        return lng, self.lat + y_m / METRES_PER_DEGREE

    def move(self, shape: Polygon) -> Polygon:
        """Return the polygon, given in metres, in degrees."""
        return Polygon([self.to_degrees(x, y) for x, y in shape.exterior.coords])


def make_outline(rng: Random, *, radius_m: float, stretch: float, points: int) -> Polygon:
    """Return a bumpy closed shape about zero, in metres, wider than high by `stretch`."""
    wave2, wave3 = rng.uniform(0, 6.28), rng.uniform(0, 6.28)
    corners = []
    for i in range(points):
        turn = 2 * math.pi * i / points
        bump = 0.07 * math.sin(2 * turn + wave2) + 0.05 * math.sin(3 * turn + wave3)
        radius = radius_m * (1 + bump + rng.uniform(-0.02, 0.02))
        corners.append((radius * stretch * math.cos(turn), radius * math.sin(turn)))
    return Polygon(corners)


def point_in(shape: Polygon, rng: Random, *, margin_m: float = 0.0) -> tuple[float, float]:
    """Return a random point inside the shape, away from its edge where there is room."""
    inner = shape.buffer(-margin_m) if margin_m else shape
    room = shape if inner.is_empty else inner
    left, low, right, high = room.bounds
    while True:
        x, y = rng.uniform(left, right), rng.uniform(low, high)
        if room.contains(Point(x, y)):
            return x, y


def relaxed_cells(shape: Polygon, count: int, rng: Random) -> list[Polygon]:
    """Return `count` cells of similar size that tile the shape (Lloyd's relaxation)."""
    seeds = [point_in(shape, rng) for _ in range(count)]
    cells = [shape]
    for _ in range(RELAX_ROUNDS):
        cells = _cells(shape, seeds)
        seeds = [(cell.centroid.x, cell.centroid.y) for cell in cells]
    return cells


def tile(
    outline: Polygon, sizes: Sequence[int], *, rng: Random, origin: Origin
) -> list[list[Polygon]]:
    """Cut the outline into one region per size, and each region into so many cells.

    Parameters
    ----------
    outline : polygon in metres.
    sizes : number of cells of each region, any order; the most central region comes first.
    rng : source of chance.
    origin : where zero lies; the cells come back in degrees.

    Returns
    -------
    list of regions, each a list of polygons in degrees whose corners lie on one lattice.
    """
    for _ in range(ATTEMPTS):
        regions = sorted(relaxed_cells(outline, len(sizes), rng), key=_off_centre)
        plan = [
            relaxed_cells(region, size, rng) for region, size in zip(regions, sizes, strict=True)
        ]
        snapped = _snap([[origin.move(cell) for cell in cells] for cells in plan])
        if snapped is not None:
            return snapped
    raise RuntimeError("no clean tiling was found; another seed will do")  # pragma: no cover


def _off_centre(shape: Polygon) -> float:
    return math.hypot(shape.centroid.x, shape.centroid.y)


def _cells(shape: Polygon, seeds: Sequence[tuple[float, float]]) -> list[Polygon]:
    """Return the Voronoi cell of each seed, clipped to the shape; the largest part of each."""
    raw = shapely.voronoi_polygons(MultiPoint(seeds), extend_to=shape).geoms
    cells = []
    for cell in raw:
        part = cell.intersection(shape)
        cells.append(max(getattr(part, "geoms", [part]), key=lambda piece: piece.area))
    return sorted(cells, key=lambda c: (round(c.centroid.x), round(c.centroid.y)))


def _snap(plan: list[list[Polygon]]) -> list[list[Polygon]] | None:
    """Return the plan with all corners on one lattice, or None where a cell fell apart."""
    # Corners are rounded only here, all together: rounding each cell first leaves slivers.
    edges = [LineString(cell.exterior.coords) for cells in plan for cell in cells]
    faces = list(polygonize(shapely.union_all(edges, grid_size=STEP_DEGREES)))
    if len(faces) != len(edges):
        return None
    tree = shapely.STRtree(faces)
    snapped = []
    for cells in plan:
        found = [tree.query(cell.representative_point(), "within") for cell in cells]
        if any(len(hit) != 1 for hit in found):
            return None
        snapped.append([faces[int(hit[0])] for hit in found])
    return snapped
