"""Outlines for a map: light, and without slits between neighbours."""

import json
from math import sin

import pytest
from shapely.geometry import shape

from linli.domain.places.rules.drawing import drawn


def wavy(west: float, east: float) -> dict[str, object]:
    """A strip whose long sides have a thousand small waves."""
    lats = [30 + step / 1000 for step in range(1001)]
    left = [[west + sin(lat * 9000) * 1e-5, lat] for lat in lats]
    right = [[east + sin(lat * 9000) * 1e-5, lat] for lat in reversed(lats)]
    return {"type": "Polygon", "coordinates": [[*left, *right, left[0]]]}


def test_an_outline_keeps_its_shape_with_far_fewer_corners():
    strip = wavy(110.0, 110.5)

    (light,) = drawn([strip])

    assert len(json.dumps(light)) < len(json.dumps(strip)) / 20
    assert shape(light).area == pytest.approx(shape(strip).area, rel=0.01)


def test_neighbours_still_share_their_border():
    one, other = (shape(part) for part in drawn([wavy(110.0, 110.5), wavy(110.5, 111.0)]))

    assert one.intersection(other).area == pytest.approx(0, abs=1e-9)
    assert one.union(other).geom_type == "Polygon"


def test_nothing_to_draw_is_nothing():
    assert drawn([]) == []
