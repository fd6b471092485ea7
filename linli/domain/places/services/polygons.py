"""Importing polygons from GeoJSON, with the report of overlaps and gaps.

Serves: X07.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act, require_reach
from linli.domain.places.errors import AreaFileRejected, AreaRowRejected, in_order
from linli.domain.places.models import Area
from linli.domain.places.rules.coverage import (
    MapFinding,
    MapTolerance,
    Tile,
    gaps,
    overhang,
    overlaps,
)
from linli.domain.places.rules.features import AreaFeature, read_features
from linli.domain.places.rules.placing import KnownArea, PlacedRow, codes_named, place_rows
from linli.domain.places.rules.rows import AreaRow
from linli.domain.places.services.storing import (
    Drawn,
    ImportReport,
    known_areas,
    lock_imports,
    note_import,
    store_rows,
)


@dataclass(frozen=True)
class _Sheet:
    """The features of a file, set against the tree."""

    features: Sequence[AreaFeature]
    placed: Sequence[PlacedRow]

    @property
    def tiles(self) -> list[Tile]:
        """The file's polygons, with kind and parent from the tree."""
        by_code = {row.row.code: row for row in self.placed}
        return [
            Tile(code, by_code[code].kind, by_code[code].parent, feature.geometry)
            for feature in self.features
            if (code := feature.row.code) in by_code
        ]


@transaction.atomic
def import_polygons(
    geojson: bytes, *, tolerance: MapTolerance, actor: Actor, at: datetime, source: str = ""
) -> ImportReport:
    """Take a GeoJSON file of polygons, all or none; records AreasImported.

    Each feature names its area by `code`; one with a `name` may bring a new area. Overlaps
    and gaps above the tolerance go in and are reported; a polygon that sticks out of its
    parent is refused. Raises NotPermitted where `place.manage` does not reach, and
    AreaFileRejected with every fault.
    """
    require_act(actor, "place.manage")
    lock_imports()
    try:
        features, faults = read_features(geojson, source=source)
    except AreaRowRejected as fault:
        raise AreaFileRejected([fault]) from fault
    sheet, misplaced = _set_against_tree(features)
    faults += misplaced + _sticking_out(sheet, tolerance)
    if faults:
        raise AreaFileRejected(in_order(faults))
    require_reach(actor, "place.manage", (row.path for row in sheet.placed))
    created, changed = store_rows(sheet.placed, drawn=_drawn(features))
    found = _findings(sheet.tiles, tolerance)
    report = ImportReport(0, "polygons", len(features), created, changed, tuple(found))
    return note_import(report, source=source, actor=actor, at=at)


def _set_against_tree(
    features: Sequence[AreaFeature],
) -> tuple[_Sheet, list[AreaRowRejected]]:
    """Place the features' rows; one that only draws takes name and place from the tree."""
    known = known_areas(codes_named([feature.row for feature in features]))
    names = dict(Area.objects.filter(code__in=known).values_list("code", "name"))
    rows = [_completed(feature.row, known, names) for feature in features]
    placed, faults = place_rows(rows, known=known)
    return _Sheet(features, placed), faults


def _completed(row: AreaRow, known: Mapping[str, KnownArea], names: Mapping[str, str]) -> AreaRow:
    stored = known.get(row.code)
    if stored is None:
        return row
    return replace(
        row,
        name=row.name or names[row.code],
        parent=row.parent or stored.parent,
        kind=row.kind or stored.kind,
    )


def _drawn(features: Sequence[AreaFeature]) -> dict[str, Drawn]:
    drawn = {}
    for feature in features:
        shape_ = feature.geometry
        centre = shape_.centroid
        point = centre if shape_.contains(centre) else shape_.representative_point()
        drawn[feature.row.code] = Drawn(feature.polygon, round(point.x, 6), round(point.y, 6))
    return drawn


def _sticking_out(sheet: _Sheet, tolerance: MapTolerance) -> list[AreaRowRejected]:
    tiles = {tile.code: tile for tile in sheet.tiles}
    lines = {feature.row.code: feature.row for feature in sheet.features}
    parents = _shapes({tile.parent for tile in tiles.values() if tile.parent})
    parents |= {code: tile.geometry for code, tile in tiles.items()}
    faults = []
    for tile in tiles.values():
        parent = parents.get(tile.parent or "")
        if parent is None:
            continue
        out = overhang(tile, parent=parent, tolerance_m2=tolerance.outside_m2)
        if out is not None:
            row = lines[tile.code]
            faults.append(_outside(out, row.line, row.source))
    return faults


def _outside(out: MapFinding, line: int, source: str) -> AreaRowRejected:
    code, parent = out.codes
    size, where = f"{out.area_m2:,.0f}", f"{out.lng}, {out.lat}"
    return AreaRowRejected(
        f"区域“{code}”有 {size} 平方米画到了上级“{parent}”之外（例如 {where}）。请核对边界。",
        f"{size} m² of area {code} lie outside its parent {parent} (at {where}). Check the border.",
        field="geometry",
        row=line,
        source=source,
    )


def _shapes(codes: set[str]) -> dict[str, BaseGeometry]:
    return {tile.code: tile.geometry for tile in _tiles(Area.objects.filter(code__in=codes))}


def _tiles(areas: QuerySet[Area]) -> list[Tile]:
    """The current areas among some that have a polygon."""
    rows = areas.filter(polygon__isnull=False, valid_to__isnull=True).values_list(
        "code", "kind", "parent__code", "polygon"
    )
    return [
        Tile(code, kind, parent, shape(polygon))
        for code, kind, parent, polygon in rows
        if polygon is not None
    ]


def _findings(tiles: Sequence[Tile], tolerance: MapTolerance) -> list[MapFinding]:
    """Overlaps that touch the file's areas; gaps and overhang in them and in their parents."""
    mine = {tile.code for tile in tiles}
    around = _tiles(Area.objects.filter(kind__in={tile.kind for tile in tiles}))
    crossing = [
        finding
        for finding in overlaps(around, tolerance_m2=tolerance.overlap_m2)
        if mine.intersection(finding.codes)
    ]
    above = _shapes({tile.parent for tile in tiles if tile.parent} | mine)
    below = _tiles(Area.objects.filter(parent__code__in=above))
    outside = (
        overhang(tile, parent=above[tile.parent or ""], tolerance_m2=tolerance.outside_m2)
        for tile in below
    )
    uncovered = gaps(below, parents=above, tolerance_m2=tolerance.gap_m2)
    return crossing + uncovered + [finding for finding in outside if finding]
