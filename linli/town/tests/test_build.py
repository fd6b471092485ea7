"""The town runs: its ground, people and cases go through the ordinary services."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, user_by_name
from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.selectors import (
    Case,
    case_for,
    cases_within,
    renditions_for,
    renditions_of,
    sees_case,
    three_rates,
    timeline,
)
from linli.domain.catalogue.services import publish_pack
from linli.domain.ledgers.selectors import EVERY_STATUS, calendar_between, records
from linli.domain.needs.selectors import message_by_source, reading_of
from linli.domain.needs.services import open_reporter
from linli.domain.organisations.selectors import actor_for, duty_for
from linli.domain.places.selectors import area_by_code, grid_at
from linli.kernel.errors import WrongState
from linli.town.build import Town, build_town, staff_of
from linli.town.complaints import complain
from linli.town.keeping import lay_ledgers
from linli.town.settling import EXAMPLE_HANDLER, settle, sign_ins

pytestmark = pytest.mark.django_db  # also tells pytest-django to make the test database
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
SIZE, DAYS = 60, 100  # half of them are history


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """A small town, built once for the tests below and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        for name in ("cn-base", "hotline-12345", "ledgers-basic"):
            publish_pack(Path(settings.LINLI_PACKS) / name, actor=SYSTEM_ACTOR, at=NOW)
        yield build_town(at=NOW, size=SIZE, days=DAYS)
        transaction.set_rollback(True)


def activities(case: Case) -> list[str]:
    return [event.activity for event in reversed(timeline(case))]


def all_cases() -> list[Case]:
    return list(cases_within(SYSTEM_ACTOR).select_related("matter", "area", "lead_unit"))


def test_every_demand_that_came_in_has_a_case_and_some_are_open(town):
    cases = all_cases()

    due = [d for d in town.made.demands if d.received_at <= NOW]
    assert len(cases) == len(due) == len(town.cases)
    assert {case.status for case in cases} == {"open", "closed"}


def test_a_point_in_the_town_lies_in_the_grid_that_the_truth_names(town):
    spots = [d for d in town.made.demands if d.lng is not None and d.lat is not None]

    for demand in spots:
        grid = grid_at(demand.lng, demand.lat)
        assert grid is not None
        assert grid.code == demand.grid_code


def test_clerks_have_set_matter_and_place_right_before_dispatch(town):
    by_ref = {case.public_id: case for case in all_cases()}

    for demand in town.made.demands:
        case = by_ref.get(town.cases.get(demand.id, ""))
        if case is not None and case.stage != "triage":
            assert case.matter.code == demand.matter
            assert case.area.code == demand.grid_code


def test_a_dispatched_case_lies_with_the_unit_that_the_duty_list_names(town):
    dispatched = [case for case in all_cases() if case.lead_unit and not case.bounces]

    assert len(dispatched) > SIZE / 2
    for case in dispatched:
        match = duty_for(case.matter.code, case.area_path, at=NOW)
        assert match is not None
        assert case.lead_unit in (match.lead, *match.assistants)


def test_recent_messages_carry_a_reading_and_their_reporter(town):
    demand = [d for d in town.made.demands if d.received_at <= NOW][-1]
    ref = town.cases[demand.id]
    message = message_by_source("town", demand.id)

    assert message is not None
    reading = reading_of(SYSTEM_ACTOR, ref)
    reporter = open_reporter(ref, actor=SYSTEM_ACTOR, reason="test", at=NOW)
    assert reading is not None
    assert reading.decided_matter in ("", demand.matter)
    assert reporter.phone == demand.reporter.phone


def test_the_history_of_a_closed_case_runs_forward_in_time(town):
    for case in all_cases():
        steps = [event.at for event in reversed(timeline(case))]
        assert steps == sorted(steps)


def test_what_had_ended_before_the_platform_came_is_history(town):
    opened = {case.pk for case in all_cases() if "case_dispatched" in activities(case)}
    history = [case for case in all_cases() if "case_archived" in activities(case)]

    assert SIZE / 5 < len(history) < SIZE * 4 / 5
    for case in history:
        assert case.status == "closed"
        assert case.pk not in opened
        assert activities(case) == ["case_opened", "case_archived"]
        assert case.closed_at is not None
        assert case.received_at <= case.closed_at <= timeline(case)[0].at


def test_all_that_came_before_and_was_still_open_was_played(town):
    taken_over = {timeline(c)[0].at for c in all_cases() if "case_archived" in activities(c)}

    assert len(taken_over) == 1
    for case in all_cases():
        if case.closed_at is None or case.closed_at > min(taken_over):
            assert "case_archived" not in activities(case)


def test_a_history_of_its_own_road_counts_in_the_rates(town):
    rates = three_rates(SYSTEM_ACTOR, since=NOW - timedelta(days=DAYS), until=NOW, at=NOW)

    assert {rate.code for rate in rates if rate.is_enough} >= {"response_rate", "resolve_rate"}


def test_the_journal_of_the_play_is_whole(town):
    assert not verify_chain().faults


def test_every_demo_user_may_do_what_the_post_says(town):
    clerk = user_by_name("clerk")
    handler = user_by_name("handler_urban_management")

    assert clerk is not None
    assert handler is not None
    assert clerk.is_demo
    assert actor_for(clerk, at=NOW).may("case.dispatch")
    assert actor_for(handler, at=NOW).may("case.handle")
    assert not actor_for(handler, at=NOW).may("case.dispatch")


def test_the_street_has_a_polygon_for_its_map(town):
    assert area_by_code(town.geography.street.code).kind == "street"


def test_the_example_handler_finds_what_to_answer_and_none_of_the_complaints(town):
    """Serves: X08 R129."""
    staff = staff_of(town.organisation, at=NOW)
    refs = complain(town.geography, staff, at=NOW)

    handler = staff.handlers[EXAMPLE_HANDLER]
    states = [one.state for one in renditions_for(handler).items]
    assert sorted(states) == ["answered", "sent", "sent"]
    assert not any(sees_case(handler, ref) for ref in refs)
    for ref in refs:
        case = case_for(staff.clerk, ref)
        assert case.lead_unit is not None
        assert [one.findings for one in renditions_of(case)] == [[]]


@pytest.fixture(scope="module")
def laid(town: Town, django_db_blocker: DjangoDbBlocker) -> dict[str, int]:
    """How many records each ledger of the town got."""
    with django_db_blocker.unblock():
        return lay_ledgers(town.geography, decider=_leader(), at=NOW)


def _leader() -> Actor:
    user = user_by_name("leader")
    assert user is not None
    return actor_for(user, at=NOW)


def test_each_ledger_in_force_has_its_records_and_no_other_is_touched(laid):
    assert laid.keys() >= {"actor_directory", "department_resource", "meeting_place"}
    assert min(laid.values()) >= 20
    assert "law_article" not in laid


def test_requests_for_resources_stand_in_every_state_and_in_the_calendar(laid):
    page = records(_leader(), "resource_request", EVERY_STATUS, at=NOW, size=100)
    today = NOW.date()
    days = calendar_between(
        _leader(), "resource_request", start=today, end=today + timedelta(days=9), at=NOW
    )

    states = {record.state for record in page.items}
    assert states == {"asked", "approved", "lent", "returned", "refused", "lost"}
    assert all(record.data["resource"] for record in page.items)
    assert days


def test_ledgers_that_hold_records_are_passed_over(laid, town):
    assert lay_ledgers(town.geography, decider=_leader(), at=NOW) == {}


def test_a_town_that_stands_is_not_built_again(town):
    assert settle(at=NOW) is False


def test_no_town_is_settled_in_production(town, settings):
    settings.LINLI_ENV = "production"

    with pytest.raises(WrongState):
        settle(at=NOW)


def test_each_role_is_told_how_to_sign_in():
    roles = {line.split(":")[0].split()[-1] for line in sign_ins()}

    assert {"clerk", "handler", "supervisor", "leader", "auditor"} <= roles
    assert len(roles) == 8
