"""Renditions where cases or units become one: the unit has one to answer, and learns of no other.

Serves: R129 X08.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from linli.domain.access.selectors import Actor
from linli.domain.cases.models import CaseEvent
from linli.domain.cases.selectors import (
    case_for,
    renditions_for,
    renditions_of,
    shielded_refs,
)
from linli.domain.cases.services import (
    answer_rendition,
    merge_duplicate,
    name_respondent,
)
from linli.domain.cases.tests.builders import build_town, later, new_case
from linli.domain.cases.tests.shielding import NAME, Complaint, complaint
from linli.domain.organisations.models import Unit
from linli.domain.vault.services import seal_person
from linli.kernel.errors import NotFound, RejectedTogether

pytestmark = pytest.mark.django_db
OTHER = "反映人说，队员抬走了摊车，还在现场大声训斥。"


@pytest.fixture(scope="module")
def about(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Complaint]:
    """A complaint, laid out once; what a test does to it is rolled back after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield complaint(build_town())
        transaction.set_rollback(True)


def second(about: Complaint) -> Complaint:
    """Another complaint about the unit, still with the clerk."""
    case = new_case(about.town, key="k9", title="摊车被抬走", body=OTHER)
    seal_person(case.public_id, {"reporter_name": "令狐珙昶"}, at=later())
    name_respondent(case.public_id, unit="works", reason="反映其执法", **about.by(key="n9"))
    return Complaint(about.town, case)


def merged(one: Complaint, into: Complaint) -> None:
    merge_duplicate(one.ref, into=into.ref, **one.by(key="m"))


def refs(actor: Actor) -> list[str]:
    return [one.ref for one in renditions_for(actor).items if one.text]


def test_what_was_sent_for_a_case_that_is_merged_goes_on_with_the_other(about):
    late = second(about)
    sent = late.sent(at=later(hours=1))

    merged(late, about)

    assert refs(about.town.handler) == [sent.public_id]
    answer_rendition(sent.public_id, reply="已核实", **about.by("handler", "r"))
    assert [one.reply for one in renditions_of(about.case)] == ["已核实"]
    facts = CaseEvent.objects.filter(case=about.case).values_list("activity", flat=True)
    assert {"rendition_carried", "rendition_answered"} <= set(facts)


@pytest.mark.parametrize("first", [True, False])
def test_of_two_that_were_sent_the_unit_keeps_the_earlier(about, first):
    late = second(about)
    mine = about.sent(at=later(hours=2 if first else 1))
    theirs = late.sent(text="另一说法，请说明。", at=later(hours=1 if first else 2))

    merged(late, about)

    assert refs(about.town.handler) == [(theirs if first else mine).public_id]


def test_a_draft_gives_way_to_what_was_sent(about):
    late = second(about)
    draft, sent = about.written(), late.sent()

    merged(late, about)

    draft.refresh_from_db()
    assert (draft.state, draft.withdrawn_why) == ("withdrawn", "case_merged")
    assert refs(about.town.handler) == [sent.public_id]


def test_it_ends_where_the_other_case_does_not_complain_about_the_unit(about):
    late, plain = second(about), new_case(about.town, key="k6")
    late.sent()

    merge_duplicate(late.ref, into=plain.public_id, **about.by(key="m"))

    assert refs(about.town.handler) == []


def test_the_words_and_the_person_of_a_merged_case_are_shielded_as_well(about):
    merged(second(about), about)

    for text in ("令狐珙昶反映", f"{NAME}反映"):
        with pytest.raises(RejectedTogether):
            about.written(text, reason="确需")
    with pytest.raises(RejectedTogether):
        about.written(f"请说明{OTHER[5:]}")
    assert about.written().state == "draft"


def test_whoever_takes_over_the_work_of_the_unit_answers_and_sees_no_case(about):
    sent = about.sent()
    works = Unit.objects.get(code="works")
    new = Unit.objects.create(
        code="new_works", name="n", kind="department", area=works.area, area_path=works.area_path
    )
    seat = replace(
        about.town.handler.holdings[0], unit_id=new.pk, unit_code=new.code, takes_over=(works.pk,)
    )
    heir = replace(about.town.handler, holdings=(seat,))

    assert refs(heir) == [sent.public_id]
    with pytest.raises(NotFound):
        case_for(heir, about.ref)


def test_a_part_of_the_unit_and_the_unit_above_have_neither_text_nor_case(about):
    about.sent()
    works = Unit.objects.get(code="works")
    seat = about.town.helper.holdings[0]
    part = replace(about.town.helper, holdings=(replace(seat, above=(works.pk,)),))

    assert refs(part) == []
    with pytest.raises(NotFound):
        case_for(part, about.ref)


def test_who_belongs_to_the_unit_is_told_which_cases_to_leave_out(about):
    plain = new_case(about.town, key="k7")

    assert shielded_refs(about.town.handler) == [about.ref]
    assert shielded_refs(about.town.helper) == []
    assert plain.public_id not in shielded_refs(about.town.handler)
