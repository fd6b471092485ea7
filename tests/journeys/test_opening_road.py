"""Special access on the pages: asked for, approved by another, told to the resident, found by mark.

Serves: R129 X02 X08.
"""

import csv
import io
import re

import pytest
from django.test import Client

from linli.domain.access.models import Opening, User
from linli.domain.cases.models import Case
from linli.domain.cases.services import alarm_unconfirmed
from linli.domain.cases.tests.builders import Town, build_town, new_case
from linli.domain.cases.tests.posted import ELSEWHERE, posted
from linli.domain.vault.services import seal_person
from linli.kernel.clock import utc_now
from linli.kernel.ids import case_number

pytestmark = pytest.mark.django_db
CODE = "AAAA-BBBB-CCCC-DDD1"
ASK = {"reason": "cover", "words": "替同事值班，群众来电催办"}
MARK = re.compile(r"L\d+-\d")


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def case(town: Town) -> Case:
    return new_case(town, at=utc_now(), receipt=CODE)


def at_desk(user: User, lang: str = "zh-hans") -> Client:
    client = Client(headers={"accept-language": lang})
    client.force_login(user)
    return client


@pytest.fixture
def asker(town: Town) -> Client:
    return at_desk(posted("asker", "clerk", unit="far", area=ELSEWHERE))


@pytest.fixture
def chief(town: Town) -> Client:
    return at_desk(posted("chief", "supervisor"))


@pytest.fixture
def auditor(town: Town) -> Client:
    watch = posted("watch", "auditor")
    User.objects.filter(pk=watch.pk).update(is_demo=True)  # demo accounts need no passkey
    return at_desk(watch)


def page(client: Client, url: str = "/desk/openings/") -> str:
    return str(client.get(url).content.decode())


def ask(client: Client, number: str, **changed: str) -> str:
    sent = {**ASK, "number": number, **changed}
    return str(client.post("/desk/openings/ask/", sent, follow=True).content.decode())


def decide(client: Client, decision: str) -> int:
    url = f"/desk/openings/{Opening.objects.latest('id').public_id}/{decision}/"
    assert client.get(url).status_code == 200
    return int(client.post(url).status_code)


def test_a_case_beyond_reach_is_opened_by_two_and_shut_again(case, asker, chief, auditor):
    url = f"/desk/cases/{case.public_id}/"
    assert "等待审批" in ask(asker, case.number)
    assert asker.get(url).status_code == 404
    assert f'href="{url}"' not in page(asker)
    assert "等我审批" in page(chief)
    assert "有特别查阅的申请等您审批" in page(chief, "/desk/notices/")
    assert decide(chief, "approve") == 302

    shown = page(asker, url)
    assert "应急查阅：只能看，不能办" in shown
    assert "查看联系方式" not in shown
    assert f'href="{url}"' in page(asker)
    assert asker.post(f"{url}person/").status_code in (403, 404)
    assert asker.get(f"{url}note/").status_code in (403, 404, 409)
    told = Client().post("/track/looks/", {"code": CODE}).content.decode()
    assert "应急查阅：临时顶岗" in told
    assert "far" in told
    assert "asker" not in told
    english = Client(headers={"accept-language": "en"}).post("/track/looks/", {"code": CODE})
    assert "Emergency access: Standing in" in english.content.decode()
    assert "开启中" in page(auditor)
    assert case.number in page(auditor)
    assert ASK["words"] not in page(auditor)

    assert decide(chief, "end") == 302
    assert asker.get(url).status_code == 404
    assert "提前收回" in page(auditor)


def test_the_answer_to_an_ask_is_the_same_whether_there_is_such_a_case_or_not(case, asker):
    other = at_desk(posted("other", "clerk", unit="far", area=ELSEWHERE))
    absent = case_number(utc_now().date(), 777)

    answers = [ask(asker, case.number), ask(other, absent)]

    hidden, missing = (
        re.sub(r'value="\w{64}"|<time.*?</time>', "", text).replace(number, "NUMBER")
        for text, number in zip(answers, (case.number, absent), strict=True)
    )
    refs = r"[a-z2-7]{26}"
    assert re.sub(refs, "", hidden).replace("asker", "") == re.sub(refs, "", missing).replace(
        "other", ""
    )


def test_what_is_wrong_with_an_ask_is_said_at_its_field(asker, case):
    for changed in ({"number": "王某"}, {"words": ""}, {"reason": "joy"}, {"words": "绝密★1年"}):
        sent = {**ASK, "number": case.number, **changed}
        answer = asker.post("/desk/openings/ask/", sent)
        assert answer.status_code == 422
        assert "error" in answer.content.decode()
    assert not Opening.objects.exists()


def test_nobody_without_a_part_in_it_finds_the_pages(case, asker, auditor):
    ask(asker, case.number)
    ref = Opening.objects.get().public_id
    analyst = at_desk(posted("analyst", "analyst"))
    assert analyst.get("/desk/openings/").status_code in (403, 404)
    for client in (analyst, auditor, asker, at_desk(posted("colleague", "clerk"))):
        for decision in ("approve", "refuse"):
            url = f"/desk/openings/{ref}/{decision}/"
            assert client.get(url).status_code == client.post(url).status_code == 404


def test_access_at_once_that_nobody_confirms_rings_at_the_auditors(case, asker, auditor):
    assert "开启中" in ask(asker, case.number, reason="danger")
    assert asker.get(f"/desk/cases/{case.public_id}/").status_code == 200
    late = Opening.objects.get()
    Opening.objects.update(decide_by=late.asked_at)
    alarm_unconfirmed(at=utc_now())

    assert "没有第二人确认" in page(auditor)
    assert "逾期未确认" in page(auditor)


@pytest.fixture
def protected(case: Case) -> Case:
    Case.objects.filter(pk=case.pk).update(confidentiality="sensitive")
    person = {"reporter_name": "林小满", "reporter_phone": "10000000000"}
    seal_person(case.public_id, person, at=utc_now())
    return case


def test_a_protected_identity_is_shown_once_another_has_agreed(protected, chief, auditor):
    clerk = at_desk(posted("mine", "clerk"))
    url = f"/desk/cases/{protected.public_id}/person/"
    first = clerk.post(url).content.decode()
    assert "须由另一人批准" in first
    assert clerk.post(url, {"asked": "1", "reason": "contact"}).status_code == 422
    asked = clerk.post(url, {"asked": "1", "reason": "contact", "words": "约好回电"}, follow=True)
    assert "等待审批" in asked.content.decode()
    waiting = clerk.post(url, {"asked": "1", "reason": "contact", "words": "约好回电"})
    assert "正在等待" in waiting.content.decode()
    assert decide(chief, "approve") == 302

    agreed = clerk.post(url).content.decode()
    assert "林小满" not in agreed
    shown = clerk.post(url, {"asked": "1"}).content.decode()
    assert "林小满" in shown
    told = Client().post("/track/looks/", {"code": CODE}).content.decode()
    assert "经另一人批准" in told
    mark = MARK.search(shown)
    assert mark
    found = page(auditor, f"/desk/audit/?mark={mark[0]}")
    assert "reporter_phone" in found
    assert "林小满" not in found


def test_print_and_export_carry_a_mark_that_finds_their_row(case, auditor):
    clerk = at_desk(posted("mine", "clerk"))
    printed = MARK.search(page(clerk, f"/desk/cases/{case.public_id}/"))
    answer = clerk.get("/desk/cases/export/")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))

    exported = MARK.search(rows[-1][1])
    assert printed
    assert exported
    assert exported[0] in answer.headers["Content-Disposition"]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[-1][0] == ""
    assert "mine" in rows[-1][1]
    assert case.public_id in page(auditor, f"/desk/audit/?mark={printed[0]}")
    assert "导出数据（" in page(auditor, f"/desk/audit/?mark={exported[0].lower()}")
    wrong = auditor.get(f"/desk/audit/?mark={printed[0][:-1]}x")
    assert wrong.status_code == 422
