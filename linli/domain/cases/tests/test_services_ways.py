"""What standards other than the hotline's ask of the engine: own stages, rows, moments, deferral.

Serves: R014 R020 R105 R106 R108.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from linli.domain.cases import services
from linli.domain.cases.errors import SamePerson
from linli.domain.cases.models import Case, CaseEvent, Clock, Timer, WorkItem
from linli.domain.cases.tests.builders import AT, DONE, STREET, Town, later, member, new_case
from linli.domain.cases.tests.trials import done, opened, publish_trial
from linli.kernel.errors import NotPermitted, RejectedTogether, WrongState

pytestmark = pytest.mark.django_db


@pytest.fixture
def trials(town: Town) -> Town:
    publish_trial()
    return town


def day(month: int, number: int, hour: int = 17, minute: int = 30, year: int = 2026) -> datetime:
    """A local moment, in UTC."""
    return datetime(year, month, number, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def test_the_unit_that_opens_a_case_has_its_first_stage(trials):
    case = opened(trials.handler)

    item = WorkItem.objects.get(case=case)
    assert item.unit is not None
    assert case.origin_unit is not None
    assert (item.unit.code, case.origin_unit.code, case.unit_ids) == (
        "works",
        "works",
        [item.unit_id],
    )
    assert item.due_at == day(11, 26)


def test_a_case_is_opened_once_however_often_it_is_sent(trials):
    assert opened(trials.handler).pk == opened(trials.handler).pk
    assert Case.objects.filter(matter__code="trial").count() == 1


def test_only_posts_that_the_standard_names_open_it_and_only_in_their_area(trials):
    for actor in (trials.supervisor, trials.outsider):
        with pytest.raises(NotPermitted):
            opened(actor)


def test_the_limit_counts_from_the_moment_that_an_outcome_marked(trials):
    case = opened(trials.handler)
    case = done(case, "accept", trials.handler, at=later(days=1), kind="plain")

    assert case.stage == "work"
    assert case.marks["accepted"] == later(days=1).isoformat()
    assert case.due_at == day(12, 9)


@pytest.mark.parametrize(
    ("form", "stage"),
    [
        ({"kind": "plain"}, "work"),
        ({"kind": "plain", "homes": 99.5}, "work"),
        ({"kind": "plain", "homes": 100}, "decide"),
        ({"kind": "split", "homes": 3}, "gather"),
        ({"kind": "split", "homes": 300}, "decide"),
    ],
)
def test_the_first_row_that_holds_decides_where_a_case_goes(trials, form, stage):
    assert done(opened(trials.handler), "accept", trials.handler, **form).stage == stage


def test_a_field_that_one_way_alone_needs_is_asked_for_that_way(trials):
    case = opened(trials.handler)

    with pytest.raises(RejectedTogether):
        done(case, "decline", trials.handler, kind="plain")

    assert done(case, "decline", trials.handler, kind="plain", proof="第三条").status == "closed"


@pytest.mark.parametrize("homes", [-1, 501, "3", True, float("nan")])
def test_a_number_outside_its_bounds_is_refused(trials, homes):
    with pytest.raises(RejectedTogether):
        done(opened(trials.handler), "accept", trials.handler, kind="plain", homes=homes)


def test_whoever_worked_on_it_does_not_decide_on_it(trials):
    chief = member("chief", "leader", None, STREET)
    case = done(opened(trials.handler), "accept", trials.handler, kind="plain", homes=200)

    with pytest.raises(NotPermitted):
        done(case, "approve", trials.handler)
    assert done(case, "approve", chief).status == "closed"


def test_timers_ring_a_fixed_time_before_and_after_the_end(trials):
    case = done(opened(trials.handler), "accept", trials.handler, at=AT, kind="plain")

    rings = dict(Timer.objects.filter(item__case=case).values_list("do", "fire_at"))
    assert rings == {"remind": day(12, 4), "supervise": day(12, 8), "list": day(12, 11)}


def test_a_higher_rung_raises_the_supervision_that_there_is(trials):
    case = done(opened(trials.handler), "accept", trials.handler, at=AT, kind="plain")

    levels = []
    for month, number in ((12, 9), (12, 14)):
        services.fire_timers(at=day(month, number))
        item = WorkItem.objects.get(case=case, stage="supervision")
        levels.append(item.result["level"])
    assert levels == ["supervise", "list"]


def test_a_supervisor_raises_supervision_by_hand_and_not_to_where_it_stands(trials):
    case = done(opened(trials.handler), "accept", trials.handler, at=AT, kind="plain")
    given = {"reason": "影响面大", "actor": trials.supervisor, "at": later(hours=1)}

    services.raise_supervision(case.public_id, level="talk", key="t", **given)

    with pytest.raises(WrongState):
        services.raise_supervision(case.public_id, level="list", key="l", **given)
    assert WorkItem.objects.get(case=case, stage="supervision").result == {"level": "talk"}


def test_only_the_limit_of_the_unit_that_asked_is_extended(trials):
    case = done(opened(trials.handler), "accept", trials.handler, at=AT, kind="split")
    asked = services.request_extension(
        case.public_id, extra=5, reason="评估未出", actor=trials.handler, at=AT, key="x"
    )
    assert asked is not None
    case = services.decide_extension(
        case.public_id, asked.pk, granted=True, reason="同意",
        actor=trials.supervisor, at=later(hours=1), key="y",
    )  # fmt: skip

    clock = Clock.objects.get(case=case, kind="stage", is_running=True)
    assert clock.due_at == day(12, 8)
    assert case.items.get(stage="gather").due_at == day(12, 8)


def test_only_the_post_that_the_standard_names_decides_on_more_time(trials):
    chief = member("chief", "leader", None, STREET)
    case = done(opened(trials.handler), "accept", trials.handler, at=AT, kind="plain")
    asked = services.request_extension(
        case.public_id, extra=2, reason="评估未出", actor=trials.handler, at=AT, key="x"
    )
    assert asked is not None
    WorkItem.objects.filter(pk=asked.pk).update(role="leader")
    said: dict[str, Any] = {"granted": True, "reason": "同意", "at": later(hours=1), "key": "y"}

    with pytest.raises(NotPermitted):
        services.decide_extension(case.public_id, asked.pk, actor=trials.supervisor, **said)
    services.decide_extension(case.public_id, asked.pk, actor=chief, **said)


def deferred(town: Town) -> Case:
    case = done(opened(town.handler), "accept", town.handler, at=AT, kind="plain")
    asked = services.request_deferral(
        case.public_id, why="funds", reason="列入明年预算", actor=town.handler, at=AT, key="d"
    )
    assert asked is not None
    return services.decide_deferral(
        case.public_id, asked.pk, granted=True, reason="同意",
        actor=town.supervisor, at=AT, key="e",
    )  # fmt: skip


def test_what_is_put_off_stands_until_it_is_checked_again_and_is_not_solved(trials):
    case = deferred(trials)
    item = WorkItem.objects.get(case=case, stage="deferred", state="open")

    assert (case.deferred_at, case.held_at, case.status) == (AT, AT, "open")
    assert item.due_at == datetime(2026, 12, 24, 16, 0, tzinfo=UTC)
    with pytest.raises(WrongState):
        services.resume_clock(case.public_id, actor=trials.supervisor, at=AT, key="r")


def test_what_is_taken_up_again_has_the_time_that_it_had_left(trials):
    case = deferred(trials)
    item = WorkItem.objects.get(case=case, stage="deferred", state="open")
    services.fire_timers(at=later(days=31))
    assert CaseEvent.objects.filter(case=case, activity="timer_fired").count() == 1

    case = services.recheck_deferral(
        case.public_id, item.pk, keep=False, reason="资金到位", actor=trials.supervisor,
        at=later(days=31), key="t",
    )  # fmt: skip

    assert (case.deferred_at, case.held_at) == (None, None)
    assert case.due_at == datetime(2027, 1, 8, 9, 30, tzinfo=UTC)


def test_what_is_kept_off_gets_another_day_to_be_checked(trials):
    case = deferred(trials)
    item = WorkItem.objects.get(case=case, stage="deferred", state="open")
    case = services.recheck_deferral(
        case.public_id, item.pk, keep=True, reason="预算未批", actor=trials.supervisor,
        at=later(days=30), key="k",
    )  # fmt: skip

    again = WorkItem.objects.get(case=case, stage="deferred", state="open")
    assert (item.due_at, again.due_at) == (day(12, 25, 0, 0), day(1, 24, 0, 0, year=2027))
    assert Clock.objects.filter(case=case, kind="recheck", is_running=True).count() == 1


def test_whoever_asked_to_put_off_does_not_agree_to_it(trials):
    both = member("both", "supervisor", None, STREET)
    both = type(both)(both.user_id, "both", (*both.holdings, *trials.handler.holdings))
    case = done(opened(trials.handler), "accept", trials.handler, at=AT, kind="plain")
    asked = services.request_deferral(
        case.public_id, why="funds", reason="列入明年预算", actor=both, at=AT, key="d"
    )
    assert asked is not None

    with pytest.raises(SamePerson):
        services.decide_deferral(
            case.public_id, asked.pk, granted=True, reason="同意", actor=both, at=AT, key="e"
        )


def test_nothing_is_put_off_by_a_unit_whose_work_in_it_is_over(town):
    case = new_case(town)
    case = services.dispatch_case(
        case.public_id, to="works", actor=town.clerk, at=later(minutes=5), key="d"
    )
    item = case.items.get(unit__code="works")

    services.complete_item(
        case.public_id, item.pk, outcome="answer", reason="已办", result=DONE,
        actor=town.handler, at=later(hours=1), key="a",
    )  # fmt: skip
    with pytest.raises(NotPermitted):
        services.request_deferral(
            case.public_id, why="funds", reason="没钱", actor=town.handler, at=AT, key="f"
        )


def test_asking_the_level_above_is_no_answer_and_no_contact(town):
    case = new_case(town)
    services.dispatch_case(
        case.public_id, to="works", actor=town.clerk, at=later(minutes=5), key="d"
    )
    item = WorkItem.objects.get(case=case, state="open", kind="main")

    moved = services.complete_item(
        case.public_id,
        item.pk,
        outcome="escalate_up",
        reason="需上级统筹",
        result=DONE,
        actor=town.handler,
        at=later(hours=1),
        key="up",
    )

    assert moved.stage == "escalation"
    assert (moved.answered_at, moved.contacted_at) == (None, None)
