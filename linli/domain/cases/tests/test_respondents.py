"""Whoever is complained about sees nothing of the case and gets no work of it.

Serves: R129 X08.
"""

from datetime import timedelta

import pytest

from linli.domain.access.selectors import Actor, Holding
from linli.domain.cases.errors import AgainstTheShield
from linli.domain.cases.models import Case, CaseEvent, WorkItem
from linli.domain.cases.selectors import case_for, inbox, notices_for
from linli.domain.cases.services import (
    clear_respondent,
    complete_item,
    dispatch_case,
    name_respondent,
    notify,
    record_follow_up,
    reopen_case,
    return_item,
    rule_objection,
)
from linli.domain.cases.tests.builders import AT, DONE, Town, new_case
from linli.domain.organisations.models import Unit
from linli.kernel.errors import NotFound, NotPermitted

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def at_works(town: Town) -> Case:
    case = new_case(town, at=AT)
    return dispatch_case(case.public_id, to="works", actor=town.clerk, at=AT, key="d")


def named(case: Case, town: Town, unit: str = "works", key: str = "n") -> Case:
    return name_respondent(
        case.public_id, unit=unit, reason="反映人投诉该单位", actor=town.clerk, at=LATER, key=key
    )


def test_the_unit_loses_sight_of_the_case_and_of_its_notices_at_once(town, at_works):
    notify(at_works.public_id, kind="case_dispatched", at=AT)
    assert inbox(town.handler).items
    named(at_works, town)

    with pytest.raises(NotFound):
        case_for(town.handler, at_works.public_id)
    assert not inbox(town.handler).items
    assert not notices_for(town.handler)


def test_open_work_of_the_unit_is_taken_back_to_the_clerk(town, at_works):
    case = named(at_works, town)

    assert (case.stage, case.lead_unit) == ("triage", None)
    states = list(WorkItem.objects.filter(case=case, unit__code="works").values_list("state"))
    assert states == [("cancelled",)]
    assert [item.case.pk for item in inbox(town.clerk).items] == [case.pk]


def test_work_of_another_unit_goes_on(town, at_works):
    case = named(at_works, town, unit="far")

    assert case.stage == "handle"
    assert case_for(town.handler, case.public_id)


def test_neither_the_unit_nor_a_part_of_it_may_be_dispatched_to(town):
    works = Unit.objects.get(code="works")
    depot = Unit.objects.create(
        code="depot", name="depot", kind="station", parent=works, area=works.area,
        area_path=works.area_path,
    )  # fmt: skip
    case = named(new_case(town, at=AT), town)

    for unit in ("works", depot.code):
        with pytest.raises(AgainstTheShield):
            dispatch_case(case.public_id, to=unit, actor=town.clerk, at=LATER, key=unit)
    with pytest.raises(AgainstTheShield):
        dispatch_case(
            case.public_id, to="water", co_units=["works"], actor=town.clerk, at=LATER, key="co"
        )


def test_another_unit_than_the_listed_one_may_then_lead(town):
    case = named(new_case(town, at=AT), town)

    sent = dispatch_case(case.public_id, to="far", actor=town.clerk, at=LATER, key="d")

    assert sent.lead_unit is not None and sent.lead_unit.code == "far"


def test_a_ruling_may_not_give_it_to_whom_it_complains_about(town, at_works):
    case = named(at_works, town, unit="water")
    item = WorkItem.objects.get(case=case, state="open")
    return_item(case.public_id, item.pk, reason="不属于", actor=town.handler, at=LATER, key="r")
    with pytest.raises(AgainstTheShield):
        rule_objection(
            case.public_id, outcome="uphold", to="water", reason="属实", actor=town.supervisor,
            at=LATER, key="u",
        )  # fmt: skip


def test_a_reopened_case_does_not_go_back_to_whom_it_complains_about(town, at_works):
    item = WorkItem.objects.get(case=at_works, state="open")
    complete_item(
        at_works.public_id, item.pk, outcome="answer", reason="已停工。",
        result=DONE, actor=town.handler, at=AT,
        key="a",
    )  # fmt: skip
    case = record_follow_up(
        at_works.public_id, solved="solved", satisfied="satisfied", contacted=True,
        actor=town.other_clerk, at=AT, key="f",
    )  # fmt: skip
    named(case, town)

    case = reopen_case(
        case.public_id, reason="没有解决", actor=town.other_clerk, at=LATER, key="again"
    )

    assert case.stage == "triage"
    assert not inbox(town.handler).items


def test_a_case_whose_lead_it_complains_about_does_not_go_back_to_a_helper_alone(town):
    """A helper leads nothing: what it answered alone would never move the case on."""
    case = new_case(town, at=AT)
    dispatch_case(case.public_id, to="works", co_units=["water"], actor=town.clerk, at=AT, key="d")
    lead = WorkItem.objects.get(case=case, unit__code="works")
    complete_item(
        case.public_id, lead.pk, outcome="answer", reason="已办", result=DONE,
        actor=town.handler, at=LATER, key="a",
    )  # fmt: skip
    named(case, town)

    back = record_follow_up(
        case.public_id, solved="unsolved", satisfied="dissatisfied", contacted=True,
        actor=town.other_clerk, at=LATER, key="f",
    )  # fmt: skip

    waiting = WorkItem.objects.filter(case=case, state="open")
    assert (back.stage, back.lead_unit) == ("triage", None)
    assert [(item.stage, item.unit_id) for item in waiting] == [("triage", None)]


def test_a_part_of_the_unit_and_what_it_was_merged_into_see_nothing_either(town, at_works):
    works = Unit.objects.get(code="works")
    new = Unit.objects.create(
        code="new_works", name="n", kind="department", area=works.area, area_path=works.area_path
    )
    works.successor = new
    works.save()
    case = named(at_works, town)
    path = works.area_path

    def looks(unit: Unit, *, above: tuple[int, ...] = (), gone: tuple[int, ...] = ()) -> bool:
        seat = Holding("supervisor", unit.pk, unit.code, path, takes_over=gone, above=above)
        try:
            return bool(case_for(Actor(9, "s", (seat,)), case.public_id))
        except NotFound:
            return False

    assert not looks(new, gone=(works.pk,))
    assert not looks(Unit.objects.get(code="water"), above=(works.pk,))
    assert looks(Unit.objects.get(code="water"))


def test_only_a_supervisor_takes_a_wrong_name_back(town, at_works):
    case = named(at_works, town)
    with pytest.raises(NotPermitted):
        clear_respondent(
            case.public_id, unit="works", reason="记错", actor=town.clerk, at=LATER, key="c"
        )

    case = clear_respondent(
        case.public_id, unit="works", reason="记错", actor=town.supervisor, at=LATER, key="c"
    )

    assert case.respondent_ids == []
    assert case_for(town.handler, case.public_id)


def test_naming_twice_is_naming_once(town, at_works):
    named(at_works, town)
    named(at_works, town)

    assert CaseEvent.objects.filter(case=at_works, activity="respondent_named").count() == 1
