"""Counselling records on the desk: written, opened for a reason, hidden from everybody else.

Serves: R129.
"""

import pytest
from django.test import Client

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.models import Journal
from linli.domain.cases.models import Case
from linli.domain.cases.services import NewCase, open_by_hand
from linli.domain.cases.tests.builders import AT, PACKS, STREET, add_unit, build_town
from linli.domain.cases.tests.posted import acting, posted
from linli.domain.catalogue.services import publish_pack
from linli.domain.places.models import Area
from linli.kernel.clock import utc_now

pytestmark = pytest.mark.django_db
SAID = "夜里总醒，担心孩子"
CONSENT = {"agreed_to": "六次谈话", "agreed_by": "本人", "limits_told": "危及安全的除外"}


def at_desk(user, lang="zh-hans") -> Client:
    client = Client(headers={"accept-language": lang})
    client.force_login(user)
    return client


@pytest.fixture
def room():
    """The counselling room with one counsellor, and a handler of the same room."""
    build_town()
    publish_pack(PACKS / "counsel", actor=SYSTEM_ACTOR, at=AT)
    add_unit("room", Area.objects.get(path=STREET))
    return {role: posted(f"room {role}", role, unit="room") for role in ("counsellor", "handler")}


@pytest.fixture
def case(room) -> Case:
    new = NewCase("来谈家里的事", "自行来访", "counsel.family", "990101001001", "", "window", AT)
    counsellor = acting(room["counsellor"], utc_now())
    return open_by_hand(new, actor=counsellor, at=utc_now(), key="c")


def sent(client: Client, case: Case, kind: str, **words: str) -> int:
    url = f"/desk/cases/{case.public_id}/care/{kind}/"
    return client.post(url, {"key": kind, **words}).status_code


def test_a_counsellor_writes_a_session_and_reads_it_back_for_a_reason(room, case):
    client = at_desk(room["counsellor"])
    url = f"/desk/cases/{case.public_id}/care/"

    assert sent(client, case, "session", course=SAID) == 422  # nobody has agreed yet
    assert sent(client, case, "consent", **CONSENT) == 302
    assert sent(client, case, "session", course=SAID) == 302
    assert url in client.get(f"/desk/cases/{case.public_id}/").content.decode()
    listed = client.get(url).content.decode()
    unexplained = client.post(url, {})
    opened = client.post(url, {"reason": "session"}).content.decode()

    assert SAID not in listed
    assert unexplained.status_code == 422
    assert SAID in opened
    assert Journal.objects.filter(event="care_viewed").count() == 1


def test_a_consent_is_taken_back_on_the_page_and_sessions_end_with_it(room, case):
    client = at_desk(room["counsellor"], "en")
    sent(client, case, "consent", **CONSENT)

    said = client.post(f"/desk/cases/{case.public_id}/care/withdraw/", follow=True)

    assert "no session is written down" in said.content.decode()
    assert sent(client, case, "session", course=SAID) == 422


def test_for_a_handler_of_the_same_room_the_records_do_not_exist(room, case):
    client = at_desk(room["handler"])

    page = client.get(f"/desk/cases/{case.public_id}/")
    assert page.status_code == 200
    assert "/care/" not in page.content.decode()
    assert client.get(f"/desk/cases/{case.public_id}/care/").status_code == 404
    assert client.get(f"/desk/cases/{case.public_id}/care/card/").status_code == 404


def test_there_is_no_form_for_a_record_of_another_kind(room, case):
    client = at_desk(room["counsellor"])

    assert client.get(f"/desk/cases/{case.public_id}/care/diary/").status_code == 404
