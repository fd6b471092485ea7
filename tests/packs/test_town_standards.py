"""Emergencies, counselling, services, inspections and campaigns, as an office would check them.

Serves: R105 R106 R108 R120 R129 R133 R136 R142.
"""

import pytest

from linli.domain.catalogue.rules.standard import StandardDef
from linli.kernel.units import Limit, LimitUnit
from tests.packs.shipped import content_of

PACKS = ("campaign", "counsel", "emergency", "inspection", "service")
STANDARDS = {one.standard: one for pack in PACKS for one in content_of(pack).standards}
MINUTE, HOUR = LimitUnit.MINUTE, LimitUnit.HOUR
NATURAL, WORKING = LimitUnit.NATURAL_DAY, LimitUnit.WORKING_DAY
# standard, stage, limit, from which moment, as the sources or our notes give them
LIMITS = [
    ("emergency_event", "first_report", Limit(30, MINUTE), "received"),
    ("emergency_event", "written_report", Limit(60, MINUTE), "received"),
    ("emergency_event", "respond", Limit(24, HOUR), "opened"),
    ("emergency_event", "final_report", Limit(3, WORKING), "decided"),
    ("emergency_event", "data_review", Limit(10, WORKING), "opened"),
    ("emergency_warning", "in_force", Limit(24, HOUR), "accepted"),
    ("counsel", "crisis", Limit(1, HOUR), "opened"),
    ("counsel", "follow_up", Limit(7, NATURAL), "opened"),
    ("service_application", "supplement", Limit(10, WORKING), "told"),
    ("service_application", "supply", Limit(10, WORKING), "accepted"),
    ("service_application", "verify", Limit(60, WORKING), "decided"),
    ("service_application", "remedy", Limit(15, NATURAL), "decided"),
    ("inspection_finding", "verify", Limit(2, WORKING), "opened"),
    ("campaign", "rebound", Limit(90, NATURAL), "decided"),
]
# standard, stage, way, what is known, where the case goes
TABLES = [
    ("emergency_event", "assess", "respond", {"grade": "grade_4"}, "respond"),
    ("emergency_event", "assess", "respond", {"grade": "not_graded"}, "respond"),
    ("emergency_event", "assess", "respond", {"grade": "grade_3"}, "support"),
    ("counsel", "screen", "screened", {"level": "normal"}, "support"),
    ("counsel", "screen", "screened", {"level": "severe"}, "refer"),
    ("counsel", "screen", "screened", {"level": "mild", "is_danger": True}, "crisis"),
    ("service_application", "check", "taken_up", {"mode": "online"}, "assign"),
    ("service_application", "check", "taken_up", {"mode": "instant"}, "issue"),
    (
        "service_application",
        "check",
        "taken_up",
        {"mode": "instant", "is_tolerated": True},
        "assign",
    ),
    ("service_application", "check", "taken_up", {"is_promised": True}, "issue"),
    ("service_application", "check", "tell_missing", {"round": 1}, "supplement"),
    ("service_application", "check", "tell_missing", {"round": 2}, "second_notice"),
    ("service_application", "issue", "issued", {"rating": "bad"}, "remedy"),
    ("service_application", "issue", "issued", {"rating": "fair"}, "closed"),
    ("service_bundle", "parallel", "joined", {"has_serial": False}, "deliver"),
    ("service_bundle", "parallel", "joined", {"has_serial": True}, "serial"),
    ("inspection_round", "walk", "walked", {"found": 0}, "summary"),
    ("inspection_round", "walk", "walked", {"found": 1}, "rectify"),
    ("inspection_finding", "file", "filed", {"level": "major"}, "list"),
    ("inspection_finding", "file", "filed", {"level": "general", "is_fixed": True}, "verify"),
    ("inspection_finding", "file", "filed", {"level": "major", "is_fixed": True}, "list"),
    ("campaign", "accept", "accepted", {"is_reached": True, "round": 1}, "rebound"),
    ("campaign", "accept", "accepted", {"is_reached": False, "round": 2}, "make_up"),
    ("campaign", "accept", "accepted", {"is_reached": False, "round": 3}, "rebound"),
    ("campaign", "rebound", "looked_back", {"rebound_count": 2, "round": 1}, "make_up"),
    ("campaign", "rebound", "looked_back", {"rebound_count": 0, "round": 1}, "closed"),
]


@pytest.mark.parametrize(("standard", "stage", "limit", "start"), LIMITS)
def test_a_stage_has_its_limit_from_its_moment(
    standard: str, stage: str, limit: Limit, start: str
) -> None:
    found = STANDARDS[standard].stage(stage)

    assert found is not None
    assert found.own_limit is not None
    assert (found.own_limit.limit, found.own_limit.start) == (limit, start)


@pytest.mark.parametrize(("standard", "stage", "way", "known", "to"), TABLES)
def test_what_is_known_decides_where_a_case_goes(
    standard: str, stage: str, way: str, known: dict[str, str | bool | int], to: str
) -> None:
    found = STANDARDS[standard].stage(stage)

    assert found is not None
    leaving = found.way(way)
    assert leaving is not None
    assert leaving.target(known) == to


@pytest.mark.parametrize("standard", STANDARDS.values(), ids=STANDARDS)
def test_every_stage_says_how_it_is_supervised_and_how_much_work_it_is(
    standard: StandardDef,
) -> None:
    for stage in standard.stages:
        assert stage.timers, stage.key
        assert stage.effort is not None, stage.key
        assert stage.basis, stage.key


def test_counselling_is_sealed_stays_with_its_room_and_is_opened_by_counsellors_alone() -> None:
    counsel = STANDARDS["counsel"]

    assert counsel.confidentiality == "sealed"
    assert counsel.opened_by == ("counsellor",)
    assert {(stage.role, stage.each) for stage in counsel.stages} == {("counsellor", "own")}
    assert not any(field.kind in ("text", "line") for field in counsel.fields)


def test_an_emergency_is_not_over_before_its_orders_nor_without_a_look_at_its_data() -> None:
    event = STANDARDS["emergency_event"]
    waiting = [stage.key for stage in event.stages if stage.parts]
    last = event.stages[-1]

    assert waiting == ["respond", "support", "aftermath"]
    assert (last.key, last.second_person) == ("data_review", True)
    assert [way.code for way in last.outcomes] == ["destroy", "keep_some"]


@pytest.mark.parametrize(
    ("standard", "stage", "then"),
    [
        ("service_bundle", "parallel", "joined"),
        ("service_bundle", "serial", "joined_after"),
        ("inspection_round", "rectify", "all_solved"),
        ("campaign", "run", "tasks_done"),
    ],
)
def test_a_whole_goes_on_by_itself_once_its_parts_are_closed(
    standard: str, stage: str, then: str
) -> None:
    found = STANDARDS[standard].stage(stage)

    assert found is not None
    assert found.parts is not None
    assert (found.parts.join, found.parts.then) == ("all", then)


def test_no_pack_leaves_a_standard_without_examples_reckoned_by_hand() -> None:
    for pack in PACKS:
        content = content_of(pack)
        shown = [worked.standard for worked in content.worked]
        assert len(shown) >= 3, pack
        assert {one.standard for one in content.standards} == set(shown), pack
