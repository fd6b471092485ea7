"""The light of a limit follows from the clock alone.

Serves: R020 R108.
"""

from datetime import UTC, datetime, timedelta

import pytest

from linli.domain.cases.rules.lights import light_of
from linli.domain.cases.tests.test_rules_clocks import DAYS as OFFICE
from linli.domain.catalogue.rules.standard import LightsDef
from linli.kernel.units import LimitUnit

LIGHTS = LightsDef(yellow=0.7, red=1.0, card=1.5, source="ours", note="测试。")
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "light"),
    [(0, "green"), (6.9, "green"), (7, "yellow"), (9.99, "yellow"), (10, "red"), (15, "card")],
)
def test_the_light_changes_at_the_shares_of_the_limit(hours, light):
    assert seen(hours) == light


def test_a_limit_that_stands_keeps_its_light():
    assert seen(100, held=2) == "green"
    assert seen(100, held=8) == "yellow"


def test_shares_of_working_limits_are_of_working_time():
    due = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    weekend = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
    friday = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    lights = [
        light_of(
            START, due, at=at, held_at=None, unit=LimitUnit.WORKING_DAY, lights=LIGHTS,
            calendar=OFFICE,
        )
        for at in (friday - timedelta(hours=8), friday, weekend)
    ]  # fmt: skip
    assert lights == ["green", "yellow", "yellow"]


def seen(hours: float, *, held: float | None = None) -> str:
    return light_of(
        START,
        START + timedelta(hours=10),
        at=START + timedelta(hours=hours),
        held_at=None if held is None else START + timedelta(hours=held),
        unit=LimitUnit.HOUR,
        lights=LIGHTS,
        calendar=OFFICE,
    )
