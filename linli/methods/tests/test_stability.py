"""The index and the level of a stability risk, against tables reckoned by hand.

Serves: R139.
"""

from decimal import Decimal

import pytest

from linli.methods.stability import (
    Factor,
    Marks,
    band_of,
    index_of,
    level_by_count,
    level_by_index,
    level_of,
)

MARKS = Marks.of(
    {
        "factor.grave_above": 0.64,
        "factor.considerable_above": 0.36,
        "factor.ordinary_above": 0.16,
        "factor.minor_above": 0.04,
        "index.high_above": 0.64,
        "index.medium_from": 0.36,
        "count.grave_high_from": 2,
        "count.considerable_high_from": 5,
        "count.grave_medium_from": 1,
        "count.considerable_medium_from": 2,
    }
)


def factors(*values: str) -> list[Factor]:
    """Each as chance/impact/weight."""
    return [Factor(*map(Decimal, value.split("/"))) for value in values]


@pytest.mark.parametrize(
    ("risk", "band"),
    [
        ("0.65", "grave"),
        ("0.64", "considerable"),
        ("0.36", "ordinary"),
        ("0.16", "minor"),
        ("0.04", "slight"),
        ("0", "slight"),
    ],
)
def test_a_band_begins_above_its_threshold(risk: str, band: str) -> None:
    assert band_of(Decimal(risk), MARKS) == band


@pytest.mark.parametrize(
    ("index", "level"),
    [("0.641", "high"), ("0.64", "medium"), ("0.36", "medium"), ("0.359", "low")],
)
def test_the_index_alone_gives_a_level(index: str, level: str) -> None:
    assert level_by_index(Decimal(index), MARKS) == level


def test_the_index_is_the_weighted_sum_and_exact() -> None:
    found = factors("0.8/0.8/0.5", "0.3/0.6/0.3", "0.1/0.1/0.2")

    # 0.64 × 0.5 + 0.18 × 0.3 + 0.01 × 0.2 = 0.32 + 0.054 + 0.002
    assert index_of(found) == Decimal("0.376")


def test_eight_tenths_of_eight_tenths_is_not_grave_by_an_error_of_the_machine() -> None:
    assert 0.8 * 0.8 > 0.64
    assert band_of(factors("0.8/0.8/1")[0].risk, MARKS) == "considerable"


@pytest.mark.parametrize(
    ("grave", "considerable", "level"),
    [
        (2, 0, "high"),
        (0, 5, "high"),
        (1, 0, "medium"),
        (0, 4, "medium"),
        (0, 2, "medium"),
        (0, 1, "low"),
    ],
)
def test_the_count_alone_gives_a_level(grave: int, considerable: int, level: str) -> None:
    found = factors(*["0.9/0.9/0.01"] * grave, *["0.7/0.7/0.01"] * considerable, "0.2/0.2/0.5")

    assert level_by_count(found, MARKS) == level


def test_the_graver_of_both_rules_holds() -> None:
    light_but_two_grave = factors("0.9/0.9/0.1", "0.9/0.9/0.1", "0.1/0.1/0.8")

    assert level_by_index(index_of(light_but_two_grave), MARKS) == "low"
    assert level_of(light_but_two_grave, MARKS) == "high"
    # One factor that weighs all: a single grave one counts as medium, its index is high.
    assert level_of(factors("0.9/0.9/1"), MARKS) == "high"


def test_a_threshold_that_is_not_given_is_missed_at_once() -> None:
    with pytest.raises(KeyError):
        Marks.of({"factor.grave_above": 0.64})
