"""Reading GeoJSON of areas: bytes in, polygons by code or faults out."""

import json
from dataclasses import dataclass

from shapely import GEOSException, is_valid_reason
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from linli.domain.places.errors import AreaRowRejected
from linli.domain.places.rules.codes import unpadded
from linli.domain.places.rules.lookup import GeoJson
from linli.domain.places.rules.rows import COLUMNS, AreaRow, CellReader, decode_text, plain
from linli.kernel.bounds import MOST_FAULTS, MOST_FEATURES

POLYGON_TYPES = ("Polygon", "MultiPolygon")
UNSHAPELY = (
    ShapelyError,
    GEOSException,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    AttributeError,
    RecursionError,
)
WGS84_NAMES = ("CRS84", "4326")


@dataclass(frozen=True)
class AreaFeature:
    """A polygon with the row that its properties make; `row.name` is "" where none is given."""

    row: AreaRow
    polygon: GeoJson
    geometry: BaseGeometry


def read_features(
    data: bytes, *, source: str = ""
) -> tuple[list[AreaFeature], list[AreaRowRejected]]:
    """Read a FeatureCollection of polygons in WGS 84; the second list holds the faults.

    A fault's `row` is the number of the feature, counted from 1. Raises AreaRowRejected
    where the file as a whole is not a FeatureCollection in WGS 84.
    """
    collection = _collection(data)
    features: list[AreaFeature] = []
    faults: list[AreaRowRejected] = []
    for number, item in enumerate(collection, start=1):
        if len(faults) >= MOST_FAULTS:
            break
        try:
            features.append(_feature(item, number, source))
        except AreaRowRejected as fault:
            faults.append(fault)
    return features, faults


def _collection(data: bytes) -> list[object]:
    try:
        content = json.loads(decode_text(data, most=MOST_FEATURES))
    except RecursionError as error:
        raise _not_features() from error
    except json.JSONDecodeError as error:
        raise AreaRowRejected(
            f"文件不是 JSON：第 {error.lineno} 行第 {error.colno} 个字符读不下去。"
            "请重新导出 GeoJSON。",
            f"The file is not JSON: it breaks on line {error.lineno}, character {error.colno}. "
            "Export the GeoJSON again.",
            row=error.lineno,
        ) from error
    except ValueError as error:  # a number of thousands of digits
        raise _not_features() from error
    items = content.get("features") if isinstance(content, dict) else None
    if not isinstance(items, list) or content.get("type") != "FeatureCollection" or not items:
        raise _not_features()
    name = _system(content)
    if not any(known in name for known in WGS84_NAMES):
        raise AreaRowRejected(
            f"坐标系是“{name[:80]}”，只接收 WGS 84（EPSG:4326）的经纬度。请转换后再导入。",
            f"The reference system is {name[:80]}; only WGS 84 (EPSG:4326) is taken. "
            "Convert it first.",
        )
    return items


def _system(content: dict[str, object]) -> str:
    """Name the reference system as the file writes it; WGS 84 unless it says another."""
    try:
        return str(content.get("crs", "CRS84"))
    except RecursionError as error:
        raise _not_features() from error


def _not_features() -> AreaRowRejected:
    return AreaRowRejected(
        "文件不是带图形的 FeatureCollection。请导出为 GeoJSON 的 FeatureCollection。",
        "The file is not a FeatureCollection with features. Export it as GeoJSON.",
    )


def _feature(item: object, number: int, source: str) -> AreaFeature:
    properties = item.get("properties") if isinstance(item, dict) else None
    geometry = item.get("geometry") if isinstance(item, dict) else None
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        raise AreaRowRejected(
            "这个图形缺少 properties 或 geometry。请补齐。",
            "This feature has no properties or no geometry. Complete it.",
            row=number,
            source=source,
        )
    row = _row(properties, number, source)
    outline = _shape(geometry, row)
    bare: GeoJson = {"type": geometry["type"], "coordinates": geometry["coordinates"]}
    return AreaFeature(row, bare, outline)


def _row(properties: dict[str, object], number: int, source: str) -> AreaRow:
    def value(name: str) -> str:
        given = (properties.get(key) for key in COLUMNS[name])
        return next((plain(str(item)) for item in given if item not in (None, "")), "")

    reader = CellReader(line=number, source=source)
    return AreaRow(
        code=unpadded(value("code")),
        name=value("name"),
        parent=unpadded(value("parent")) or None,
        kind=reader.kind(value("kind")),
        community_type=value("community_type"),
        valid_from=reader.day("valid_from", value("valid_from")),
        valid_to=reader.day("valid_to", value("valid_to")),
        line=number,
        source=source,
    )


def _shape(geometry: GeoJson, row: AreaRow) -> BaseGeometry:
    kind = geometry.get("type")
    if kind not in POLYGON_TYPES:
        raise _fault(row, f"图形是“{kind}”，应为面", f"the geometry is {kind}, not a polygon")
    try:
        polygon = shape(geometry)
    except UNSHAPELY as error:
        raise _fault(row, "坐标写法不对", "its coordinates are not written as GeoJSON") from error
    if polygon.is_empty or not polygon.is_valid:
        reason = "empty" if polygon.is_empty else str(is_valid_reason(polygon))
        raise _fault(row, f"面不成立（{reason}）", f"the polygon does not hold ({reason})")
    west, south, east, north = polygon.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise _fault(
            row,
            "坐标超出经纬度范围，可能是投影坐标或经纬颠倒",
            "its coordinates are not degrees, perhaps projected or lat before lng",
        )
    return polygon


def _fault(row: AreaRow, zh: str, en: str) -> AreaRowRejected:
    return AreaRowRejected(
        f"区域“{row.code}”的图形不能用：{zh}。请在制图软件里改正后重新导出。",
        f"The shape of area {row.code} cannot be used: {en}. Correct it and export again.",
        field="geometry",
        row=row.line,
        source=row.source,
    )
