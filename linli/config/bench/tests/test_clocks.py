"""Due times counted by hand, few enough for every run; `linli bench clocks` counts more.

Serves: R108 X06.
"""

from dataclasses import replace

import pytest

from linli.config.bench._clocks_run import questions, wrong

CLOCKS, SEED = 240, 20261124


def test_the_platform_and_a_count_by_hand_agree():
    assert list(wrong(CLOCKS, seed=SEED)) == []


def test_what_is_asked_holds_every_unit_stops_extensions_and_missing_notices():
    asked = list(questions(CLOCKS, seed=SEED))

    assert len({one.limit.unit for one in asked}) == 5
    assert {len(one.pauses) for one in asked} == {0, 1, 2, 3}
    assert {bool(one.extra) for one in asked} == {False, True}
    assert any(one.start.year < 1992 for one in asked)
    assert len({one.days.zone for one in asked}) > 2


@pytest.mark.parametrize(
    "fault",
    [
        lambda days: replace(days, named={}),
        lambda days: replace(days, hours=[(days.hours[0][0], days.hours[-1][1])]),
        lambda days: replace(days, years=frozenset(range(1980, 2060))),
        lambda days: replace(days, zone="Etc/UTC"),
    ],
    ids=["holidays", "lunch", "notices", "zone"],
)
def test_a_calendar_that_forgets_something_is_found_out(fault):
    assert len(list(wrong(CLOCKS, seed=SEED, fault=fault))) > CLOCKS / 50
