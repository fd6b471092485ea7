"""What the hotline's standard says, as an office would check it.

Serves: R014 R105 R106 R108 R109.
"""

import pytest

from linli.domain.catalogue.rules.standard import StandardDef
from linli.kernel.units import Limit, LimitUnit
from tests.packs.shipped import content_of

LIMITS = [
    ("urgent", Limit(2, LimitUnit.HOUR)),
    ("utility", Limit(24, LimitUnit.HOUR)),
    ("inquiry", Limit(1, LimitUnit.WORKING_DAY)),
    ("general", Limit(7, LimitUnit.NATURAL_DAY)),
    ("complex", Limit(15, LimitUnit.NATURAL_DAY)),
]


@pytest.fixture(scope="module")
def demand() -> StandardDef:
    """The standard `demand` as shipped."""
    return content_of("hotline-12345").standards[0]


@pytest.mark.parametrize(("code", "limit"), LIMITS)
def test_each_clock_class_has_its_limit_from_receipt(
    demand: StandardDef, code: str, limit: Limit
) -> None:
    clock = demand.clock(code)

    assert clock is not None
    assert (clock.limit.limit, clock.limit.start) == (limit, "received")
    assert clock.first_contact is not None


def test_there_are_five_kinds_of_demand_and_praise_and_an_inquiry_has_its_own_clock(
    demand: StandardDef,
) -> None:
    assert [kind.code for kind in demand.petition_types] == [
        "inquiry",
        "help",
        "complaint",
        "violation_report",
        "suggestion",
        "praise",
    ]
    assert demand.clock_for_type("inquiry") == "inquiry"
    assert demand.clock_for_type("complaint") == "general"


def test_six_routes_close_without_dispatch_and_each_tells_the_person_something(
    demand: StandardDef,
) -> None:
    assert [route.code for route in demand.routes] == [
        "route_emergency",
        "route_statutory",
        "route_duplicate",
        "route_protected",
        "route_out_of_duty",
        "route_improper",
    ]
    assert all(len(route.advice) >= 20 for route in demand.routes)


@pytest.mark.parametrize(
    ("stage", "way", "to"),
    [
        ("triage", "dispatch", "handle"),
        ("triage", "answer", "follow_up"),
        ("triage", "route", "closed"),
        ("triage", "merge", "closed"),
        ("handle", "answer", "follow_up"),
        ("handle", "return", "objection"),
        ("objection", "uphold", "triage"),
        ("objection", "reject", "handle"),
        ("follow_up", "solved", "closed"),
        ("follow_up", "partly", "closed"),
        ("follow_up", "unreachable", "closed"),
        ("follow_up", "unsolved", "handle"),
    ],
)
def test_each_outcome_leads_where_the_work_goes_on(
    demand: StandardDef, stage: str, way: str, to: str
) -> None:
    found = demand.stage(stage)

    assert found is not None
    outcome = found.way(way)
    assert outcome is not None
    assert outcome.to == to


def test_units_work_at_once_the_lead_decides_and_may_be_extended_once(demand: StandardDef) -> None:
    handle = demand.stage("handle")

    assert handle is not None
    assert (handle.each, handle.join, handle.own_limit) == ("units", "lead", None)
    assert handle.extend is not None
    assert (handle.extend.times.value, handle.extend.factor.value) == (1, 1)
    assert handle.is_back("return")


def test_follow_up_is_done_by_another_person(demand: StandardDef) -> None:
    assert [stage.key for stage in demand.stages if stage.second_person] == ["follow_up"]


def test_every_stage_says_role_place_content_time_and_lights(demand: StandardDef) -> None:
    for stage in demand.stages:
        assert stage.role
        assert stage.place
        assert stage.content
        assert stage.effort is not None
        assert [(timer.do, timer.share) for timer in stage.timers] == [
            ("remind", 0.7),
            ("urge", 1.0),
            ("supervise", 1.5),
        ]


def test_partly_counts_half_and_basically_satisfied_four_fifths(demand: StandardDef) -> None:
    resolve, satisfied = demand.rate("resolve_rate"), demand.rate("satisfaction_rate")

    assert resolve is not None
    assert satisfied is not None
    assert [resolve.weight(fact) for fact in ("solved", "partly", "unsolved")] == [1.0, 0.5, 0.0]
    weights = [satisfied.weight(fact) for fact in ("satisfied", "basic", "dissatisfied")]
    assert weights == [1.0, 0.8, 0.0]
    assert demand.rate("response_rate") is not None


def test_a_resident_may_reopen_and_it_reaches_the_handler(demand: StandardDef) -> None:
    assert demand.reopen is not None
    assert demand.reopen.to == "handle"
    assert demand.reopen.limit.start == "closed"


def test_the_first_receiver_leads_and_a_ruling_is_final(demand: StandardDef) -> None:
    assert demand.dispatch is not None
    assert demand.dispatch.first_receiver.leads
    assert demand.dispatch.co_units.report_to == "lead"
    assert not demand.dispatch.after_ruling.may_return
    assert demand.dispatch.modes[0].copy_to == "district"
