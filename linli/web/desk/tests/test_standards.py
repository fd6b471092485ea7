"""Every member of staff reads how each kind of case is done, and takes the process away.

Serves: R105 R106 R107 R108 R109.
"""

import pytest

from linli.domain.cases.tests.builders import Town, build_town
from linli.methods.tests.bpmn_oracle import read
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
URL = "/desk/standards/"


@pytest.fixture
def town() -> Town:
    return build_town()


def test_the_standards_in_force_are_listed(town):
    page = signed_in(town, "handler").get(URL).content.decode()

    assert 'href="demand/"' in page
    assert "群众诉求办理" in page


def test_a_stage_is_a_card_with_all_that_it_asks(town):
    page = signed_in(town, "outsider").get(f"{URL}demand/").content.decode()
    card = page.partition('id="stage-handle"')[2].partition("</section>")[0]

    assert "承办单位或现场" in card  # where
    assert "承办" in card and "按工单的时限类别" in card  # who, in what time
    assert "紧急件：2小时，自收到起 · " in card  # as its class says
    assert "最多 1 次，由监督员批准" in card
    assert "先联系反映人" in card  # checks
    assert "答复内容（必填）" in card  # form
    assert "受理派单：派单" in card  # what comes in
    assert 'href="#stage-objection">退单 → 异议审核（须写明理由）' in card  # where it leads
    assert "用去时限的 70% 时提醒" in card
    assert "北京市接诉即办工作条例" in card  # on what basis
    assert "诉求转送函" in card  # what comes of it
    assert "/desk/cases/?status=closed&amp;matter=environment" in card  # closed ones alike


def test_a_limit_says_its_source_and_how_sure_it_is(town):
    page = signed_in(town, "clerk").get(f"{URL}demand/").content.decode()
    card = page.partition('id="stage-triage"')[2].partition("</section>")[0]

    assert "2小时，自环节开始起" in card
    assert "（待核对）" in card


def test_it_stands_in_english(town):
    client = signed_in(town, "clerk")
    client.post("/-/i18n/setlang/", {"language": "en"})
    page = client.get(f"{URL}demand/").content.decode()

    assert "Hotline desk" in page
    assert "2 hours from when the stage began" in page
    assert "Dispatch → Handling" in page
    assert "2小时" not in page


def test_the_picture_is_shown_and_both_forms_are_taken_away(town):
    client = signed_in(town, "clerk")
    page = client.get(f"{URL}demand/").content.decode()
    picture = client.get(f"{URL}demand/process.svg")
    taken = client.get(f"{URL}demand/process.svg?download=1")
    bpmn = client.get(f"{URL}demand/process.bpmn")

    assert 'src="/desk/standards/demand/process.svg?version=' in page
    assert "从“受理派单”开始。" in page
    assert picture.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "Content-Disposition" not in picture.headers
    assert taken.headers["Content-Disposition"].endswith('.svg"')
    assert bpmn.headers["Content-Disposition"].startswith('attachment; filename="demand-')
    read(bpmn.content.decode())


def test_what_is_not_there_is_absent(town):
    client = signed_in(town, "clerk")

    assert client.get(f"{URL}nothing/").status_code == 404
    assert client.get(f"{URL}demand/?version=1900.1").status_code == 404
    assert client.get(f"{URL}demand/process.exe").status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    for path in ("", "demand/", "demand/process.svg"):
        assert client.get(URL + path).status_code == 302
