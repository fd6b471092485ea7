"""Emergency access: one case, to be looked at, until the clock or somebody ends it.

Serves: R129 X02 X08.
"""

from datetime import date, timedelta

import pytest

from linli.domain.access.models import Opening, User
from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.audit.selectors import facts_about, views_of
from linli.domain.cases.models import Case
from linli.domain.cases.selectors import (
    CaseFilter,
    cases_for,
    count_cases,
    export_rows,
    inbox,
    links_of,
    looks_at,
    openings_within,
    own_openings,
    state_of,
    told_state_of,
    unconfirmed_openings,
    waiting_counts,
)
from linli.domain.cases.services import (
    add_note,
    alarm_unconfirmed,
    decide_opening,
    end_opening,
    look_at_case,
    merge_duplicate,
    name_respondent,
)
from linli.domain.cases.tests.builders import AT, new_case
from linli.domain.cases.tests.glass import CONFIRM, NOWHERE, OPEN, SOON, ask, granted, sees
from linli.domain.cases.tests.posted import ELSEWHERE, acting, posted
from linli.domain.organisations.models import Member, Unit
from linli.kernel.errors import NotFound, NotPermitted, WrongState

pytestmark = pytest.mark.django_db


def test_what_a_second_person_grants_opens_one_case_until_the_clock_ends_it(
    case, asker, chief, town
):
    other = new_case(town, key="k1", title="另一件")
    assert not sees(asker, case)
    granted(asker, chief, case)

    assert sees(asker, case)
    assert not sees(asker, other)
    assert sees(asker, case, AT + OPEN - timedelta(seconds=1))
    assert not sees(asker, case, AT + OPEN)


def test_it_opens_the_case_to_be_looked_at_and_for_nothing_else(case, asker, chief):
    granted(asker, chief, case)
    actor = acting(asker, SOON)

    with pytest.raises(NotPermitted):
        add_note(case.public_id, text="顺手", actor=actor, at=SOON, key="n")
    assert not cases_for(actor).items
    assert not cases_for(actor, CaseFilter(words=case.number)).items
    assert not count_cases(actor)
    assert not export_rows(actor).exists()
    assert not inbox(actor).items


def test_every_look_is_marked_and_the_resident_reads_office_and_reason(case, asker, chief):
    opening = granted(asker, chief, case)
    look_at_case(case.public_id, actor=acting(asker, SOON), at=SOON)

    view = views_of(case.public_id)[0]
    assert (view.purpose, view.opening, view.office) == ("cover", opening.public_id, "far")
    told = looks_at(case)[0]
    assert (told.kind, told.office, told.reason, told.is_by_day) == ("glass", "far", "cover", False)


def test_the_shield_stands_above_it(case, asker, chief, town):
    """Complained about before the decision, and in the middle of a look."""
    waiting = ask(asker, case.number)
    open_one = posted("second", "clerk", unit="far", area=ELSEWHERE)
    granted(open_one, chief, case)
    assert sees(open_one, case)
    name_respondent(case.public_id, unit="far", reason="投诉", actor=SYSTEM_ACTOR, at=SOON, key="r")
    assert not sees(open_one, case)
    with pytest.raises(NotFound):
        look_at_case(case.public_id, actor=acting(open_one, SOON), at=SOON)
    with pytest.raises(WrongState, match="被投诉"):
        decide_opening(waiting.public_id, granted=True, actor=acting(chief), at=SOON)


def test_a_unit_that_took_over_the_complained_about_one_is_shut_out_as_well(case, asker, chief):
    gone = Unit.objects.create(
        code="gone",
        name="gone",
        kind="department",
        area=case.area,
        area_path=case.area_path,
        successor=Unit.objects.get(code="far"),
    )
    granted(asker, chief, case)
    Case.objects.filter(pk=case.pk).update(respondent_ids=[gone.pk])
    assert not sees(asker, case)


def test_an_approver_of_the_complained_about_unit_decides_nothing(case, asker, chief):
    opening = ask(asker, case.number)
    name_respondent(case.public_id, unit="hall", reason="投诉", actor=SYSTEM_ACTOR, at=AT, key="r")
    with pytest.raises(NotFound):
        decide_opening(opening.public_id, granted=True, actor=acting(chief), at=AT)
    assert not openings_within(acting(chief)).exists()
    watch = posted("watch", "auditor", unit="hall")
    assert not openings_within(acting(watch)).exists()


def test_a_post_lost_after_asking_ends_it(case, asker, chief):
    waiting, other = ask(asker, case.number), posted("other", "clerk", unit="far", area=ELSEWHERE)
    granted(other, chief, case)
    Member.objects.filter(user__in=[asker, other]).update(valid_to=date(2026, 11, 23))
    assert not sees(other, case)
    with pytest.raises(WrongState, match="岗位"):
        decide_opening(waiting.public_id, granted=True, actor=acting(chief), at=SOON)
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert acting(User.objects.get(pk=other.pk), SOON).opened == ()


def test_it_is_shut_at_once_by_whoever_granted_it(case, asker, chief):
    opening = granted(asker, chief, case)
    held = acting(asker, SOON)
    with pytest.raises(NotFound):
        end_opening(opening.public_id, actor=acting(posted("colleague", "clerk")), at=SOON)
    end_opening(opening.public_id, actor=acting(chief, SOON), at=SOON)

    assert not sees(asker, case)
    with pytest.raises(NotFound):  # the page had been begun before
        look_at_case(case.public_id, actor=held, at=SOON)
    with pytest.raises(WrongState):
        end_opening(opening.public_id, actor=acting(chief, SOON), at=SOON)
    assert [fact.event for fact in facts_about("opening", opening.public_id)] == [
        "opening_asked",
        "opening_decided",
        "opening_ended",
    ]


def test_a_merge_meanwhile_opens_nothing_more(case, asker, chief, town):
    main = new_case(town, key="k1")
    granted(asker, chief, case)
    merge_duplicate(case.public_id, into=main.public_id, actor=town.clerk, at=SOON, key="m")
    assert sees(asker, case)
    assert not sees(asker, main)
    assert not links_of(case, acting(asker, SOON))


def test_in_danger_it_opens_at_once_and_a_second_person_confirms(case, asker, chief):
    opening = ask(asker, case.number, reason="danger")
    assert sees(asker, case)
    with pytest.raises(WrongState, match="上限"):
        ask(asker, NOWHERE, reason="danger")
    late = AT + CONFIRM + timedelta(minutes=1)
    decide_opening(opening.public_id, granted=True, actor=acting(chief), at=late)
    assert Opening.objects.get().ends_at == AT + OPEN
    assert not alarm_unconfirmed(at=late)


def test_in_danger_a_refusal_shuts_it(case, asker, chief):
    opening = ask(asker, case.number, reason="danger")
    opening = decide_opening(opening.public_id, granted=False, actor=acting(chief), at=SOON)
    assert not sees(asker, case)
    assert (state_of(opening, at=SOON), told_state_of(opening, at=SOON)) == ("refused", "ended")


def test_what_nobody_confirms_in_time_rings_for_the_auditors_once(case, asker):
    opening = ask(asker, case.number, reason="danger")
    watch = acting(posted("watch", "auditor"))
    assert not alarm_unconfirmed(at=AT + CONFIRM - timedelta(seconds=1))

    assert [alarm_unconfirmed(at=AT + CONFIRM) for _ in range(2)] == [1, 0]
    assert facts_about("opening", opening.public_id)[-1].event == "opening_unconfirmed"
    assert list(unconfirmed_openings(watch, at=AT + CONFIRM)) == [opening]
    assert waiting_counts(watch, ["openings"], at=AT + CONFIRM)["openings"] == 1


def test_an_auditor_sees_every_ask_and_whoever_asked_their_own(case, asker, chief):
    hidden, absent = ask(asker, case.number), ask(asker, NOWHERE)
    watch = acting(posted("watch", "auditor"))
    assert set(openings_within(watch)) == {hidden, absent}
    assert list(openings_within(acting(chief))) == [hidden]
    assert set(own_openings(acting(asker))) == {hidden, absent}
    assert own_openings(Actor(None, "resident")) == []
