"""Ledgers on the desk: cards, lists, forms, records, what is done to them, and for whom.

Serves: R017.
"""

import re
from pathlib import Path

import pytest
import yaml
from django.test import Client

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.catalogue.services import publish_pack
from linli.domain.ledgers.selectors import Record
from linli.domain.ledgers.tests.builders import AT, Town, build_town, room
from linli.web.desk.drafting.starting import new_entry
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
URL = "/desk/ledgers/"
ROOM = {
    "f-title": "礼堂",
    "f-place": "9901",
    "f-seats": "40",
    "f-uses": ["talk", "class"],
    "f-step_free": "yes",
    "f-spot-lng": "116.4",
    "f-spot-lat": "39.9",
    "f-opened": "2026-11-03",
    "key": "one",
}


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def clerk(town: Town) -> Client:
    return signed_in(town, "clerk")


def text_of(client: Client, path: str, **params: str) -> str:
    answer = client.get(f"{URL}{path}", params)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_the_cards_show_the_ledgers_with_their_counts(town: Town, clerk: Client):
    room(town)
    page = text_of(clerk, "")

    assert "场所" in page
    assert "登记场所" in page
    assert "在用 1 条" in page


def test_whoever_may_not_look_finds_no_ledger(town: Town):
    room(town)
    nobody = Client()

    assert nobody.get(URL).status_code == 302
    stranger = signed_in(town, "neighbour")
    ref = Record.objects.get().public_id
    absent = stranger.get(f"{URL}room/R-999999/")
    forbidden = stranger.get(f"{URL}room/{ref}/")
    assert (absent.status_code, forbidden.status_code) == (404, 404)
    assert ref not in text_of(stranger, "room/")
    assert signed_in(town, "analyst").get(f"{URL}room/new/").status_code == 404
    assert signed_in(town, "clerk").get(f"{URL}garden/").status_code == 404


def test_a_form_that_is_sent_twice_enters_one_record_with_all_its_kinds(clerk: Client):
    first, again = (clerk.post(f"{URL}room/new/", ROOM) for _ in range(2))

    record = Record.objects.get()
    assert first["Location"] == again["Location"] == f"{URL}room/{record.public_id}/"
    assert record.data == {
        "title": "礼堂",
        "place": "9901",
        "seats": 40,
        "uses": ["talk", "class"],
        "step_free": True,
        "spot": {"lng": 116.4, "lat": 39.9},
        "opened": "2026-11-03",
    }


def test_every_fault_stands_at_its_field_and_no_word_is_lost(clerk: Client):
    said = {**ROOM, "f-seats": "9999", "f-opened": "昨天", "f-page": "nowhere"}
    answer = clerk.post(f"{URL}room/new/", said)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert Record.objects.count() == 0
    for name in ("f-seats", "f-opened", "f-page"):
        assert f'href="#id_{name}"' in page
    assert 'value="昨天"' in page


def test_a_form_left_as_it_was_changes_nothing(town: Town, clerk: Client):
    record = room(town, seats=40, uses=["talk"], step_free=True, spot="116.4,39.9", rent="12.5")
    form = clerk.get(f"{URL}room/{record.public_id}/edit/").context["form"]
    same = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    answer = clerk.post(f"{URL}room/{record.public_id}/edit/", {**same, "key": "same"})

    record.refresh_from_db()
    assert answer.status_code == 302
    assert record.seq == 1


def test_a_change_is_told_before_and_after_and_a_stale_form_is_refused(town: Town, clerk: Client):
    record = room(town, seats=40)
    place = f"{URL}room/{record.public_id}/"
    said = {"f-title": "礼堂", "f-place": "9901", "seen": "1"}

    done = clerk.post(f"{place}edit/", {**said, "f-seats": "60", "reason": "扩建", "key": "a"})
    stale = clerk.post(f"{place}edit/", {**said, "f-seats": "50", "key": "b"})

    page = clerk.get(place).content.decode()
    assert (done.status_code, stale.status_code) == (302, 422)
    assert "已被他人更改" in stale.content.decode()
    assert "座位：40 座 → 60 座" in page
    assert "理由：扩建" in page


def test_a_move_waits_for_a_second_person_who_decides(town: Town, clerk: Client):
    record = room(town)
    place, chief = f"{URL}room/{record.public_id}/", signed_in(town, "supervisor")

    assert clerk.post(f"{place}move-shut_down/", {"key": "a"}).status_code == 422
    asked = clerk.post(f"{place}move-shut_down/", {"key": "b", "reason": "装修"})
    assert asked.status_code == 302
    assert clerk.get(f"{place}decide/").status_code == 409
    assert "须另一人审批" in clerk.get(place).content.decode()
    assert chief.post(f"{place}decide/", {"key": "c", "granted": "yes"}).status_code == 302
    assert chief.post(f"{place}decide/", {"key": "c", "granted": "yes"}).status_code == 302
    record.refresh_from_db()
    assert record.status == "closed"
    assert "状态：可用 → 停用" in chief.get(place).content.decode()
    assert clerk.get(f"{place}retire/").status_code == 409
    assert clerk.get(f"{place}move-nowhere/").status_code == 404


def test_a_review_puts_off_the_next(town: Town, clerk: Client):
    record = room(town)
    Record.objects.update(review_due_on="2026-11-01")
    assert "1 条待核对" in text_of(clerk, "")
    assert "2026-11-01 已到期" in text_of(clerk, "room/due/")

    answer = clerk.post(f"{URL}room/{record.public_id}/review/", {"key": "a"})

    assert answer.status_code == 302
    assert record.public_id not in text_of(clerk, "room/due/")


def test_a_list_is_narrowed_put_in_order_and_paged_by_the_address(town: Town, clerk: Client):
    for seats in (5, 30, 40):
        room(town, f"厅{seats}", seats=seats, kind="hall")

    page = text_of(clerk, "room/", **{"f-seats-from": "10", "order": "-seats"})

    assert re.findall(r"厅\d+(?=</a>)", page) == ["厅40", "厅30"]
    assert "座位（座）从：10.0" in page or "座位（座）从：10" in page
    assert "厅5" in text_of(clerk, "room/", q="厅5")
    assert "没有符合条件的记录" in text_of(clerk, "room/", **{"f-kind": "office"})
    assert clerk.get(f"{URL}room/?order=phone").status_code == 422
    assert clerk.get(f"{URL}room/?after=xx").status_code == 400


def test_the_calendar_shows_the_dates_of_a_month(town: Town, clerk: Client):
    room(town, opened="2026-11-03", shuts="2026-12-05")

    page = text_of(clerk, "room/calendar/", month="2026-11")

    assert "2026年11月" in page
    assert "启用，2026-11-03 至 2026-12-05" in page
    assert "礼堂" in text_of(clerk, "room/calendar/", month="2026-12")
    assert "这个月没有日程" in text_of(clerk, "room/calendar/", month="2026-01")


def test_the_map_marks_where_records_lie(town: Town, clerk: Client):
    room(town, spot="116.4,39.9")
    room(town, "无处")

    assert "无处" not in text_of(clerk, "room/map/")
    marks = clerk.get(f"{URL}room/map/places/").json()["features"]
    assert [mark["properties"]["name"] for mark in marks] == ["礼堂"]
    assert signed_in(town, "handler").get(f"{URL}booking/map/").status_code == 404


def test_links_are_shown_both_ways_and_a_look_at_the_sealed_is_written_down(town: Town):
    held = room(town)
    handler = signed_in(town, "handler")
    said = {"f-what": "议事会", "f-room": held.number, "key": "b"}
    answer = handler.post(f"{URL}booking/new/", said)
    booking = handler.get(answer["Location"]).content.decode()

    assert f'href="{URL}room/{held.public_id}/"' in booking
    assert "核验码" in booking
    assert "议事会" in handler.get(f"{URL}room/{held.public_id}/").content.decode()
    other = signed_in(town, "clerk").get(f"{URL}room/{held.public_id}/").content.decode()
    assert "议事会" not in other
    assert "核验码" not in other


def test_pages_speak_english(town: Town, clerk: Client):
    record = room(town, seats=40)
    clerk.cookies["django_language"] = "en"
    for path in ("", "room/", "room/calendar/", "room/new/", f"room/{record.public_id}/"):
        page = text_of(clerk, path)
        main = page.partition("<main")[2].partition("</main>")[0]
        own = re.sub(r"礼堂|区9901|单位\w+|中心|某条例|前台", "", re.sub(r"<[^>]+>", "", main))
        assert not re.search(r"[一-鿿]{2,}", own), re.findall(r".{0,9}[一-鿿]{2,}", own)


def test_a_ledger_as_the_forms_begin_it_has_all_its_pages(
    town: Town, clerk: Client, tmp_path: Path
):
    pack = tmp_path / "packs" / "tools"
    head = {"pack": "tools", "version": "2026.1", "title": "工具", "title_en": "Tools"}
    source = {"id": "ours", "title": "自定", "seen_on": "2026-11-24", "confidence": "unverified"}
    begun = new_entry("ledgers", "tool_store", "2026-01-01")
    written(pack / "pack.yaml", {**head, "valid_from": "2026-01-01"})
    written(pack / "sources.yaml", [source])
    written(pack / "ledgers" / "tool_store.yaml", begun)
    publish_pack(pack, actor=SYSTEM_ACTOR, at=AT)

    place = clerk.post(f"{URL}tool_store/new/", {"f-name": "铁锹", "key": "t"})["Location"]

    assert "新台账" in text_of(clerk, "")
    assert "铁锹" in text_of(clerk, "tool_store/")
    retired = clerk.post(f"{place}retire/", {"reason": "已报废", "key": "r"})
    assert retired.status_code == 302
    assert "状态：在用 → 停用" in clerk.get(place).content.decode()
    assert "铁锹" not in text_of(clerk, "tool_store/")


def written(path: Path, said: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
