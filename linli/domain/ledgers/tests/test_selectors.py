"""Lists, calendar, map and exports show what the posts reach, and nothing else.

Serves: R017 R129.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.domain.catalogue.errors import NoLedger
from linli.domain.ledgers.rules.turning import cursor_of
from linli.domain.ledgers.selectors import (
    NOTHING_SET,
    RecordFilter,
    calendar_between,
    due_for_review,
    export_rows,
    export_sheet,
    ledgers_visible,
    naming_records,
    points_within,
    public_records,
    record_for,
    record_view,
    records,
    shown,
)
from linli.domain.ledgers.services import add_record, move_record
from linli.domain.ledgers.tests.builders import AT, Town, build_town, room
from linli.kernel.errors import NotFound, Rejected

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


def titles(town: Town, where: RecordFilter = NOTHING_SET, **more: Any) -> list[str]:
    found = records(town.clerk, "room", where, at=AT, **more)
    return [record.title for record in found.items]


def rooms(town: Town) -> None:
    room(town, "甲", seats="9", kind="礼堂", uses="议事", opened="2026-01-01", step_free="是")
    room(town, "乙", seats="100", kind="办公室", uses="议事、培训", opened="2026-06-01", rent="5")
    room(town, "丙", place="990101", spot="116.4,39.9", opened="2026-09-01", shuts="2026-12-31")


def test_a_list_is_narrowed_by_words_place_and_every_filter_field(town: Town):
    rooms(town)

    for values, expected in [
        ({"kind": "hall"}, ["甲"]),
        ({"uses": "talk"}, ["甲", "乙"]),
        ({"step_free": "yes"}, ["甲"]),
        ({"seats": "10.."}, ["乙"]),
        ({"seats": "9"}, ["甲"]),
        ({"opened": "2026-06-01..2026-08-01"}, ["乙"]),
        ({"place": "990101"}, ["丙"]),
        ({"kind": ""}, ["甲", "乙", "丙"]),
    ]:
        assert titles(town, RecordFilter(values=values), order="number") == expected, values
    assert titles(town, RecordFilter(words="礼堂")) == ["甲"]
    assert titles(town, RecordFilter(area_path="99/9901/990101/")) == ["丙"]
    assert titles(town, RecordFilter(state="shut", status="")) == []
    for values in ({"rent": "5"}, {"seats": "many"}, {"opened": "soon"}):
        with pytest.raises(Rejected):
            titles(town, RecordFilter(values=values))


@pytest.mark.parametrize("order", ["-updated", "number", "title", "-seats", "seats", "due", "rent"])
def test_pages_follow_each_other_without_gap_or_repeat(town: Town, order: str):
    rooms(town)
    whole, after, paged = titles(town, order=order), "", list[str]()
    for _ in range(3):
        page = records(town.clerk, "room", order=order, after=after, size=1, at=AT)
        paged += [record.title for record in page.items]
        after = page.after

    assert paged == whole
    assert (after, page.total) == ("", 3)


def test_an_order_or_cursor_that_there_is_not_is_told(town: Town):
    tried: tuple[dict[str, Any], ...] = (
        {"order": "colour"},
        {"order": "share"},
        {"after": "%%"},
        {"after": "WzEsMl0x"},
        {"after": cursor_of("甲", 1)},  # not of this order
        {"after": cursor_of("\0", 1), "order": "title"},
        {"after": cursor_of("甲", 2**70), "order": "title"},
        {"after": cursor_of(float("nan"), 1), "order": "seats"},
        {"where": RecordFilter(values={"seats": "nan.."})},
        {"where": RecordFilter(values={"kind": "\0"})},
    )
    for more in tried:
        with pytest.raises(Rejected):
            titles(town, **more)
    with pytest.raises(NoLedger):
        records(town.clerk, "garden", at=AT)


def test_the_longer_a_list_the_queries_stay_the_same(town: Town):
    rooms(town)

    def asked(size: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = records(town.clerk, "room", at=AT, size=size)
            definition = page.items[0].version.definition
            shown(town.clerk, definition, page.items, on=date(2026, 11, 24))
        return len(seen)

    assert asked(1) == asked(3) <= 8


def test_the_calendar_shows_spans_and_reviews(town: Town):
    rooms(town)

    days = calendar_between(
        town.clerk, "room", start=date(2026, 11, 1), end=date(2027, 12, 31), at=AT
    )

    spans = [(d.record.title, d.field.code, d.starts, d.ends) for d in days if d.field]
    assert spans == [("丙", "opened", date(2026, 9, 1), date(2026, 12, 31))]
    assert {d.record.title for d in days if d.field is None} == {"甲", "乙", "丙"}


def test_the_map_shows_the_points_of_a_box(town: Town):
    rooms(town)

    def within(box: tuple[float, float, float, float]) -> list[str]:
        return [r.title for r in points_within(town.clerk, "room", box=box, at=AT)]

    assert within((116, 39, 117, 40)) == ["丙"]
    assert within((0, 0, 1, 1)) == []


def test_what_is_due_for_review_comes_soonest_first(town: Town):
    rooms(town)

    assert list(due_for_review(town.clerk, until=AT.date())) == []
    due = due_for_review(town.clerk, until=AT.date() + timedelta(days=365))
    assert [record.title for record in due] == ["甲", "乙", "丙"]
    assert list(due_for_review(town.analyst, until=date(2030, 1, 1))) == []


def test_a_post_sees_its_area_and_what_is_kept_above_it_and_no_neighbour(town: Town):
    above = room(town, "街道礼堂")
    inside = room(town, "社区书屋", place="990101")

    reach = {
        name: {r.title for r in records(getattr(town, name), "room", at=AT).items}
        for name in ("clerk", "handler", "analyst", "supervisor", "below", "neighbour")
    }

    both = {"街道礼堂", "社区书屋"}
    assert reach == {
        "clerk": both,
        "handler": both,
        "analyst": both,
        "supervisor": both,
        "below": both,
        "neighbour": set(),
    }
    assert not record_view(town.below, above.number, at=AT).may_edit
    assert record_view(town.below, inside.number, at=AT).may_edit
    with pytest.raises(NotFound):
        record_for(town.neighbour, above.public_id)


def test_a_sealed_record_is_for_its_unit_alone_and_no_count_tells_of_it(town: Town):
    hall = room(town)
    given = {"what": "开会", "room": hall.number}
    booking = add_record("booking", given=given, actor=town.handler, at=AT, key="b")

    assert [record.pk for record in naming_records(town.handler, hall.number)] == [booking.pk]
    assert naming_records(town.clerk, hall.number) == []
    for actor, count in ((town.handler, 1), (town.clerk, 0), (town.supervisor, 0)):
        counts = {c.definition.ledger: c.open_records for c in ledgers_visible(actor, at=AT)}
        assert counts == {"room": 1, "booking": count}
        assert records(actor, "booking", at=AT).total == count
        assert len(list(export_rows(actor, "booking", at=AT))) == 1 + count


def test_what_waits_for_a_second_person_is_offered_to_that_person_alone(town: Town):
    hall = room(town)
    move_record(hall.number, move="shut_down", reason="装修", actor=town.clerk, at=AT, key="m")

    views = {
        name: record_view(getattr(town, name), hall.number, at=AT)
        for name in ("clerk", "supervisor", "analyst")
    }

    assert {name: view.may_decide for name, view in views.items()} == {
        "clerk": False,
        "supervisor": True,
        "analyst": False,
    }
    assert all(view.moves == () for view in views.values())


def test_the_public_sees_records_in_use_of_public_ledgers(town: Town):
    room(town)
    given = {"what": "开会", "room": "礼堂"}
    add_record("booking", given=given, actor=town.handler, at=AT, key="b")

    assert [record.title for record in public_records("room", at=AT)] == ["礼堂"]
    assert list(public_records("booking", at=AT)) == []


def test_a_spreadsheet_holds_texts_alone(town: Town):
    rooms(town)

    data, count = export_sheet(town.clerk, "room", at=AT, lang="en")

    assert (data[:4], count) == (b"PK\x03\x04", 3)
