import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from linli.domain.places.rules.surface import ECCENTRICITY_2, SEMI_MAJOR_M, square_metres


def graticule_cell_m2(south: float, north: float, width: float) -> float:
    """Exact area of a cell of the graticule on the ellipsoid."""
    e = math.sqrt(ECCENTRICITY_2)

    def q(lat: float) -> float:
        s = math.sin(math.radians(lat))
        return s / (1 - ECCENTRICITY_2 * s * s) + math.atanh(e * s) / e

    half = SEMI_MAJOR_M**2 * (1 - ECCENTRICITY_2) / 2
    return half * math.radians(width) * (q(north) - q(south))


@settings(deadline=None)
@given(st.floats(-80, 79), st.floats(-179, 178), st.floats(0.0005, 1), st.floats(0.0005, 1))
def test_a_cell_of_the_graticule_has_its_exact_area(south, west, height, width):
    cell = box(west, south, west + width, south + height)
    exact = graticule_cell_m2(south, south + height, width)
    # East and west edges follow meridians, which the projection bends between vertices.
    assert square_metres([cell])[0] == pytest.approx(exact, rel=1e-4 * max(1, height * 2))


def test_points_and_nothing_have_no_area():
    assert square_metres([Point(1, 2), Point()]) == [0, 0]
