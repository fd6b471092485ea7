"""Administrators change standards in forms, and build a kind of case from nothing.

Serves: R014 R105.
"""

import re
from typing import Any

import pytest
from django.test import Client

from linli.domain.cases.tests.builders import STREET, Town, build_town, demo_member
from linli.domain.cases.tests.trials import publish_trial
from linli.domain.catalogue.selectors import standards_in_force
from linli.domain.catalogue.selectors.drafts import SHAPES, PackDraft, draft_entry, drafts
from linli.domain.catalogue.services import changes_in
from linli.kernel.clock import utc_now
from linli.web.desk.drafting.labels import KEYS, choice_words
from linli.web.desk.drafting.slots import Shape, slots_of
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    town = build_town()
    publish_trial()
    town.__dict__["admin"] = demo_member("admin", "admin", STREET)
    town.__dict__["other_admin"] = demo_member("admin2", "admin", STREET)
    return town


@pytest.fixture
def admin(town: Town) -> Client:
    return signed_in(town, "admin")


def draft() -> PackDraft:
    return PackDraft.objects.get(pk=drafts()[0].pk)


def begun(admin: Client) -> str:
    admin.post("/desk/drafts/", {"pack": "trial"})
    return f"/desk/drafts/{draft().public_id}/"


def filled(page: str) -> dict[str, object]:
    """What a browser would send back for the form with the button that saves, unchanged."""
    form = re.findall(r'<form class="fields".*?</form>', page, re.S)[-1]
    sent: dict[str, object] = {"save": "1"}
    ticked: dict[str, list[str]] = {}
    for name, value in re.findall(
        r'<input type="(?:text|hidden|number|date)" name="([^"]+)" value="([^"]*)"', form
    ):
        sent[name] = value
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\s?(.*?)</textarea>', form, re.S
    ):
        sent[name] = text
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.findall(r'value="([^"]*)" selected', body) or re.findall(
            r'value="([^"]*)"', body
        )
        sent[name] = chosen[0] if chosen else ""
    for name, value in re.findall(
        r'<input type="checkbox" name="([^"]+)" value="([^"]*)"[^>]*checked', form
    ):
        ticked.setdefault(name, []).append(value)
    for name in re.findall(r'<input type="checkbox" name="([^"]+)"(?! value)[^>]*checked', form):
        sent[name] = "on"
    return {**sent, **ticked}


def save(admin: Client, url: str, **changed: object) -> int:
    page = admin.get(url).content.decode()
    return admin.post(url, {**filled(page), **changed}).status_code


def test_looking_at_every_part_and_saving_it_unchanged_changes_nothing(admin):
    url = begun(admin)
    before = draft().content
    waiting, seen = [f"{url}standards/trial/"], set()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        shown = admin.get(here)
        assert shown.status_code == 200, here
        page = shown.content.decode()
        waiting += [
            found.replace("&amp;", "&")
            for found in re.findall(rf'href="({url}standards/trial/\?at=[^"]+)"', page)
        ]
        assert save(admin, here) == 302, here

    assert len(seen) > 20
    changed = [one.text() for one in changes_in(draft())]
    assert changed == []
    assert draft().content == before


def test_a_limit_is_changed_and_shown_as_a_difference(admin):
    url = begun(admin)
    assert save(admin, f"{url}standards/trial/?at=stages.0", limit__value="4") == 302

    page = admin.get(url).content.decode()
    assert "检查无误" in page
    assert "2 working_day" in page or "limit" in page


def test_a_fault_is_named_with_a_link_to_its_part(admin):
    url = begun(admin)
    assert save(admin, f"{url}standards/trial/?at=stages.1.outcomes.0", to="") == 422
    admin.post(f"{url}standards/trial/", {"remove": "stages.3", "seen": draft().seq})

    page = admin.get(url).content.decode()
    assert "还有的问题" in page
    assert "?at=stages." in page


def test_parts_are_added_moved_and_removed(admin):
    url = f"{begun(admin)}standards/trial/"
    admin.post(url, {"add": "stages", "seen": draft().seq})
    admin.post(url, {"up": "stages.4", "seen": draft().seq})
    admin.post(url, {"remove": "stages.3", "seen": draft().seq})

    entry: Any = draft_entry(draft(), "standards", "trial")
    assert [stage["key"] for stage in entry["stages"]] == ["register", "work", "gather", "decide"]


def test_two_hands_do_not_overwrite_each_other(admin):
    url = f"{begun(admin)}standards/trial/"
    admin.post(url, {"add": "stages", "seen": 0})

    assert admin.post(url, {"add": "stages", "seen": 0}).status_code == 422


def test_a_kind_of_case_is_built_from_nothing_and_opened(town, admin):
    admin.post("/desk/drafts/", {"code": "own", "title": "自建", "title_en": "Own"})
    url = f"/desk/drafts/{draft().public_id}/"
    admin.post(url, {"area": "standards", "code": "noise_visit"})
    admin.post(url, {"area": "matters", "code": "noise_visit"})
    assert save(admin, f"{url}matters/noise_visit/", name="噪声走访", standard="noise_visit") == 302
    assert (
        save(admin, f"{url}standards/noise_visit/", name="噪声走访", name_en="Noise visit") == 302
    )
    assert admin.post(url, {"why": "街道会议定"}).status_code == 302
    assert admin.post(url, {"granted": "yes", "reason": "同意"}).status_code == 422

    other = signed_in(town, "other_admin")
    assert other.post(url, {"granted": "yes", "reason": "同意"}).status_code == 302
    assert "noise_visit" in [one.code for one in standards_in_force(utc_now())]
    assert "噪声走访" in signed_in(town, "clerk").get("/desk/open/").content.decode()


def test_whoever_may_not_publish_sees_no_draft(town, admin):
    url = begun(admin)
    clerk = signed_in(town, "clerk")
    for page in ("/desk/drafts/", url, f"{url}standards/trial/"):
        assert clerk.get(page).status_code == 404


def test_every_key_and_every_choice_that_a_form_shows_has_words():
    seen: set[Shape] = set()
    waiting: list[Shape] = list(SHAPES.values())
    bare: set[str] = set()
    while waiting:
        shape = waiting.pop()
        if shape in seen:
            continue
        seen.add(shape)
        for slot in slots_of(shape):
            bare |= {slot.name} - KEYS.keys()
            bare |= {code for code in slot.choices if choice_words(code) == code}
            waiting += slot.shapes

    assert bare == set()


@pytest.mark.parametrize(
    "sent",
    [
        {"remove": "stages.99"},
        {"remove": "stages.x.y"},
        {"remove": ""},
        {"up": "clocks"},
        {"up": "stages.0.outcomes.1"},
        {"add": "nothing"},
        {"add": "name"},
        {"add": "stages", "seen": "later"},
        {},
    ],
)
def test_what_no_button_sends_is_refused_and_changes_nothing(admin, sent):
    url = f"{begun(admin)}standards/trial/"
    before = draft().content

    assert admin.post(url, {"seen": draft().seq, **sent}).status_code == 422
    assert draft().content == before
