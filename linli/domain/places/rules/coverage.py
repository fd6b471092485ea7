"""How well polygons tile the ground: overlaps among siblings, gaps and overhang in parents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from linli.domain.places.rules.surface import square_metres


class FindingKind(StrEnum):
    """What is wrong between polygons."""

    OVERLAP = "overlap"
    GAP = "gap"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class MapTolerance:
    """Sizes below which an error of drawing is let pass, in square metres.

    They come from a pack (`places.overlap_tolerance`, `places.gap_tolerance`,
    `places.outside_tolerance`); there is no default in code.
    """

    overlap_m2: float
    gap_m2: float
    outside_m2: float


@dataclass(frozen=True)
class MapFinding:
    """One overlap, gap or overhang.

    Parameters
    ----------
    kind : what it is.
    codes : the areas concerned: both that overlap, or the parent of a gap, or the child
        that sticks out and its parent.
    area_m2 : its size on the ground.
    lng, lat : a point inside it, degrees.
    """

    kind: FindingKind
    codes: tuple[str, ...]
    area_m2: float
    lng: float
    lat: float


@dataclass(frozen=True)
class Tile:
    """An area's polygon for comparison with its neighbours and its parent."""

    code: str
    kind: str
    parent: str | None
    geometry: BaseGeometry


def overlaps(tiles: Sequence[Tile], *, tolerance_m2: float) -> list[MapFinding]:
    """Return every pair of areas of one kind that overlap by more than the tolerance.

    Parameters
    ----------
    tiles : valid polygons in degrees; areas of other kinds are never compared.
    tolerance_m2 : overlaps up to this size are let pass.
    """
    found: list[MapFinding] = []
    for kind in sorted({tile.kind for tile in tiles}):
        same = [tile for tile in tiles if tile.kind == kind]
        found += _overlaps_of_kind(same, tolerance_m2)
    return found


def _overlaps_of_kind(tiles: Sequence[Tile], tolerance_m2: float) -> list[MapFinding]:
    shapes = [tile.geometry for tile in tiles]
    left, right = STRtree(shapes).query(shapes, predicate="intersects")
    pairs = [(int(i), int(j)) for i, j in zip(left, right, strict=True) if i < j]
    common = [shapes[i].intersection(shapes[j]) for i, j in pairs]
    sizes = square_metres(common)
    return [
        _finding(FindingKind.OVERLAP, (tiles[i].code, tiles[j].code), size, shape)
        for (i, j), shape, size in zip(pairs, common, sizes, strict=True)
        if size > tolerance_m2
    ]


def gaps(
    tiles: Iterable[Tile], *, parents: Mapping[str, BaseGeometry], tolerance_m2: float
) -> list[MapFinding]:
    """Return every piece of a parent that no child covers, larger than the tolerance.

    Parameters
    ----------
    tiles : the children, valid polygons in degrees.
    parents : polygon by code; one without any child among `tiles` is left out.
    tolerance_m2 : gaps up to this size are let pass.
    """
    children: dict[str, list[BaseGeometry]] = {}
    for tile in tiles:
        if tile.parent is not None and tile.parent in parents:
            children.setdefault(tile.parent, []).append(tile.geometry)
    found: list[MapFinding] = []
    for code in sorted(children):
        uncovered = parents[code].difference(shapely.union_all(children[code]))
        pieces = list(shapely.get_parts(uncovered))
        found += [
            _finding(FindingKind.GAP, (code,), size, piece)
            for piece, size in zip(pieces, square_metres(pieces), strict=True)
            if size > tolerance_m2
        ]
    return found


def overhang(tile: Tile, *, parent: BaseGeometry, tolerance_m2: float) -> MapFinding | None:
    """Return the part of an area that lies outside its parent, None up to the tolerance."""
    if parent.covers(tile.geometry):
        return None
    outside = tile.geometry.difference(parent)
    (size,) = square_metres([outside])
    if size <= tolerance_m2:
        return None
    return _finding(FindingKind.OUTSIDE, (tile.code, tile.parent or ""), size, outside)


def _finding(
    kind: FindingKind, codes: tuple[str, ...], size: float, shape: BaseGeometry
) -> MapFinding:
    point = shape.representative_point()
    return MapFinding(kind, codes, round(size, 1), round(point.x, 6), round(point.y, 6))
