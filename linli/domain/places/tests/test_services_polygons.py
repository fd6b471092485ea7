import json

import pytest

from linli.domain.places.errors import AreaFileRejected
from linli.domain.places.models import Area
from linli.domain.places.selectors import AreaKind, area_at, area_by_code, geojson_of, grid_at
from linli.domain.places.services import import_polygons
from linli.domain.places.tests.builders import (
    ADMIN,
    AT,
    COMMUNITY,
    COMMUNITY_PATH,
    GRIDS,
    SIDE,
    SOUTH,
    TOLERANCE,
    WEST,
    box,
    draw,
    geojson,
    import_town,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town() -> None:
    import_town()


def middle(x: float, y: float) -> tuple[float, float]:
    return WEST + SIDE * x, SOUTH + SIDE * y


def refusal(data: bytes) -> AreaFileRejected:
    with pytest.raises(AreaFileRejected) as refused:
        import_polygons(data, tolerance=TOLERANCE, actor=ADMIN, at=AT)
    assert not Area.objects.filter(polygon__isnull=False).exists()
    return refused.value


def test_a_point_falls_into_its_grid_and_nowhere_outside():
    """Serves: X07."""
    draw({GRIDS[0]: box(0, 0, 1, 1), GRIDS[1]: box(1, 0, 2, 1)})
    found = grid_at(*middle(1.5, 0.5))
    assert found is not None
    assert found.code == GRIDS[1]
    assert grid_at(*middle(5, 5)) is None


def test_a_new_drawing_is_seen_at_once():
    draw({GRIDS[0]: box(0, 0, 1, 1)})
    assert grid_at(*middle(0.5, 0.5)) is not None
    draw({GRIDS[0]: box(3, 3, 4, 4)})
    assert grid_at(*middle(0.5, 0.5)) is None


def test_asking_for_no_kind_gives_the_deepest_area():
    draw({COMMUNITY: box(0, 0, 2, 1), GRIDS[0]: box(0, 0, 1, 1)})
    inside, beside = area_at(*middle(0.5, 0.5)), area_at(*middle(1.5, 0.5))
    assert inside is not None
    assert beside is not None
    assert (inside.code, beside.code) == (GRIDS[0], COMMUNITY)


def test_an_area_gets_its_point_from_its_polygon():
    draw({GRIDS[0]: box(0, 0, 1, 1)})
    area = area_by_code(GRIDS[0])
    assert (area.lng, area.lat) == pytest.approx(middle(0.5, 0.5))


def test_overlaps_and_gaps_are_reported_in_square_metres():
    """Serves: X07."""
    shapes = {COMMUNITY: box(0, 0, 2, 1), GRIDS[0]: box(0, 0, 1, 1), GRIDS[1]: box(0.9, 0, 1.8, 1)}
    report = draw(shapes)
    found = {finding.kind.value: finding for finding in report.findings}
    assert set(found) == {"overlap", "gap"}
    assert set(found["overlap"].codes) == set(GRIDS)
    # 0.001° × 0.01° at 30° north: 96.5 m × 1108.6 m
    assert found["overlap"].area_m2 == pytest.approx(106_950, rel=0.002)
    assert found["gap"].codes == (COMMUNITY,)
    assert found["gap"].area_m2 == pytest.approx(2 * 106_950, rel=0.002)


def test_errors_of_drawing_below_the_tolerance_are_not_reported():
    hair = 0.0002  # about 0.2 m wide here
    shapes = {COMMUNITY: box(0, 0, 2, 1), GRIDS[0]: box(0, 0, 1, 1), GRIDS[1]: box(1, 0, 2, 0.5)}
    shapes[GRIDS[1]] = box(1 - hair / 100, 0, 2, 1)
    assert draw(shapes).findings == ()


def test_a_polygon_that_sticks_out_of_its_parent_is_refused_with_its_size():
    refused = refusal(geojson({COMMUNITY: box(0, 0, 2, 1), GRIDS[0]: box(1.5, 0, 2.5, 1)}))
    assert refused.row == 2
    assert "平方米" in refused.zh
    assert "m²" in refused.en


def test_a_parent_drawn_smaller_than_its_children_is_reported():
    draw({GRIDS[0]: box(0, 0, 1, 1)})
    report = draw({COMMUNITY: box(0, 0, 0.5, 1)})
    assert [finding.kind.value for finding in report.findings] == ["outside"]


def test_a_bow_tie_is_refused_by_number_and_place():
    tie = box(0, 0, 1, 1)
    ring = tie["coordinates"][0]  # type: ignore[index]  # a rectangle has one ring
    ring[1], ring[2] = ring[2], ring[1]
    refused = refusal(geojson({GRIDS[1]: box(1, 0, 2, 1), GRIDS[0]: tie}))
    assert refused.row == 2
    assert "Self-intersection" in refused.zh


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"{", "JSON"),
        (b"[" * 100_000, "FeatureCollection"),
        (b'{"type": "Feature"}', "FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": [1]}', "properties"),
        (geojson({GRIDS[0]: {"type": "Point", "coordinates": [1, 2]}}), "应为面"),
        (geojson({GRIDS[0]: {"type": "Polygon", "coordinates": "x"}}), "坐标"),
        (geojson({GRIDS[0]: {"type": "Polygon", "coordinates": []}}), "empty"),
        (geojson({GRIDS[0]: box(10_000, 0, 10_001, 1)}), "经纬度"),
        (geojson({"990101001003009": box(0, 0, 1, 1)}), "名称"),
        (geojson({GRIDS[0]: box(0, 0, 1, 1)}, crs={"name": "EPSG:4547"}), "坐标系"),
    ],
)
def test_geojson_that_cannot_be_taken_says_why(data, word):
    assert word in refusal(data).zh


def test_a_feature_with_a_name_brings_a_new_area():
    feature = {
        "type": "Feature",
        "properties": {"网格编码": "990101001003009", "网格名称": "第九网格"},
        "geometry": box(0, 0, 1, 1),
    }
    data = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    import_polygons(data, tolerance=TOLERANCE, actor=ADMIN, at=AT)
    assert area_by_code("990101001003009").path == COMMUNITY_PATH + "990101001003009/"


def test_the_map_of_a_community_holds_its_grids():
    draw({GRIDS[0]: box(0, 0, 1, 1), GRIDS[1]: box(1, 0, 2, 1)})
    features = geojson_of(COMMUNITY_PATH, AreaKind.GRID)["features"]
    assert [feature["id"] for feature in features] == list(GRIDS)
    assert features[0]["geometry"]["type"] == "Polygon"
