"""A resident asks about their own data with a receipt code, and gets a copy; without JavaScript.

Serves: X01 X02.
"""

import re

import pytest
from django.test import Client

from linli.domain.cases.models import Case
from linli.domain.cases.services import close_by_route
from linli.domain.cases.tests.builders import AT, later
from linli.domain.privacy.selectors import plan_retention
from linli.domain.privacy.services import fulfil_request
from linli.domain.privacy.tests.builders import (
    NAME,
    PHONE,
    WORDS,
    build_privacy_town,
    closed,
    report,
)
from linli.domain.vault.selectors import keeping_of
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in
from tests.behind import behind_the_wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return build_privacy_town()


@pytest.fixture
def code(town) -> str:
    resident = Client()
    resident.post("/report/what/", {"body": WORDS})
    resident.post("/report/where/", {"address": "三栋", "area": "990101001001"})
    resident.post("/report/who/", {"name": NAME, "phone": PHONE})
    resident.post("/report/check/", {"key": "p1"})
    found = re.search(
        r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", resident.get("/report/done/").content.decode()
    )
    assert found
    return found[0]


def own(code: str, **said: str) -> str:
    answer = Client().post("/track/data/", {"code": code, **said})
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.content.decode()


def request_case() -> Case:
    return Case.objects.filter(personal_request__isnull=False).latest("id")


def test_from_the_report_to_the_copy_of_all_that_is_kept(town, code):
    assert "我的个人信息" in Client().post("/track/", {"code": code}).content.decode()
    assert "正在办理" in own(code, key="a", kind="copy")
    case = request_case()
    fulfil_request(case.public_id, words="请下载。", actor=town.clerk, at=utc_now(), key="f")

    page = own(code)
    assert "下载我的信息" in page
    assert NAME not in page
    answer = Client().post("/track/data/copy/", {"code": code, "request": case.public_id})

    text = answer.content.decode()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    for known in (NAME, PHONE, WORDS, "谁看过我的诉求", "为什么这样处理"):
        assert known in text
    wrong = Client().post("/track/data/copy/", {"code": "AAAA-BBBB-CCCC-DDD1", "request": "x"})
    assert wrong.status_code == 404


def test_a_refusal_says_why_and_what_can_be_done_against_it(town, code):
    own(code, key="a", kind="delete")
    case = request_case()
    close_by_route(case.public_id, route="not_the_person", actor=town.clerk, at=utc_now(), key="c")

    page = own(code)

    assert "没有照办" in page
    assert "人民法院" in page


def test_what_is_missing_or_asked_twice_is_said_beside_the_form(code):
    assert "没有写明要更正什么" in own(code, key="a", kind="correct")
    own(code, key="b", kind="explain")
    assert "同样的请求已经提出" in own(code, key="c", kind="explain")


def test_the_whole_road_is_open_to_the_process_that_serves_pages(town, code):
    """As its role of the database, which sees little of itself."""
    clerk, supervisor = signed_in(town, "clerk"), signed_in(town, "supervisor")
    case = Case.objects.get(personal_request__isnull=True)
    with behind_the_wall():
        for kind in ("copy", "withdraw"):
            assert "正在办理" in own(code, key=kind, kind=kind)
    copy, withdraw = Case.objects.filter(personal_request__isnull=False).order_by("id")
    with behind_the_wall():
        for who, ref, act, said in (
            (clerk, copy, "fulfil", {"words": "请下载。"}),
            (clerk, withdraw, "propose", {"reason": "本人要求"}),
            (supervisor, withdraw, "erase", {"words": "已封存。"}),
        ):
            path = f"/desk/cases/{ref.public_id}/{act}/"
            assert who.post(path, {"key": f"k-{act}", **said}).status_code == 302
        page = own(code)
        said = {"code": code, "request": copy.public_id}
        text = Client().post("/track/data/copy/", said).content.decode()

    assert "下载我的信息" in page
    assert "已封存" in page
    assert WORDS in text
    assert PHONE not in text
    assert keeping_of(case.public_id) == "locked"


def test_an_auditor_who_sees_no_case_reads_how_many_are_due(town):
    closed(town, report(at=AT).case, at=AT)
    with behind_the_wall():
        plan = {line.what: line.due for line in plan_retention(later(days=367))}
        assert not Case.objects.exists()

    assert plan["identity"] == 1


@pytest.mark.parametrize(("lang", "words"), [("zh-hans", "姓名和电话"), ("en", "telephone number")])
def test_everybody_can_read_what_is_kept_why_and_how_long(town, lang, words):
    page = Client(headers={"accept-language": lang}).get("/privacy/").content.decode()

    assert words in page
    assert ("1 年" if lang != "en" else "1 years") in page


def test_the_page_stands_where_no_times_to_keep_are_in_force():
    assert Client().get("/privacy/").status_code == 200
