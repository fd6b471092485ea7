"""The way of a rendition on the desk, from the clerk to the unit complained about and back.

Serves: R129 X08.
"""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from linli.domain.cases.selectors import notices_for, renditions_of
from linli.domain.cases.services import notify_role
from linli.domain.cases.tests.builders import AT, build_town
from linli.domain.cases.tests.shielding import BODY, NAME, TEXT, Complaint, complaint
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
REPLY = "未开具清单属实，已补开。"


@pytest.fixture(scope="module")
def about(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Complaint]:
    """A complaint, laid out once; what a test does to it is rolled back after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield complaint(build_town())
        transaction.set_rollback(True)


def url(about: Complaint, act: str = "") -> str:
    return f"/desk/cases/{about.ref}/{act + '/' if act else ''}"


def chosen(page: str) -> str:
    """The rendition that the form offers, chosen already."""
    found = re.search(r'name="rendition" value="(\w+)"[^>]* checked', page)
    assert found is not None
    return found[1]


def do(client: Client, about: Complaint, act: str) -> int:
    page = client.get(url(about, act)).content.decode()
    said = {"key": act, "rendition": chosen(page), "reason": ""}
    return client.post(url(about, act), said).status_code


def test_it_is_written_approved_sent_and_answered_and_the_case_shows_the_reply(about):
    clerk, supervisor = signed_in(about.town, "clerk"), signed_in(about.town, "supervisor")
    handler = signed_in(about.town, "handler")
    assert "没有需说明的投诉" in handler.get("/desk/statements/").content.decode()

    said = {"key": "w", "unit": "works", "text": TEXT, "reason": ""}
    assert clerk.post(url(about, "rendition"), said).status_code == 302
    assert url(about, "approve-rendition") not in clerk.get(url(about)).content.decode()
    page = supervisor.get(url(about, "approve-rendition")).content.decode()
    assert TEXT in page
    assert "没有发现会暴露反映人的内容" in page
    assert do(supervisor, about, "approve-rendition") == 302
    assert do(clerk, about, "send-rendition") == 302

    ref = renditions_of(about.case)[0].public_id
    page = handler.get("/desk/statements/").content.decode()
    assert f'href="/desk/statements/{ref}/"' in page
    answered = handler.post(f"/desk/statements/{ref}/", {"key": "r", "reply": REPLY})
    assert answered.status_code == 302
    case = clerk.get(url(about)).content.decode()
    assert REPLY in case
    assert "被投诉单位作出说明" in case
    assert "提交说明" not in handler.get(f"/desk/statements/{ref}/").content.decode()


def test_a_refused_text_stays_in_the_form_with_what_was_found(about):
    clerk = signed_in(about.town, "clerk")
    text = f"{NAME}反映，{BODY[7:30]}。"

    answer = clerk.post(
        url(about, "rendition"), {"key": "w", "unit": "works", "text": text, "reason": ""}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    for part in ("文中有反映人的姓名", "与诉求原文逐字相同", text):
        assert part in page
    assert renditions_of(about.case) == []


def test_a_withdrawn_one_asks_for_nothing_and_shows_nothing(about):
    sent = about.sent(at=utc_now())
    clerk, handler = signed_in(about.town, "clerk"), signed_in(about.town, "handler")
    assert do(clerk, about, "withdraw-rendition") == 302

    late = handler.post(f"/desk/statements/{sent.public_id}/", {"key": "r", "reply": REPLY})

    assert late.status_code == 422
    assert "请刷新页面查看" in late.content.decode()
    page = handler.get(f"/desk/statements/{sent.public_id}/").content.decode()
    assert "内容已撤回" in page
    assert TEXT not in page


@pytest.mark.parametrize("reply", ["", "答" * 50_000, "说明\0", "机密★10年"])
def test_a_reply_that_cannot_be_kept_is_refused_with_words(about, reply):
    sent = about.sent(at=utc_now())
    handler = signed_in(about.town, "handler")

    answer = handler.post(f"/desk/statements/{sent.public_id}/", {"key": "r", "reply": reply})

    assert answer.status_code == 422
    assert "error" in answer.content.decode()


def test_it_stands_in_english_and_only_handlers_find_the_way(about):
    handler, clerk = signed_in(about.town, "handler"), signed_in(about.town, "clerk")
    handler.post("/-/i18n/setlang/", {"language": "en"})

    assert "Complaints to answer" in handler.get("/desk/statements/").content.decode()
    assert "需说明的投诉" not in clerk.get("/desk/").content.decode()
    assert clerk.get("/desk/statements/").status_code == 404


def test_whoever_must_act_next_is_told_and_the_unit_is_not(about):
    notify_role(about.ref, role="supervisor", kind="rendition_written", at=AT)

    assert [one.kind for one in notices_for(about.town.supervisor)] == ["rendition_written"]
    assert not notices_for(about.town.handler)
    page = signed_in(about.town, "supervisor").get("/desk/notices/").content.decode()
    assert "写转述件" in page
