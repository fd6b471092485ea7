"""The portal as a resident walks it, without JavaScript.

Serves: R041 R042.
"""

import re

import pytest
from django.test import Client
from django.utils import timezone

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.services import complete_item, dispatch_case
from linli.domain.cases.tests.builders import Town, build_town
from linli.domain.catalogue.selectors import emergency_calls
from linli.kernel.clock import utc_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


def report(client: Client, body: str) -> str:
    client.post("/report/what/", {"body": body})
    client.post("/report/where/", {"address": "学府路口", "area": "990101001001"})
    client.post("/report/who/", {"name": "", "phone": ""})
    assert body in client.get("/report/check/").content.decode()
    client.post("/report/check/", {"key": "one"})
    client.post("/report/check/", {"key": "one"})
    page = client.get("/report/done/").content.decode()
    found = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", page)
    assert found is not None
    return found[0]


def test_a_resident_reports_tracks_and_sends_it_back_when_not_solved(town):
    client = Client()
    code = report(client, "工地半夜施工，睡不着觉")
    case = Case.objects.get()
    assert "办理时限" not in client.post("/track/", {"code": code}).content.decode()
    dispatch_case(case.public_id, to="works", actor=SYSTEM_ACTOR, at=utc_now(), key="d")
    assert "办理时限" in client.post("/track/", {"code": code}).content.decode()
    item = WorkItem.objects.get(case=case, stage="handle")
    complete_item(
        case.public_id,
        item.pk,
        outcome="answer",
        reason="已责令停工",
        result={"result": "done"},
        actor=SYSTEM_ACTOR,
        at=utc_now(),
        key="a",
    )
    page = client.post("/track/", {"code": code.lower()}).content.decode()
    assert "已责令停工" in page
    said = {"code": code, "key": "r", "solved": "unsolved", "satisfied": "dissatisfied"}
    client.post("/track/rate/", said)
    case.refresh_from_db()
    assert (case.stage, case.round) == ("handle", 2)


def test_a_second_click_on_send_leads_to_the_receipt(town):
    client = Client()
    code = report(client, "工地半夜施工，睡不着觉")
    again = client.post("/report/check/", {"key": "one"}, follow=True)

    assert again.redirect_chain[-1][0] == "/report/done/"
    assert code in again.content.decode()
    assert client.get("/report/check/")["Location"] == "/report/what/"


def test_a_wrong_code_says_what_to_do(town):
    answer = Client().post("/track/", {"code": "AAAA-AAAA-AAAA-AAAA"})
    assert answer.status_code == 422
    assert "查询码" in answer.content.decode()


def test_an_empty_report_comes_back_with_the_field_named(town):
    answer = Client().post("/report/what/", {"body": " "})
    assert answer.status_code == 422
    assert "出了什么事" in answer.content.decode()


def test_a_report_longer_than_the_pack_allows_comes_back_with_both_figures(town):
    answer = Client().post("/report/what/", {"body": "很" * 5001})
    assert answer.status_code == 422
    assert "最多 5000 个字，现在有 5001 个" in answer.content.decode()
    assert Client().post("/report/what/", {"body": "很" * 5000}).status_code == 302


def test_a_form_that_has_gone_stale_says_what_to_do_in_our_words(town):
    answer = Client(enforce_csrf_checks=True).post("/report/what/", {"body": "路灯坏了"})
    assert answer.status_code == 403
    assert "邻里" in answer.content.decode()


SECRET = "【机密】关于某工程的部署"


@pytest.mark.parametrize(("step", "field"), [("what", "body"), ("where", "address")])
def test_a_text_with_a_secrecy_mark_is_refused_where_it_is_typed_and_kept_nowhere(
    town, step, field
):
    client = Client()
    client.post("/report/what/", {"body": "路灯坏了"})

    answer = client.post(f"/report/{step}/", {field: SECRET})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "密级标志" in page
    assert "部署" not in page
    assert "report_answers" not in client.session


def test_who_reports_danger_is_told_loudly_on_every_page_whom_to_call(town):
    client = Client()
    first = client.post("/report/what/", {"body": "楼下着火了，三楼有人被困"}, follow=True)
    pages = [first.content.decode()]
    client.post("/report/where/", {"address": "学府路口", "area": "990101001001"})
    client.post("/report/who/", {"name": "", "phone": ""})
    pages.append(client.get("/report/check/").content.decode())
    client.post("/report/check/", {"key": "fire"})
    pages.append(client.get("/report/done/").content.decode())

    for page in pages:
        assert 'role="alert"' in page
        for call in emergency_calls(utc_now()):
            assert f'href="tel:{call.value:.0f}"' in page
            assert call.name in page


def test_an_ordinary_report_brings_up_no_alarm(town):
    client = Client()
    page = client.post("/report/what/", {"body": "路灯坏了三天"}, follow=True).content.decode()

    assert "tel:" not in page


def test_a_telephone_number_that_is_none_comes_back_and_the_page_says_what_it_is_for(town):
    client = Client()
    answer = client.post("/report/who/", {"name": "", "phone": "123abc"})

    assert answer.status_code == 422
    assert "联系您核实情况" in answer.content.decode()
    assert client.post("/report/who/", {"name": "", "phone": "138 0000 0000"}).status_code == 302


def test_each_step_has_its_heading_and_a_way_back_with_what_was_typed(town):
    client = Client()
    client.post("/report/what/", {"body": "路灯坏了三天"})
    client.post("/report/where/", {"address": "学府路口", "area": ""})
    pages = {
        step: client.get(f"/report/{step}/").content.decode()
        for step in ("what", "where", "who", "check")
    }

    headings = [re.findall(r"<h1>([^<]+)</h1>", page)[0] for page in pages.values()]
    back = [re.findall(r'class="link-back" href="([^"]+)"', page)[0] for page in pages.values()]
    assert len(set(headings)) == 4
    assert back == ["/", "/report/what/", "/report/where/", "/report/who/"]
    assert "路灯坏了三天" in pages["what"]
    changing = client.get("/report/where/?check=1").content.decode()
    assert 'class="link-back" href="/report/check/"' in changing


def test_the_receipt_says_when_the_report_came_in(town):
    client = Client()
    report(client, "路灯坏了三天")
    at = timezone.localtime(Case.objects.get().received_at)

    page = client.get("/report/done/").content.decode()
    assert f"{at:%Y-%m-%d %H:%M}" in page
