"""What happens when several processes want the same case at the same moment.

Serves: R109 X02.
"""

from collections import Counter

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.models import Case, CaseEvent, Clock, Feedback, Link, Note, WorkItem
from linli.domain.cases.services import (
    Revision,
    add_note,
    close_by_route,
    complete_item,
    decide_extension,
    dispatch_case,
    fire_timers,
    link_cases,
    pause_clock,
    record_feedback,
    record_follow_up,
    reopen_case,
    request_extension,
    return_item,
    revise_case,
)
from linli.domain.cases.tests.builders import (
    AT,
    DONE,
    Town,
    build_town,
    later,
    leaf_matter,
    new_case,
)
from tests.races.racing import race

ANSWER = {"outcome": "answer", "reason": "已办", "result": DONE}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture(autouse=True)
def histories_are_whole(town: Town):
    yield
    assert verify_chain().is_whole
    for case in Case.objects.all():
        seqs = CaseEvent.objects.filter(case=case).order_by("seq").values_list("seq", flat=True)
        assert list(seqs) == list(range(1, case.seq + 1))


def activities(case: Case) -> Counter[str]:
    return Counter(CaseEvent.objects.filter(case=case).values_list("activity", flat=True))


def handed_to_works(town: Town, key: str = "k0") -> tuple[Case, int]:
    case = new_case(town, key=key)
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=later(minutes=1), key="d")
    return case, WorkItem.objects.get(case=case, stage="handle").pk


def answered(town: Town) -> Case:
    case, item = handed_to_works(town)
    complete_item(
        case.public_id,
        item,
        **ANSWER,
        actor=town.handler,
        at=later(hours=1),
        key="a",
    )
    return case


def test_of_two_clerks_who_dispatch_at_once_one_wins_and_the_other_is_told(town):
    case = new_case(town)

    came = race(
        lambda: dispatch_case(case.public_id, to="works", actor=town.clerk, at=AT, key="one"),
        lambda: dispatch_case(case.public_id, to="water", actor=town.other_clerk, at=AT, key="two"),
        over=case,
    )

    assert sorted(came) == ["CaseIsElsewhere", "done"]
    winner = ("works", "water")[came.index("done")]
    case.refresh_from_db()
    assert (case.stage, case.lead_unit and case.lead_unit.code) == ("handle", winner)
    items = WorkItem.objects.filter(case=case, state="open")
    assert [item.unit and item.unit.code for item in items] == [winner]


def test_a_key_sent_by_eight_processes_takes_effect_once(town):
    case = new_case(town)

    def send() -> object:
        return dispatch_case(
            case.public_id, to="works", co_units=["water"], actor=town.clerk, at=AT, key="same"
        )

    assert race(*[send] * 8, over=case) == ["done"] * 8
    assert activities(case) == {"case_opened": 1, "case_dispatched": 1}
    assert WorkItem.objects.filter(case=case, stage="handle").count() == 2
    assert Clock.objects.filter(case=case, kind="case").count() == 1


def test_an_answer_and_a_return_at_once_leave_one_of_them(town):
    case, item = handed_to_works(town)
    by = {"actor": town.handler, "at": later(hours=1)}

    came = race(
        lambda: complete_item(case.public_id, item, **ANSWER, key="a", **by),
        lambda: return_item(case.public_id, item, reason="不属于职责", key="r", **by),
        over=case,
    )

    assert sorted(came) == ["ItemIsDone", "done"]
    case.refresh_from_db()
    assert case.stage == ("follow_up", "objection")[came.index("done")]
    assert WorkItem.objects.filter(case=case, state="open").count() == 1


def test_a_resident_who_says_unsolved_is_heard_whatever_the_clerk_writes_at_that_moment(town):
    case = answered(town)

    came = race(
        lambda: record_feedback(
            case.public_id, solved="unsolved", satisfied="basic", at=later(days=1), key="r"
        ),
        lambda: record_follow_up(
            case.public_id,
            solved="solved",
            satisfied="basic",
            contacted=True,
            actor=town.other_clerk,
            at=later(days=1),
            key="f",
        ),
        over=case,
    )

    case.refresh_from_db()
    assert came[0] == "done"
    assert came[1] in ("done", "CaseIsElsewhere")
    assert (case.status, case.stage, case.round) == ("open", "handle", 2)
    assert Feedback.objects.filter(case=case).count() == came.count("done")


def test_of_notes_written_at_once_none_is_lost(town):
    case = new_case(town)

    def note(number: int) -> object:
        return add_note(
            case.public_id, text=f"第{number}条", actor=town.clerk, at=AT, key=f"n{number}"
        )

    came = race(*[lambda n=n: note(n) for n in range(8)], over=case)

    assert came == ["done"] * 8
    assert len(set(Note.objects.filter(case=case).values_list("text", flat=True))) == 8
    assert activities(case)["note_added"] == 8


def test_two_revisions_at_once_are_never_mixed_and_both_stand_in_the_history(town):
    case = new_case(town)
    here = Revision("environment", "990101001001", "complaint", "urgent")
    there = Revision("city_management", "990101001", "help", "ordinary")

    came = race(
        lambda: revise_case(case.public_id, here, actor=town.clerk, at=AT, key="one"),
        lambda: revise_case(case.public_id, there, actor=town.other_clerk, at=AT, key="two"),
        over=case,
    )

    case.refresh_from_db()
    now = (case.matter.code, case.area.code, case.petition_type, case.urgency)
    assert came == ["done", "done"]
    assert now in [(r.matter, r.area, r.petition_type, r.urgency) for r in (here, there)]
    assert case.area_path == case.area.path
    said = CaseEvent.objects.filter(case=case, activity="case_revised").order_by("seq")
    assert [event.attrs["matter"] for event in said][-1] == now[0]
    assert {event.attrs["matter"] for event in said} == {here.matter, there.matter}


def test_a_part_that_opens_while_its_whole_closes_leaves_no_closed_whole_over_an_open_part(town):
    part, whole = new_case(town, key="part"), new_case(town, key="whole")
    by = {"actor": town.clerk, "at": AT}
    link_cases(part.public_id, to=whole.public_id, kind="part", key="l", **by)
    close_by_route(part.public_id, route="route_statutory", key="r", **by)

    came = race(
        lambda: close_by_route(whole.public_id, route="route_statutory", key="w", **by),
        lambda: reopen_case(
            part.public_id, reason="又坏了", actor=town.clerk, at=later(days=1), key="again"
        ),
        over=whole,
    )

    assert came[1] == "done"
    assert came[0] in ("done", "PartsAreOpen")
    assert set(Case.objects.values_list("status", flat=True)) == {"open"}


def test_of_two_revisions_of_the_same_page_the_second_is_told_what_the_first_said(town):
    case = new_case(town)
    here = Revision("environment", "990101001001", "complaint", "urgent")
    there = Revision("city_management", "990101001", "help", "ordinary")

    def revise(revision: Revision, by: Actor, key: str) -> object:
        return revise_case(case.public_id, revision, seen=case.seq, actor=by, at=AT, key=key)

    came = race(
        lambda: revise(here, town.clerk, "one"),
        lambda: revise(there, town.other_clerk, "two"),
        over=case,
    )

    assert sorted(came) == ["RevisedMeanwhile", "done"]
    assert activities(case)["case_revised"] == 1


def test_a_revision_never_reaches_a_case_that_has_just_been_dispatched(town):
    case = new_case(town)
    revision = Revision(leaf_matter(), "990101001", "help", "urgent")

    came = race(
        lambda: revise_case(case.public_id, revision, actor=town.clerk, at=AT, key="one"),
        lambda: dispatch_case(case.public_id, to="works", actor=town.other_clerk, at=AT, key="two"),
        over=case,
    )

    case.refresh_from_db()
    assert came[1] == "done"
    assert came[0] in ("done", "CaseIsElsewhere")
    clock = Clock.objects.get(case=case, kind="case")
    assert (case.urgency, clock.limit_unit) == (
        ("urgent", "hour") if came[0] == "done" else ("ordinary", "natural_day")
    )


def test_two_cases_tied_to_each_other_at_once_make_no_ring(town):
    one, two = new_case(town), new_case(town, key="k1")
    by = {"kind": "part", "actor": town.clerk, "at": AT}

    # The page gives the public id, people type the number: neither may decide who is locked first.
    came = race(
        lambda: link_cases(one.public_id, to=two.number, key="a", **by),
        lambda: link_cases(two.public_id, to=one.number, key="b", **by),
        over=one,
    )

    assert sorted(came) == ["Rejected", "done"]
    assert Link.objects.count() == 1


def test_a_whole_does_not_close_while_a_part_is_being_tied_to_it(town):
    whole, part = new_case(town), new_case(town, key="k1")

    came = race(
        lambda: close_by_route(
            whole.public_id, route="route_statutory", actor=town.clerk, at=AT, key="c"
        ),
        lambda: link_cases(
            part.public_id, to=whole.public_id, kind="part", actor=town.clerk, at=AT, key="l"
        ),
        over=whole,
    )

    whole.refresh_from_db()
    assert came in (["done", "CaseIsClosed"], ["PartsAreOpen", "done"])
    assert (whole.status == "closed") is not Link.objects.exists()


def test_a_clock_paused_by_two_at_once_stands_still_once(town):
    case, _ = handed_to_works(town)

    came = race(
        lambda: pause_clock(case.public_id, reason="hearing", actor=town.handler, at=AT, key="p"),
        lambda: pause_clock(
            case.public_id, reason="hearing", actor=town.supervisor, at=AT, key="q"
        ),
        over=case,
    )

    assert sorted(came) == ["WrongState", "done"]
    facts = Clock.objects.get(case=case, kind="case").facts
    assert [fact["kind"] for fact in facts] == ["start", "pause"]


def test_an_extension_granted_by_two_at_once_lengthens_once(town):
    case, _ = handed_to_works(town)
    asked = request_extension(
        case.public_id, extra=3, reason="等检测", actor=town.handler, at=later(hours=1), key="e"
    )
    assert asked is not None

    def grant(key: str) -> object:
        return decide_extension(
            case.public_id,
            asked.pk,
            granted=True,
            reason="同意",
            actor=town.supervisor,
            at=later(hours=2),
            key=key,
        )

    came = race(lambda: grant("one"), lambda: grant("two"), over=case)

    assert sorted(came) == ["ItemIsDone", "done"]
    facts = Clock.objects.get(case=case, kind="case").facts
    assert [fact.get("extra") for fact in facts if fact["kind"] == "extend"] == [3]


def test_pollers_that_wake_together_ring_each_timer_once(town):
    cases = [handed_to_works(town, key=f"k{n}")[0] for n in range(3)]
    rung = CaseEvent.objects.filter(activity="timer_fired")

    came = race(*[lambda: fire_timers(at=later(days=90))] * 4)

    assert came == ["done"] * 4
    assert rung.count() == len(set(rung.values_list("item", "attrs__do"))) == 3 * len(cases)
    assert WorkItem.objects.filter(stage="supervision", state="open").count() == len(cases)


def test_the_systems_own_command_waits_like_any_other(town):
    case, item = handed_to_works(town)

    def answer(actor: Actor, key: str) -> object:
        return complete_item(
            case.public_id,
            item,
            **ANSWER,
            actor=actor,
            at=later(hours=1),
            key=key,
        )

    came = race(lambda: answer(town.handler, "a"), lambda: answer(SYSTEM_ACTOR, "b"), over=case)

    assert sorted(came) == ["ItemIsDone", "done"]
