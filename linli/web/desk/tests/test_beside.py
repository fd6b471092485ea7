"""The machine's reading beside its case; the clerk's decision beside the reading.

Serves: R045 R049.
"""

import pytest
from django.test import Client

from linli.domain.cases.selectors import Case
from linli.domain.cases.services import dispatch_case
from linli.domain.needs.selectors import Reading
from linli.domain.needs.tests.builders import NOISE, ReadTown, build_read_town, receive, said
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> ReadTown:
    return build_read_town()


@pytest.fixture
def clerk(town: ReadTown) -> Client:
    return signed_in(town.cast, "clerk")


def arrived(key: str = "k1", body: str = NOISE) -> Case:
    return receive(said(body), key=key, at=utc_now()).case


def url(case: Case, act: str = "") -> str:
    return f"/desk/cases/{case.public_id}/{act}{'/' if act else ''}"


def test_a_sure_suggestion_is_taken_with_one_press(town, clerk):
    case = arrived()
    page = clerk.get(url(case)).content.decode()
    assert "采纳建议" in page
    assert "打桩" in page
    clerk.post(url(case, "accept"), {"key": "a", "seen": case.seq})
    reading = Reading.objects.get()
    assert reading.decided_matter == reading.matters[0]["code"]
    after = clerk.get(url(case)).content.decode()
    assert "系统建议，已由人决定" in after
    assert 'href="' + url(case, "accept") not in after


def test_a_correction_is_shown_beside_what_was_suggested(town, clerk):
    case = arrived()
    before = Reading.objects.get()
    clerk.post(
        url(case, "correct"),
        {
            "key": "c",
            "seen": case.seq,
            "matter": "environment.noise.traffic",
            "area": "990101001001",
            "urgency": "urgent",
            "petition_type": "complaint",
        },
    )
    page = clerk.get(url(case)).content.decode()
    assert "改为" in page
    assert "交通噪声" in page
    after = Reading.objects.get()
    assert after.matters == before.matters
    assert Case.objects.get(pk=case.pk).urgency == "urgent"


def test_the_form_of_a_correction_holds_what_stands(town, clerk):
    case = arrived()
    form = clerk.get(url(case, "correct")).content.decode()
    assert f'value="{case.matter.code}" selected' in form
    assert f'value="{case.area.code}" selected' in form


def test_nobody_decides_after_dispatch_or_without_the_post(town, clerk):
    case = arrived()
    handler = signed_in(town.cast, "handler")
    assert handler.post(url(case, "accept"), {"key": "h"}).status_code == 404
    dispatch_case(case.public_id, to="works", actor=town.cast.clerk, at=utc_now(), key="d")
    assert clerk.get(url(case, "correct")).status_code == 409
    assert "采纳建议" not in clerk.get(url(case)).content.decode()


def test_an_unsure_reading_offers_no_single_press(town, clerk):
    case = arrived(body="你好")
    page = clerk.get(url(case)).content.decode()
    assert "采纳建议" not in page
    assert url(case, "correct") in page


def test_near_duplicates_are_offered_with_merging_and_linking(town, clerk):
    first, second = arrived(), arrived("k2")
    page = clerk.get(url(second)).content.decode()
    assert f"{url(second, 'merge')}?into={first.number}" in page
    assert f"{url(second, 'link')}?to={first.number}" in page


def test_a_case_page_with_everything_beside_it_asks_few_questions(
    town, clerk, django_assert_max_num_queries
):
    arrived()
    second = arrived("k2")
    other = {"matter": "environment.noise.traffic", "area": "990101001"}
    other |= {"urgency": "urgent", "petition_type": "complaint"}
    assert (
        clerk.post(url(second, "correct"), {"key": "c", "seen": second.seq, **other}).status_code
        == 302
    )
    clerk.post(url(second, "note"), {"key": "n", "reason": "已核实"})
    for person in (clerk, signed_in(town.cast, "supervisor")):
        person.get("/desk/")
        with django_assert_max_num_queries(18):
            assert person.get(url(second)).status_code == 200


def test_a_correction_of_a_page_that_is_out_of_date_is_refused_with_what_stands_now(town, clerk):
    case, second = arrived(), signed_in(town.cast, "other_clerk")
    said = {"key": "c", "seen": case.seq, "area": "990101001001", "petition_type": "complaint"}
    assert f'name="seen" value="{case.seq}"' in clerk.get(url(case)).content.decode()
    assert f'name="seen" value="{case.seq}"' in second.get(url(case, "correct")).content.decode()
    first = {**said, "matter": "environment.noise.traffic", "urgency": "urgent"}
    assert clerk.post(url(case, "correct"), first).status_code == 302
    late = {**said, "key": "d", "matter": case.matter.code, "urgency": "ordinary"}
    refused = second.post(url(case, "correct"), late)
    assert refused.status_code == 422
    assert "交通噪声" in refused.content.decode()
    assert second.post(url(case, "accept"), {"key": "e", "seen": case.seq}).status_code == 422
    now = Case.objects.get(pk=case.pk)
    assert (now.matter.code, now.urgency) == ("environment.noise.traffic", "urgent")
    assert clerk.post(url(case, "correct"), first).status_code == 302


def test_the_hotlines_own_number_stands_on_the_page_and_finds_the_case(town, clerk):
    case = receive(said(source_id="RX-20261124-0815"), at=utc_now()).case
    other = arrived(key="k2", body=f"{NOISE}，第二次说")

    assert "RX-20261124-0815" in clerk.get(url(case)).content.decode()
    found = clerk.get("/desk/cases/", {"q": "RX-20261124-0815"}).content.decode()
    assert case.number in found
    assert other.number not in found
