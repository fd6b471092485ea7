"""The main road: in, dispatched, worked, answered, checked, reopened, solved."""

from typing import Literal

import pytest

from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.errors import AgainstTheDutyList, PartsAreOpen, ReasonMissing, TooLate
from linli.domain.cases.models import Case, CaseEvent, Timer, WorkItem
from linli.domain.cases.selectors import (
    cases_for,
    clock_view,
    count_cases,
    counts_by,
    export_rows,
    inbox,
    three_rates,
)
from linli.domain.cases.services import (
    complete_item,
    decide_extension,
    dispatch_case,
    fire_timers,
    link_cases,
    merge_duplicate,
    pause_clock,
    record_feedback,
    record_follow_up,
    request_extension,
    resume_clock,
    return_item,
    rule_objection,
)
from linli.domain.cases.tests.builders import AT, DONE, Town, later, new_case
from linli.kernel.errors import NotFound, NotPermitted, WrongState

pytestmark = pytest.mark.django_db


def open_item(case: Case, unit: str = "works") -> WorkItem:
    return WorkItem.objects.get(case=case, state="open", kind="main", unit__code=unit)


def dispatched(town: Town) -> Case:
    case = new_case(town)
    return dispatch_case(
        case.public_id,
        to="works",
        co_units=["water"],
        actor=town.clerk,
        at=later(hours=1),
        key="d1",
    )


def answered(town: Town) -> Case:
    case = dispatched(town)
    return complete_item(
        case.public_id,
        open_item(case).pk,
        outcome="answer",
        reason="已责令停工。",
        result=DONE,
        actor=town.handler,
        at=later(days=1),
        key="a1",
    )


def asked(town: Town, case: Case, solved: Literal["solved", "partly"]) -> Case:
    return record_follow_up(
        case.public_id,
        solved=solved,
        satisfied="basic",
        contacted=True,
        actor=town.other_clerk,
        at=later(days=2),
        key="f1",
    )


def test_a_case_goes_the_whole_way_and_back_to_its_handler_when_not_solved(town):
    """Serves: R106 R134."""
    case = answered(town)
    case = asked(town, case, "solved")
    assert case.status == "closed"

    case = record_feedback(
        case.public_id,
        solved="unsolved",
        satisfied="dissatisfied",
        comment="又开工了",
        at=later(days=3),
        key="r1",
    )

    assert (case.status, case.stage, case.round) == ("open", "handle", 2)
    assert open_item(case).due_at is not None
    assert {i.unit.code for i in inbox(town.handler).items if i.unit} == {"works"}
    complete_item(
        case.public_id,
        open_item(case).pk,
        outcome="answer",
        reason="已查封。",
        result=DONE,
        actor=town.handler,
        at=later(days=4),
        key="a2",
    )
    case = record_feedback(
        case.public_id, solved="solved", satisfied="satisfied", at=later(days=5), key="r2"
    )
    assert case.status == "closed"
    assert verify_chain().is_whole
    seqs = list(CaseEvent.objects.filter(case=case).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))


def test_the_same_command_twice_is_carried_out_once(town):
    case = dispatched(town)
    before = case.seq
    again = dispatch_case(
        case.public_id,
        to="works",
        co_units=["water"],
        actor=town.clerk,
        at=later(hours=2),
        key="d1",
    )
    assert again.seq == before
    assert WorkItem.objects.filter(case=case, stage="handle").count() == 2


def test_a_dispatch_against_the_duty_list_is_refused_with_the_reason(town):
    """Serves: R019."""
    case = new_case(town)
    with pytest.raises(AgainstTheDutyList) as refused:
        dispatch_case(case.public_id, to="far", actor=town.clerk, at=later(hours=1), key="d")
    assert "works" in refused.value.zh
    case.refresh_from_db()
    assert case.stage == "triage"


def test_a_return_is_ruled_on_and_a_ruled_unit_may_not_return_again(town):
    case = dispatched(town)
    case = return_item(
        case.public_id,
        open_item(case).pk,
        reason="不属于本单位职责",
        actor=town.handler,
        at=later(hours=2),
        key="b1",
    )
    assert (case.stage, case.bounces) == ("objection", 1)
    case = rule_objection(
        case.public_id,
        outcome="reject",
        reason="职责清单第一条",
        actor=town.supervisor,
        at=later(hours=3),
        key="o1",
    )
    assert case.stage == "handle"
    with pytest.raises(NotPermitted):
        return_item(
            case.public_id,
            open_item(case).pk,
            reason="仍不属于",
            actor=town.handler,
            at=later(hours=4),
            key="b2",
        )


def test_a_return_needs_a_reason_and_comes_within_its_window(town):
    case = dispatched(town)
    item = open_item(case).pk
    with pytest.raises(ReasonMissing):
        return_item(case.public_id, item, reason=" ", actor=town.handler, at=AT, key="b1")
    with pytest.raises(TooLate):
        return_item(
            case.public_id, item, reason="晚了", actor=town.handler, at=later(days=6), key="b1"
        )


def test_a_pause_moves_the_due_time_and_explains_itself(town):
    """Serves: R108."""
    case = dispatched(town)
    before = case.due_at
    pause_clock(case.public_id, reason="hearing", actor=town.handler, at=later(hours=2), key="p1")
    case = resume_clock(case.public_id, actor=town.handler, at=later(hours=26), key="p2")
    assert before is not None and case.due_at is not None
    assert (case.due_at - before).total_seconds() == 24 * 3600
    assert any("停表" in clock.zh for clock in clock_view(case, at=later(hours=27)))


def test_an_extension_is_granted_by_another_person_and_only_once(town):
    case = dispatched(town)
    before = case.due_at
    item = request_extension(
        case.public_id, extra=3, reason="等待检测", actor=town.handler, at=later(days=1), key="e1"
    )
    assert item is not None
    case = decide_extension(
        case.public_id,
        item.pk,
        granted=True,
        reason="同意",
        actor=town.supervisor,
        at=later(days=1),
        key="e2",
    )
    assert before is not None and case.due_at is not None
    assert (case.due_at - before).days == 3
    with pytest.raises(WrongState):
        request_extension(
            case.public_id, extra=1, reason="再等", actor=town.handler, at=later(days=2), key="e3"
        )


def test_timers_fire_once_and_supervision_opens_a_side_item(town):
    case = dispatched(town)
    waiting = Timer.objects.filter(item__case=case, fired_at=None, item__state="open").count()
    assert fire_timers(at=later(days=60)) >= waiting > 0
    assert fire_timers(at=later(days=60)) == 0
    assert WorkItem.objects.filter(case=case, stage="supervision", state="open").count() == 1
    case.refresh_from_db()
    assert case.stage == "handle"


def test_a_timer_whose_moment_has_not_come_does_not_ring_with_another(town):
    case = dispatched(town)
    timers = Timer.objects.filter(item__case=case, item__state="open")
    first, *others = sorted(timer.fire_at for timer in timers if timer.fire_at is not None)
    assert others[-1] > first

    fire_timers(at=first)

    left = Timer.objects.filter(item__case=case, fired_at__isnull=True, fire_at__gt=first)
    assert left.count() == sum(moment > first for moment in others)


def test_a_whole_cannot_close_before_its_parts(town):
    whole, part = new_case(town), new_case(town, key="k1")
    link_cases(part.public_id, to=whole.public_id, kind="part", actor=town.clerk, at=AT, key="l1")
    with pytest.raises(PartsAreOpen) as refused:
        other = new_case(town, key="k2")
        merge_duplicate(whole.public_id, into=other.public_id, actor=town.clerk, at=AT, key="m1")
    assert part.number in refused.value.zh


def test_all_doors_agree_on_who_sees_what(town):
    case = dispatched(town)
    new_case(town, key="k9")
    for actor in (town.clerk, town.handler, town.helper, town.supervisor, town.outsider):
        listed = {row.pk for row in cases_for(actor).items}
        counted = count_cases(actor)
        grouped = sum(t.cases for t in counts_by(actor, by="matter", at=AT))
        assert len(listed) == counted == grouped
        if actor.may("case.export"):
            assert {row.pk for row in export_rows(actor)} == listed
    assert {row.pk for row in cases_for(town.handler).items} == {case.pk}
    assert not cases_for(town.outsider).items


def test_an_outsider_is_told_the_same_as_if_the_case_did_not_exist(town):
    case = dispatched(town)
    messages = set()
    for ref in (case.public_id, "nosuchcase"):
        with pytest.raises(NotFound) as refused:
            complete_item(ref, 1, outcome="answer", actor=town.outsider, at=AT, key="x")
        messages.add(refused.value.zh)
    assert len(messages) == 1


def test_the_rates_stand_on_their_denominators(town):
    case = answered(town)
    asked(town, case, "partly")
    rates = {
        r.code: r
        for r in three_rates(town.supervisor, since=AT, until=later(days=9), at=later(days=9))
    }
    assert rates["resolve_rate"].denominator == 1
    assert rates["resolve_rate"].share == pytest.approx(0.5)
    assert rates["satisfaction_rate"].share == pytest.approx(0.8)
    assert not rates["resolve_rate"].is_enough
