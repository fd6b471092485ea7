"""A small town for tests: codes that exist nowhere, and square grids."""

import json
from datetime import UTC, datetime

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, Holding
from linli.domain.places.services import (
    AreaRow,
    ImportReport,
    MapTolerance,
    import_areas,
    import_polygons,
)

AT = datetime(2026, 3, 1, 2, tzinfo=UTC)
PROVINCE, CITY, DISTRICT = "99", "9901", "990101"
STREET, COMMUNITY = "990101001", "990101001003"
GRIDS = ("990101001003001", "990101001003002")
STREET_PATH = "99/9901/990101/990101001/"
COMMUNITY_PATH = STREET_PATH + "990101001003/"
TOLERANCE = MapTolerance(overlap_m2=50, gap_m2=50, outside_m2=50)
WEST, SOUTH, SIDE = 110.0, 30.0, 0.01

ADMIN = Actor(1, "管理员", holdings=(Holding("admin", 0, "", "99/"),))
CLERK = Actor(2, "受理员", holdings=(Holding("clerk", 0, "", "99/"),))


def town_rows() -> list[AreaRow]:
    """Province down to two grids of one community, and a second street."""
    names = {
        PROVINCE: "示例省",
        CITY: "示例市",
        DISTRICT: "东岸区",
        STREET: "梧桐街道",
        "990101002": "石桥镇",
        COMMUNITY: "槐荫社区",
        GRIDS[0]: "第一网格",
        GRIDS[1]: "第二网格",
    }
    return [AreaRow(code, name, line=i) for i, (code, name) in enumerate(names.items(), 2)]


def import_town() -> ImportReport:
    """Put the small town into the tree."""
    return import_areas(town_rows(), actor=SYSTEM_ACTOR, at=AT)


def box(west: float, south: float, east: float, north: float) -> dict[str, object]:
    """A rectangle in units of SIDE from the south-west corner of the town."""
    x = [WEST + SIDE * west, WEST + SIDE * east]
    y = [SOUTH + SIDE * south, SOUTH + SIDE * north]
    ring = [[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]], [x[0], y[0]]]
    return {"type": "Polygon", "coordinates": [ring]}


def geojson(shapes: dict[str, dict[str, object]], **more: object) -> bytes:
    """A FeatureCollection of shapes by code."""
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
        for code, geometry in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def draw(shapes: dict[str, dict[str, object]], **more: object) -> ImportReport:
    """Import the polygons of some areas."""
    return import_polygons(geojson(shapes, **more), tolerance=TOLERANCE, actor=ADMIN, at=AT)
