"""Documents of a case: made by whom the case concerns, with no more of a person than they may see.

Serves: R105 R109 X02.
"""

import io
import re
import zipfile

import pytest
from django.test import Client
from pypdf import PdfReader

from linli.domain.access.selectors import RESIDENT_ACTOR
from linli.domain.audit.selectors import views_of
from linli.domain.cases.models import Document
from linli.domain.cases.selectors import Case, document_file, documents_of, timeline
from linli.domain.cases.services import dispatch_case, make_document, name_respondent
from linli.domain.cases.tests.builders import AT, Town, build_town
from linli.domain.needs.services import NewMessage, receive_message
from linli.domain.privacy.services.deleting import delete_words
from linli.kernel.errors import NotFound, NotPermitted, RejectedTogether, WrongState
from linli.kernel.secrecy import SecretMarked
from linli.web.desk.tests.builders import signed_in
from tests.journeys.test_api_road import headers_for

pytestmark = pytest.mark.django_db
NAME, PHONE = "慕容岚山", "13800138000"
BODY = '学府路口 #read("/etc/passwd") 的路灯不亮。\n老人不敢出门。'
LETTER = {"asked.receiver": "临里市城市管理局", "asked.reason": "属于该局职责 <w:p>&"}


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def case(town: Town) -> Case:
    new = NewMessage(
        channel="web",
        title="路灯不亮",
        body=BODY,
        address="学府路口",
        area="990101001001",
        reporter_name=NAME,
        reporter_phone=PHONE,
    )
    received = receive_message(new, actor=RESIDENT_ACTOR, at=AT, key="one")
    Case.objects.filter(pk=received.case.pk).update(confidentiality="ordinary")
    return Case.objects.get(pk=received.case.pk)


def made(case: Case, actor, code: str = "acceptance_notice", *, key: str = "k", said=None):
    given = {} if said is None else said
    return make_document(case.public_id, code, said=given, actor=actor, at=AT, key=key)


def told(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def url(case: Case, rest: str = "") -> str:
    return f"/desk/cases/{case.public_id}/{rest}"


def test_a_notice_says_what_the_case_says_and_what_was_filled_in(town, case):
    document = made(case, town.clerk, said={"asked.contact": "热线 12345"})

    file = document_file(document, reporter={"reporter.name": NAME}, mark="张三 L1-1")

    words = told(file.data)
    for part in ("诉求受理告知书", case.number, NAME, "老人不敢出门。", "热线12345", "张三L1-1"):
        assert part in words
    assert '#read("/etc/passwd")' in words
    assert "2026年11月24日" in words
    assert re.search(r"首次联系时限.*?至2026年11月25日10时00分", words)
    assert (file.kind, file.name) == ("application/pdf", f"{case.number}-acceptance_notice.pdf")


def test_a_letter_is_a_word_form_with_its_words_escaped(town, case):
    document = made(case, town.clerk, "transfer_letter", said=LETTER)

    file = document_file(document, reporter={}, mark="张三 L1-1")

    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        xml = archive.read("word/document.xml").decode()
    assert "属于该局职责 &lt;w:p&gt;&amp;" in xml
    assert "临里市城市管理局：" in xml
    assert "《北京市接诉即办工作条例》第十二条" in xml
    assert "张三 L1-1" in xml
    assert "{{" not in xml


def test_what_is_kept_names_template_and_words_and_nobody(town, case):
    document = made(case, town.clerk)

    fact = timeline(case)[0]
    assert fact.activity == "document_made"
    assert fact.attrs["template"] == document.template_sha256
    assert fact.attrs["sha256"] == document.sha256
    assert document.names_reporter
    assert NAME not in str(document.words)
    assert PHONE not in str(document.words)


def test_the_same_command_twice_makes_one(town, case):
    assert made(case, town.clerk) == made(case, town.clerk)
    assert len(documents_of(case)) == 1


def test_what_the_document_must_say_is_asked_for(town, case):
    with pytest.raises(RejectedTogether) as refused:
        made(case, town.clerk, "transfer_letter", said={"asked.mood": "x"})
    fields = {fault.field for fault in refused.value.faults}
    assert fields == {"asked.receiver", "asked.reason", "asked.mood"}
    with pytest.raises(SecretMarked):
        made(case, town.clerk, "transfer_letter", said={**LETTER, "asked.reason": "机密★10年"})


def test_another_stage_a_stranger_and_a_unit_complained_about_make_none(town, case):
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=AT, key="d")
    with pytest.raises(WrongState):
        made(case, town.clerk, "non_acceptance_notice")
    with pytest.raises((NotFound, NotPermitted)):
        made(case, town.outsider)
    assert made(case, town.handler, key="own")
    name_respondent(case.public_id, unit="works", reason="被投诉", actor=town.clerk, at=AT, key="r")
    with pytest.raises(NotFound):
        made(case, town.handler, key="again")


def test_words_go_with_those_of_the_case(town, case):
    document = made(case, town.clerk)
    delete_words([case], keeps={"words"}, reason="time", at=AT)
    document = Document.objects.select_related("case").get(pk=document.pk)
    with pytest.raises(NotFound):
        document_file(document, reporter={}, mark="")


def test_a_clerk_makes_one_on_the_page_and_takes_it_with_the_name_for_a_reason(town, case):
    clerk = signed_in(town, "clerk")
    page = clerk.get(url(case)).content.decode()
    assert url(case, "documents/new/acceptance_notice/") in page

    answer = clerk.post(url(case, "documents/new/acceptance_notice/"), {"key": "k"})
    found = documents_of(case)[0]
    assert answer["Location"] == url(case, f"documents/{found.public_id}/")
    assert answer["Location"] in clerk.get(url(case)).content.decode()

    without_reason = clerk.post(answer["Location"], {"named": "1"})
    assert without_reason.status_code == 422
    bare = clerk.post(answer["Location"], {"bare": "1"})
    named = clerk.post(answer["Location"], {"named": "1", "reason": "contact"})
    assert NAME not in told(bare.content)
    assert NAME in told(named.content)
    assert named["Content-Disposition"].startswith("attachment; ")
    assert named["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in named["Cache-Control"]
    assert re.search(r"clerk\d{4}-\d\d-\d\d\d\d:\d\dL\d+-\d", told(named.content))
    assert "reporter_name" in {field for view in views_of(case.public_id) for field in view.fields}


def test_absent_and_forbidden_documents_look_alike(town, case):
    found = made(case, town.clerk)
    outsider, clerk = signed_in(town, "outsider"), signed_in(town, "clerk")
    absent = clerk.get("/desk/cases/nosuch/documents/aaaaaaaaaaaaaaaaaaaaaaaaaa/")
    hidden = outsider.get(url(case, f"documents/{found.public_id}/"))
    other = clerk.get(url(case, "documents/aaaaaaaaaaaaaaaaaaaaaaaaaa/"))
    assert {absent.status_code, hidden.status_code, other.status_code} == {404}
    assert hidden.content == absent.content
    assert clerk.get(url(case, "documents/new/none_such/")).status_code == 404


def test_a_document_that_the_stage_does_not_offer_is_told_so(town, case):
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=AT, key="d")
    clerk = signed_in(town, "clerk")
    assert clerk.get(url(case, "documents/new/non_acceptance_notice/")).status_code == 409


def test_the_api_lists_documents_and_gives_their_files_without_the_person(town, case):
    document = made(case, town.clerk)
    read, client = headers_for(town, "clerk", ["read"]), Client()
    path = f"/api/v1/cases/{case.number}/documents"

    listed = client.get(path, headers=read).json()
    file = client.get(f"{path}/{document.public_id}", headers=read)

    assert [(one["id"], one["code"]) for one in listed] == [(document.public_id, document.code)]
    assert file["Content-Disposition"].startswith("attachment; ")
    assert case.number in told(file.content)
    assert NAME not in told(file.content)
    outsider = headers_for(town, "outsider", ["read"])
    for rest in ("", f"/{document.public_id}"):
        assert client.get(path + rest, headers=outsider).status_code == 404
    for wrong in ("%00", "a" * 26):
        assert client.get(f"{path}/{wrong}", headers=read).status_code == 404
