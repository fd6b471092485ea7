"""The ground tiles the street, is the same for the same seed, and every place lies in its grid."""

import json
from pathlib import Path

import pytest
from shapely import Point, coverage_is_valid
from shapely.ops import polygonize

from linli.town.geography import ROAD, Geography, make_geography, write_geography


@pytest.fixture(scope="module")
def ground() -> Geography:
    return make_geography(seed=1)


def test_one_street_has_eight_communities_and_sixty_grids(ground):
    kinds = [area.kind for area in ground.areas]

    assert kinds.count("street") == 1
    assert kinds.count("community") == 8
    assert kinds.count("grid") == len(ground.polygons) == 60


@pytest.mark.parametrize("seed", range(1, 9))
def test_grids_tile_the_street_without_gap_or_overlap(seed):
    ground = make_geography(seed=seed)
    cells = list(ground.polygons.values())

    assert coverage_is_valid(cells)
    assert ground.outline.geom_type == "Polygon"
    assert len(list(polygonize([ground.outline.boundary]))) == 1
    assert sum(c.area for c in cells) == pytest.approx(ground.outline.area, rel=1e-9)


def test_every_child_code_starts_with_its_parents_code(ground):
    codes = {area.code for area in ground.areas}

    for area in ground.areas:
        assert area.code.startswith(area.parent_code)
        assert area.parent_code in codes or area.kind == "province"


def test_every_named_place_lies_in_its_grid(ground):
    for spot in ground.spots:
        assert ground.polygons[spot.grid_code].distance(Point(spot.lng, spot.lat)) < 2e-6


def test_every_grid_has_a_place_with_a_name_of_its_own(ground):
    named = {spot.grid_code for spot in ground.spots if spot.kind != ROAD}

    assert named == set(ground.polygons)


def test_names_of_places_are_not_shared(ground):
    names = [spot.name for spot in ground.spots if spot.kind != ROAD]

    assert len(names) == len(set(names))


def test_the_same_seed_gives_the_same_ground_and_another_seed_another(ground):
    assert make_geography(seed=1) == ground
    assert make_geography(seed=2).polygons != ground.polygons


def test_files_hold_every_area_and_every_grid(ground, tmp_path: Path):
    write_geography(ground, folder=tmp_path)

    rows = (tmp_path / "areas.csv").read_text(encoding="utf-8").splitlines()
    features = json.loads((tmp_path / "grids.geojson").read_text(encoding="utf-8"))["features"]
    assert rows[0] == "code,name,kind,parent_code,community_type,lng,lat"
    assert len(rows) == 1 + len(ground.areas)
    assert {f["properties"]["code"] for f in features} == set(ground.polygons)
