"""Outlines light enough to draw: fewer corners, neighbours still sharing their border."""

from collections.abc import Sequence

import shapely
from shapely.geometry import mapping, shape

from linli.domain.places.rules.lookup import GeoJson

# Ours: a map is some 1,000 dots wide, and a corner that moves less than one dot is not seen.
DOTS = 1_000
DECIMALS = 5  # degrees; about one metre


def drawn(polygons: Sequence[GeoJson]) -> list[GeoJson]:
    """Return polygons with no more corners than a picture of all of them shows.

    Parameters
    ----------
    polygons : GeoJSON geometries in degrees, lng before lat, meant to touch without overlap.

    Returns
    -------
    One geometry each in the same order. A border that two of them share stays shared: both
    sides lose the same corners.
    """
    if not polygons:
        return []
    geometries = [shape(polygon) for polygon in polygons]
    west, south, east, north = shapely.total_bounds(geometries)
    tolerance = max(east - west, north - south) / DOTS
    return [_rounded(mapping(g)) for g in shapely.coverage_simplify(geometries, tolerance)]


def _rounded(geometry: GeoJson) -> GeoJson:
    return {"type": geometry["type"], "coordinates": _shortened(geometry["coordinates"])}


def _shortened(part: object) -> object:
    if isinstance(part, float):
        return round(part, DECIMALS)
    return [_shortened(inner) for inner in part] if isinstance(part, list | tuple) else part
