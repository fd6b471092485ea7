"""At the desk: a request is dealt with, an erasure takes two persons, a hold stands on the page."""

import pytest
from django.test import Client

from linli.domain.cases.tests.builders import STREET, Town, demo_member
from linli.domain.privacy.tests.builders import asked, build_privacy_town, closed, report
from linli.domain.vault.selectors import keeping_of
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_privacy_town()


def page(client: Client, case) -> str:
    return client.get(f"/desk/cases/{case.public_id}/").content.decode()


def do(client: Client, case, act: str, **said: str) -> int:
    path = f"/desk/cases/{case.public_id}/{act}/"
    return client.post(path, {"key": f"k-{act}", **said}).status_code


def test_two_persons_erase_whom_the_report_came_from(town):
    """Serves: X01."""
    case = closed(town, report(at=utc_now()).case, at=utc_now())
    clerk, supervisor = signed_in(town, "clerk"), signed_in(town, "supervisor")
    request = asked(case, "withdraw", at=utc_now())

    assert do(clerk, request, "propose", reason="本人要求") == 302
    assert "确认删除" not in page(clerk, request)
    shown = page(supervisor, request)
    assert "确认删除" in shown
    assert "本人仍可要求重新办理" in shown
    assert do(supervisor, request, "erase", words="已封存，期满删除。") == 302

    assert keeping_of(case.public_id) == "locked"
    assert "已封存" in page(clerk, case)


def test_a_clerk_asks_for_an_erasure_on_the_case(town):
    case = report(at=utc_now()).case
    clerk = signed_in(town, "clerk")

    assert "提请删除个人信息" in page(clerk, case)
    assert do(clerk, case, "ask-erasure", reason="误填他人号码") == 302
    assert "正在办理" in page(clerk, case)


def test_a_copy_is_granted_and_the_handler_sees_no_such_act(town):
    case = report(at=utc_now()).case
    request = asked(case, "copy", at=utc_now())
    clerk = signed_in(town, "clerk")

    assert "照办请求" in page(clerk, request)
    assert do(signed_in(town, "handler"), request, "fulfil", words="x") == 404
    assert do(clerk, request, "fulfil", words="请在本页下载。") == 302
    assert "已照办" in page(clerk, case)


def test_a_hold_stands_on_the_page_until_it_is_lifted(town):
    case = report(at=utc_now()).case
    supervisor = signed_in(town, "supervisor")

    assert do(supervisor, case, "hold", reason="法院调取") == 302
    assert "依法留存中" in page(supervisor, case)
    assert do(supervisor, case, "lift-hold") == 302
    assert "依法留存中" not in page(supervisor, case)


@pytest.mark.parametrize(("who", "status"), [("auditor", 200), ("admin", 200), ("clerk", 404)])
def test_the_ledger_is_for_auditors_and_administrators(town, who, status):
    if who != "clerk":
        town.__dict__[who] = demo_member(who, who, STREET)
    answer = signed_in(town, who).get("/desk/retention/")

    assert answer.status_code == status
    if status == 200:
        assert "保存期限与删除台账" in answer.content.decode()
