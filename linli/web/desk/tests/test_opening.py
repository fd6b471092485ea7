"""Opening a case by hand, its parts, and what is put off, as staff do it on the pages.

Serves: R014 R020 R105.
"""

import pytest
from django.test import Client

from linli.domain.cases.selectors import Case
from linli.domain.cases.tests.builders import Town, build_town
from linli.domain.cases.tests.trials import publish_trial
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
FORM = "/desk/open/trial/"


@pytest.fixture
def town() -> Town:
    town = build_town()
    publish_trial()
    return town


@pytest.fixture
def handler(town: Town) -> Client:
    return signed_in(town, "handler")


def said(**more: str) -> dict[str, str]:
    return {
        "matter": "trial",
        "title": "试办一件",
        "body": "登记内容。",
        "area": "990101001001",
        "urgency": "ordinary",
        "channel": "window",
        "key": "hand-1",
        **more,
    }


def opened(client: Client) -> Case:
    client.post(FORM, said())
    return Case.objects.get()


def act(client: Client, case: Case, code: str, **more: str) -> int:
    data = {"key": f"{code}-1", "reason": "已办", **more}
    return client.post(f"/desk/cases/{case.public_id}/{code}/", data).status_code


def test_the_kinds_that_a_post_may_open_are_offered_and_no_others(town, handler):
    assert 'href="/desk/open/trial/"' in handler.get("/desk/open/").content.decode()
    chief = signed_in(town, "supervisor")
    assert FORM not in chief.get("/desk/open/").content.decode()
    assert chief.get(FORM).status_code == 404


def test_a_case_that_is_sent_twice_is_opened_once_and_shown(handler):
    first, second = handler.post(FORM, said()), handler.post(FORM, said())

    case = Case.objects.get()
    assert first.url == second.url == f"/desk/cases/{case.public_id}/"
    assert "登记" in handler.get(first.url).content.decode()


def test_what_is_refused_keeps_every_word(handler):
    page = handler.post(FORM, said(title=""))

    assert page.status_code == 422
    assert "登记内容。" in page.content.decode()


def test_answers_to_a_form_are_shown_in_the_words_of_the_standard(handler):
    case = opened(handler)
    assert act(handler, case, "way-accept", kind="plain", homes="12") == 302

    page = handler.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert "12 个" in page
    assert "一般" in page


def test_a_stage_with_parts_offers_to_open_one(handler):
    case = opened(handler)
    act(handler, case, "way-accept", kind="split")
    assert act(handler, case, "part", matter="trial", title="分办", body="请协办") == 302

    assert Case.objects.count() == 2
    assert "分办" in handler.get(f"/desk/cases/{case.public_id}/").content.decode()


def test_a_part_is_as_long_as_the_packs_let_it_be(handler):
    case = opened(handler)
    act(handler, case, "way-accept", kind="split")

    assert act(handler, case, "part", matter="trial", title="分办", body="请" * 5001) == 422
    assert act(handler, case, "part", matter="trial", title="分办", body="请" * 5000) == 302


def test_what_is_blocked_is_put_off_by_a_second_person_and_taken_up_again(town, handler):
    case, chief = opened(handler), signed_in(town, "supervisor")
    act(handler, case, "way-accept", kind="plain")

    assert act(handler, case, "defer", why="funds") == 302
    assert act(chief, case, "decide-deferral", granted="yes") == 302
    case.refresh_from_db()
    assert case.deferred_at is not None
    assert act(chief, case, "recheck", keep="no") == 302
    case.refresh_from_db()
    assert case.deferred_at is None


def test_supervision_is_raised_to_rungs_above_and_shown(town, handler):
    case, chief = opened(handler), signed_in(town, "supervisor")
    act(handler, case, "way-accept", kind="plain")

    assert act(chief, case, "supervise", level="talk") == 302
    assert "约谈" in handler.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert act(chief, case, "supervise", level="list") == 422
