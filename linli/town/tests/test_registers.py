"""Compact files become records: rows for each community, days from today, places on the map."""

from datetime import date

import pytest

from linli.town.geography import Geography, make_geography
from linli.town.registers import Entry, RegisterFile, entries_of, table_of, waves_of

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def geography() -> Geography:
    return make_geography(seed=1)


def file_of(*rows: list[str], each: tuple[list[str], ...] = ()) -> RegisterFile:
    columns = ["title", "parent", "moves"]
    return RegisterFile(ledger="x", columns=columns, rows=list(rows), each_community=list(each))


def test_days_are_reckoned_from_the_day_of_settling(geography):
    entry = entries_of(file_of(["@+7 到 @-24", "", ""]), geography, today=TODAY)[0]

    assert entry.given["title"] == "2026-12-01 到 2026-10-31"


def test_a_named_place_becomes_its_point(geography):
    entry = entries_of(file_of(["point:和光广场", "", ""]), geography, today=TODAY)[0]

    lng, lat = map(float, entry.given["title"].split(","))
    assert (round(lng), round(lat)) == (102, 40)


def test_a_row_for_each_community_takes_turns(geography):
    file = file_of(each=(["{community}{甲|乙}{n}", "", ""],))
    titles = [e.given["title"] for e in entries_of(file, geography, today=TODAY)]

    assert len(titles) == 8
    assert titles[:3] == ["金谷社区甲1", "槐荫社区乙2", "和光社区甲3"]


def test_moves_are_told_apart_from_what_is_filled_in(geography):
    entry = entries_of(file_of(["甲", "", "open shut"]), geography, today=TODAY)[0]

    assert entry == Entry({"title": "甲", "parent": ""}, ("open", "shut"))


def test_a_row_with_a_cell_too_few_is_refused(geography):
    with pytest.raises(ValueError, match="shorter"):
        entries_of(file_of(["甲", ""]), geography, today=TODAY)


def test_parents_come_before_their_children(geography):
    rows = ["孙", "子", ""], ["子", "父", ""], ["父", "", ""]
    entries = entries_of(file_of(*rows), geography, today=TODAY)
    waves = list(waves_of(entries, title="title", own=["parent"]))

    assert [[e.given["title"] for e in wave] for wave in waves] == [["父"], ["子"], ["孙"]]


def test_a_parent_that_never_comes_is_named(geography):
    entries = entries_of(file_of(["子", "父", ""]), geography, today=TODAY)

    with pytest.raises(ValueError, match="子"):
        list(waves_of(entries, title="title", own=["parent"]))


def test_the_table_has_codes_of_fields_at_its_head():
    assert table_of([Entry({"title": "甲", "seats": "3"})]) == b"title,seats\r\n\xe7\x94\xb2,3\r\n"
