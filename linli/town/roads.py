"""Lays named roads over the grids: long ones right across, lanes inside one community."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from shapely import LineString, Polygon, union_all
from shapely.geometry.base import BaseGeometry

from linli.town.text_data import Checked

SHORTEST_DEGREES = 0.0004  # about 35 m: a shorter piece of road in a grid is not worth naming
NUMBER_STEP_DEGREES = 0.00012  # house numbers rise by two every ten metres or so
BENDS = 7


class RoadNames(Checked):
    """Names of the roads by the way they run; lanes by community."""

    east_west: list[str]
    north_south: list[str]
    lanes: dict[str, list[str]]


@dataclass(frozen=True)
class Stretch:
    """The part of a road inside one grid; or the point where it crosses another road."""

    road: str
    crosses: str
    grid_code: str
    lng: float
    lat: float
    number: int

    def distance(self, lng: float, lat: float) -> float:
        """Return how far a point lies from the middle of the stretch, in degrees."""
        return math.hypot(self.lng - lng, self.lat - lat)


def lay_roads(
    roads: RoadNames, *, polygons: dict[str, Polygon], names: dict[str, str], rng: Random
) -> list[Stretch]:
    """Return every stretch of every road, grid by grid, and every crossing of two long roads."""
    west, south, east, north = union_all(list(polygons.values())).bounds
    rows = {
        name: _line((west, y), (east, y + rng.uniform(-0.0015, 0.0015)), rng)
        for name, y in _levels(roads.east_west, south, north)
    }
    columns = {
        name: _line((x, south), (x + rng.uniform(-0.0015, 0.0015), north), rng)
        for name, x in _levels(roads.north_south, west, east)
    }
    found: list[Stretch] = []
    for name, line in {**rows, **columns}.items():
        found.extend(_stretches(name, line, polygons))
    for row, line in rows.items():
        for column, other in columns.items():
            found.extend(_crossing(row, column, line.intersection(other), polygons))
    for community, lanes in roads.lanes.items():
        code = next(c for c, name in names.items() if name == community)
        own = {c: shape for c, shape in polygons.items() if c.startswith(code)}
        for name in lanes:
            a, b = rng.sample(sorted(own), 2)
            ends = own[a].centroid.coords[0], own[b].centroid.coords[0]
            found.extend(_stretches(name, _line(*ends, rng), own))
    return found


def _levels(names: list[str], low: float, high: float) -> Iterator[tuple[str, float]]:
    """Spread names evenly between two bounds, none on a bound."""
    for i, name in enumerate(names, start=1):
        yield name, low + (high - low) * i / (len(names) + 1)


def _line(start: tuple[float, ...], end: tuple[float, ...], rng: Random) -> LineString:
    """Return a slightly bent line from start to end, both in degrees."""
    points = []
    for i in range(BENDS + 1):
        share = i / BENDS
        swing = 0.0 if i in (0, BENDS) else rng.uniform(-0.0003, 0.0003)
        points.append(
            (
                start[0] + (end[0] - start[0]) * share + swing,
                start[1] + (end[1] - start[1]) * share + swing,
            )
        )
    return LineString(points)


def _stretches(name: str, line: LineString, polygons: dict[str, Polygon]) -> Iterator[Stretch]:
    for code, polygon in polygons.items():
        inside = line.intersection(polygon)
        if inside.length < SHORTEST_DEGREES:
            continue
        middle = inside.interpolate(0.5, normalized=True)
        number = 2 * int(line.project(middle) / NUMBER_STEP_DEGREES) + 2
        yield Stretch(name, "", code, round(middle.x, 6), round(middle.y, 6), number)


def _crossing(
    row: str, column: str, point: BaseGeometry, polygons: dict[str, Polygon]
) -> Iterator[Stretch]:
    """Yield the crossing of two roads where it lies in a grid; roads that miss yield nothing."""
    for code, polygon in polygons.items():
        inside = polygon.intersection(point)
        if not inside.is_empty:
            middle = inside.centroid
            yield Stretch(row, column, code, round(middle.x, 6), round(middle.y, 6), 0)
            return
