"""A whole that has ended opens again with its part.

Serves: R106.
"""

import pytest

from linli.domain.cases.models import Case, CaseEvent
from linli.domain.cases.services import (
    answer_directly,
    close_by_route,
    link_cases,
    record_feedback,
    reopen_case,
)
from linli.domain.cases.tests.builders import AT, Town, later, new_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(town: Town) -> list[Case]:
    """A part, its whole, and the whole of that, all closed in this order."""
    cases = [new_case(town, key=key) for key in ("part", "whole", "top")]
    clerk = town.clerk
    for part, whole in zip(cases, cases[1:], strict=False):
        link_cases(part.public_id, to=whole.public_id, kind="part", actor=clerk, at=AT, key="l")
    for case in cases:
        answer_directly(case.public_id, answer="已说明", actor=clerk, at=AT, key="a")
        record_feedback(case.public_id, solved="solved", satisfied="basic", at=AT, key="f")
    return [Case.objects.get(pk=case.pk) for case in cases]


def test_the_resident_who_opens_a_part_opens_every_whole_above_it(town, ended):
    part, whole, top = ended
    record_feedback(
        part.public_id, solved="unsolved", satisfied="dissatisfied", at=later(days=1), key="u"
    )
    assert [Case.objects.get(pk=case.pk).status for case in ended] == ["open"] * 3
    told = CaseEvent.objects.filter(activity="part_reopened").order_by("id")
    assert [(event.case_id, event.attrs["number"]) for event in told] == [
        (whole.pk, part.number),
        (top.pk, whole.number),
    ]


def test_so_does_the_clerk_on_the_phone_and_once(town, ended):
    part, whole, _ = ended
    for _ in range(2):
        reopen_case(
            part.number, reason="又坏了", actor=town.other_clerk, at=later(days=1), key="again"
        )
    whole.refresh_from_db()
    assert (whole.status, whole.stage) == ("open", "triage")
    assert CaseEvent.objects.filter(case=whole, activity="part_reopened").count() == 1


def test_a_whole_that_is_open_is_left_as_it_is(town, ended):
    part, whole, top = ended
    reopen_case(
        whole.public_id, reason="还没完", actor=town.other_clerk, at=later(hours=1), key="first"
    )
    before = Case.objects.get(pk=whole.pk).seq
    reopen_case(
        part.public_id, reason="又坏了", actor=town.other_clerk, at=later(days=1), key="again"
    )
    assert Case.objects.get(pk=whole.pk).seq == before


def test_a_part_below_nothing_opens_alone(town, ended):
    case = new_case(town, key="alone")
    close_by_route(case.public_id, route="route_statutory", actor=town.clerk, at=AT, key="r")
    reopened = reopen_case(
        case.public_id, reason="又坏了", actor=town.other_clerk, at=later(days=1), key="again"
    )
    assert reopened.status == "open"
    assert Case.objects.filter(status="open").count() == 1
