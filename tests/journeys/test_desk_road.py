"""The desk, asked as each of the cast would ask.

Serves: R019 R020 R106 R134.
"""

import pytest
from django.test import Client

from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.tests.builders import Town, build_town, new_case
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


def test_a_visitor_is_sent_to_sign_in(town):
    assert Client().get("/desk/").status_code == 302


def test_a_clerk_dispatches_and_the_handler_answers_on_the_pages(town):
    case = new_case(town)
    clerk, handler = signed_in(town, "clerk"), signed_in(town, "handler")
    assert case.title in clerk.get("/desk/").content.decode()

    page = f"/desk/cases/{case.public_id}"
    form = clerk.get(f"{page}/dispatch/")
    assert "works" in form.content.decode()
    sent = clerk.post(f"{page}/dispatch/", {"key": "k-d", "to": "works", "reason": ""})
    assert sent.status_code == 302
    again = clerk.post(f"{page}/dispatch/", {"key": "k-d", "to": "works", "reason": ""})
    assert again.status_code == 302
    assert WorkItem.objects.filter(case=case, stage="handle").count() == 1

    assert case.title in handler.get("/desk/").content.decode()
    assert "办结答复" in handler.get(f"{page}/").content.decode()
    handler.post(f"{page}/answer/", {"key": "k-a", "reason": "已责令停工。", "result": "done"})
    assert Case.objects.get(pk=case.pk).stage == "follow_up"
    assert "已责令停工" in clerk.get(f"{page}/").content.decode()


def test_an_empty_reason_comes_back_with_the_field_named(town):
    case = new_case(town)
    clerk = signed_in(town, "clerk")
    answer = clerk.post(f"/desk/cases/{case.public_id}/answer-now/", {"key": "k", "reason": ""})
    assert answer.status_code == 422
    assert "答复内容" in answer.content.decode()


def test_an_outsider_finds_nothing_by_number_page_or_list(town):
    case = new_case(town)
    outsider = signed_in(town, "outsider")
    absent = outsider.get("/desk/cases/nosuchcase/")
    hidden = outsider.get(f"/desk/cases/{case.public_id}/")
    assert hidden.status_code == absent.status_code == 404
    assert case.title not in outsider.get("/desk/cases/?q=" + case.number).content.decode()


def test_an_export_leaves_a_mark_and_no_formula(town):
    new_case(town, title="=cmd|' /C calc'!A0")
    clerk = signed_in(town, "clerk")
    answer = clerk.get("/desk/cases/export/")
    text = b"".join(answer).decode()
    assert "'=cmd" in text


def test_lists_and_a_case_page_ask_few_questions(town, django_assert_max_num_queries):
    case = new_case(town)
    clerk = signed_in(town, "clerk")
    with django_assert_max_num_queries(15):
        assert clerk.get("/desk/cases/").status_code == 200
    with django_assert_max_num_queries(18):
        assert clerk.get(f"/desk/cases/{case.public_id}/").status_code == 200
