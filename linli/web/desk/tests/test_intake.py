"""Serves: R041 R045 R049 R081 R109."""

import re

import pytest
from django.test import Client

from linli.domain.cases.selectors import Case
from linli.domain.cases.tests.builders import add_area, renew_ground
from linli.domain.needs.selectors import Message, Reading, masked_reporter
from linli.domain.needs.tests.builders import NOISE, ReadTown, build_read_town
from linli.domain.places.selectors import area_by_code
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
URL = "/desk/new/"


@pytest.fixture
def town() -> ReadTown:
    return build_read_town()


@pytest.fixture
def clerk(town: ReadTown) -> Client:
    return signed_in(town.cast, "clerk")


def call(**more: str) -> dict[str, str]:
    said = {"body": NOISE, "address": "幸福家园3栋", "name": "张三", "phone": "13800000000"}
    return {**said, "channel": "phone", "key": "call-1", **more}


def test_the_form_starts_with_a_key_and_the_caret_in_the_message(clerk):
    page = clerk.get(URL).content.decode()
    assert re.search(r'name="key" value="[a-z0-9]{26}"', page)
    assert re.search(r"<textarea[^>]*autofocus", page)


def test_looking_for_suggestions_stores_nothing_and_keeps_every_word(clerk):
    page = clerk.post(URL, call(suggest="1"))
    text = page.content.decode()
    assert page.status_code == 200
    assert NOISE in text
    assert 'value="call-1"' in text
    assert 'name="take_matter" value="environment.' in text
    assert "幸福家园" in text
    assert not Case.objects.exists()


def test_taking_a_suggestion_fills_its_field_without_a_script(clerk):
    offered = clerk.post(URL, call(suggest="1")).content.decode()
    code = re.findall(r'name="take_matter" value="([^"]+)"', offered)[0]
    page = clerk.post(URL, call(take_matter=code)).content.decode()
    assert f'<option value="{code}" selected>' in page
    assert "系统建议，已由人确认" in page
    assert not Case.objects.exists()


def test_the_fragment_alone_answers_what_is_typed(clerk):
    part = clerk.post(f"{URL}suggest/", call()).content.decode()
    assert "<form" not in part
    assert 'name="take_area" value="990101001001"' in part
    assert not Case.objects.exists()


def test_an_earlier_case_like_this_is_linked(clerk):
    clerk.post(URL, call())
    part = clerk.post(f"{URL}suggest/", call(key="call-2")).content.decode()
    assert f"/desk/cases/{Case.objects.get().public_id}/" in part


def test_a_stored_message_gives_the_code_to_read_out_and_the_next(clerk):
    matter = re.findall(
        r'name="take_matter" value="([^"]+)"', clerk.post(URL, call(suggest="1")).content.decode()
    )[0]
    sent = clerk.post(URL, call(matter=matter, area="990101001001", urgency="urgent"))
    done = clerk.get(sent["Location"]).content.decode()
    case = Case.objects.get()
    assert re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", done)
    assert case.number in done
    assert (case.matter.code, case.urgency, case.channel) == (matter, "urgent", "phone")
    assert masked_reporter(case).phone == "138****0000"


def test_what_the_clerk_chose_is_kept_beside_what_was_suggested(town, clerk):
    chosen = {"area": "990101001001", "urgency": "ordinary", "petition_type": "complaint"}
    clerk.post(URL, call(matter="environment.noise.traffic", **chosen))
    reading = Reading.objects.get()
    assert reading.decided_matter == "environment.noise.traffic"
    assert reading.decided_by == town.cast.clerk.user_id


def test_a_place_in_the_words_other_than_the_chosen_one_is_shown_and_not_taken_unasked(clerk):
    add_area("990101001002", "community", area_by_code("990101001"))
    renew_ground()
    chosen = {"area": "990101001002"}
    page = clerk.post(URL, call(suggest="1", **chosen)).content.decode()
    assert "与写明的“990101001002”不同" in page
    assert 'name="take_area" value="990101001001"' in page
    taken = clerk.post(URL, call(take_all="1", **chosen)).content.decode()
    assert '<option value="990101001002" selected>' in taken
    clerk.post(URL, call(**chosen))
    reading, case = Reading.objects.get(), Case.objects.get()
    assert (case.area.code, reading.area, reading.area_others) == (
        "990101001002",
        "990101001002",
        ["990101001001"],
    )
    beside = clerk.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert "与写明的“990101001002”不同" in beside
    assert "采纳建议" not in beside


def test_what_was_left_to_the_reader_waits_for_a_decision(clerk):
    clerk.post(URL, call(matter="environment.noise.traffic"))
    assert Reading.objects.get().decided_at is None


def test_all_suggestions_are_taken_with_one_button_without_a_script(clerk):
    page = clerk.post(URL, call(take_all="1")).content.decode()
    assert '<option value="990101001001" selected>' in page
    assert page.count("suggestion--taken") == 4
    assert not Case.objects.exists()


def test_a_second_click_opens_no_second_case_and_shows_the_same_code(clerk):
    first = clerk.get(clerk.post(URL, call())["Location"]).content.decode()
    second = clerk.get(clerk.post(URL, call())["Location"]).content.decode()
    assert Message.objects.count() == 1
    codes = [re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", page) for page in (first, second)]
    assert codes[0] == codes[1]


def test_the_same_key_with_other_words_is_refused_and_can_be_sent_as_another(clerk):
    clerk.post(URL, call())
    refused = clerk.post(URL, call(body="路灯不亮"))
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "路灯不亮" in text
    key = re.findall(r'name="key" value="([^"]+)"', text)[0]
    assert key != "call-1"
    assert clerk.post(URL, call(body="路灯不亮", key=key)).status_code == 302


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"body": ""}, "诉求内容"),
        ({"body": "机密★10年 关于某事"}, "密级标志"),
        ({"name": "长" * 65}, "姓名有 65 个字"),
        ({"area": "no-such"}, "区域"),
    ],
)
def test_a_refusal_names_the_field_and_loses_nothing(clerk, fault, words):
    answer = clerk.post(URL, call(address="东门口", **fault))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "东门口" in text
    assert not Case.objects.exists()


def test_whoever_may_not_take_messages_finds_no_form(town):
    handler = signed_in(town.cast, "handler")
    assert handler.get(URL).status_code == 404
    assert handler.post(URL, call()).status_code == 404
    assert handler.post(f"{URL}suggest/", call()).status_code == 404
    assert not Case.objects.exists()


def test_a_visitor_is_sent_to_sign_in_and_nothing_is_stored(town):
    assert Client().post(URL, call()).status_code == 302
    assert not Case.objects.exists()
