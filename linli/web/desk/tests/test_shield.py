"""Shielding on the desk: the unit complained about, and how confidential a case is.

Serves: R129 X08.
"""

import pytest

from linli.domain.cases.selectors import Case, case_for
from linli.domain.cases.services import dispatch_case
from linli.domain.cases.tests.builders import Town, build_town, new_case
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def case(town: Town) -> Case:
    case = new_case(town, at=utc_now())
    return dispatch_case(case.public_id, to="works", actor=town.clerk, at=utc_now(), key="d")


def url(case: Case, act: str = "") -> str:
    return f"/desk/cases/{case.public_id}/{act + '/' if act else ''}"


def test_a_clerk_names_the_unit_and_its_handler_finds_an_absent_page(town, case):
    handler, clerk = signed_in(town, "handler"), signed_in(town, "clerk")
    assert handler.get(url(case)).status_code == 200

    said = {"key": "k", "unit": "works", "reason": "反映人投诉其执法"}
    assert clerk.post(url(case, "respondent"), said).status_code == 302

    absent = handler.get("/desk/cases/nosuchcase/")
    hidden = handler.get(url(case))
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    page = clerk.get(url(case)).content.decode()
    assert "被投诉单位" in page
    assert "标明被投诉单位" in page


def test_whom_it_complains_about_is_not_offered_for_dispatch_and_others_are(town, case):
    clerk = signed_in(town, "clerk")
    clerk.post(url(case, "respondent"), {"key": "k", "unit": "works", "reason": "被投诉"})

    form = clerk.get(url(case, "dispatch")).content.decode()

    assert 'value="works"' not in form
    assert 'value="water"' in form
    assert 'value="far"' in form


def test_a_supervisor_takes_a_wrong_name_back(town, case):
    clerk, supervisor = signed_in(town, "clerk"), signed_in(town, "supervisor")
    clerk.post(url(case, "respondent"), {"key": "k", "unit": "works", "reason": "被投诉"})
    assert url(case, "clear-respondent") not in clerk.get(url(case)).content.decode()

    said = {"key": "c", "unit": "works", "reason": "核实为误标"}
    assert supervisor.post(url(case, "clear-respondent"), said).status_code == 302

    assert case_for(town.handler, case.public_id).respondent_ids == []


def test_a_sealed_case_is_seen_by_who_works_on_it_and_by_no_clerk(town, case):
    clerk = signed_in(town, "clerk")
    clerk.post(url(case, "classify"), {"key": "s", "level": "sealed", "reason": "涉及未成年人"})

    assert clerk.get(url(case)).status_code == 404
    assert signed_in(town, "supervisor").get(url(case)).status_code == 404
    assert signed_in(town, "handler").get(url(case)).status_code == 200


def test_a_clerk_may_not_lower_the_level(town, case):
    clerk, supervisor = signed_in(town, "clerk"), signed_in(town, "supervisor")
    clerk.post(url(case, "classify"), {"key": "s", "level": "sensitive", "reason": "涉及隐私"})
    said = {"key": "o", "level": "ordinary", "reason": "误标"}
    assert clerk.post(url(case, "classify"), said).status_code == 422

    assert supervisor.post(url(case, "classify"), said).status_code == 302

    assert case_for(town.clerk, case.public_id).confidentiality == "ordinary"


def test_contact_details_close_with_the_case(town, case):
    clerk = signed_in(town, "clerk")
    assert "查看联系方式" in clerk.get(url(case)).content.decode()
    Case.objects.filter(pk=case.pk).update(status="closed", closed_at=utc_now(), stage="closed")

    assert "查看联系方式" not in clerk.get(url(case)).content.decode()
    assert clerk.post(url(case, "person")).status_code == 404
    assert "查看联系方式" in signed_in(town, "supervisor").get(url(case)).content.decode()
