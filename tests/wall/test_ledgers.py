"""Behind the second wall, ledgers show each post the same, and a query without its rule little.

Serves: R017 R129 X02.
"""

import pytest

from linli.domain.access.wall import see_as
from linli.domain.ledgers.models import Record, RecordEvent, RecordKey, RecordLink
from linli.domain.ledgers.selectors import public_records, records
from linli.domain.ledgers.services import (
    add_record,
    change_record,
    decide_move,
    import_records,
    move_record,
)
from linli.domain.ledgers.tests.builders import AT, Town, build_town, room, table
from tests.behind import behind_the_wall

pytestmark = pytest.mark.django_db
NAMES = ("clerk", "supervisor", "handler", "analyst", "below", "neighbour")


@pytest.fixture
def town() -> Town:
    return build_town()


def book(town: Town) -> Record:
    given = {"what": "开会", "room": "礼堂"}
    return add_record("booking", given=given, actor=town.handler, at=AT, key="b")


def numbers(town: Town, name: str) -> set[str]:
    actor = getattr(town, name)
    codes = ("room", "booking")
    return {row.number for code in codes for row in records(actor, code, at=AT).items}


def test_everybody_sees_the_same_with_the_wall_and_without(town: Town):
    room(town)
    room(town, "书屋", place="990101")
    book(town)
    without = {name: numbers(town, name) for name in NAMES}

    with behind_the_wall():
        behind = {}
        for name in NAMES:
            see_as(getattr(town, name))
            behind[name] = numbers(town, name)

    assert behind == without


def test_a_query_that_forgot_its_rule_sees_neither_sealed_records_nor_what_hangs_on_them(
    town: Town,
):
    hall, booking = room(town), book(town)

    with behind_the_wall():
        assert [row.pk for row in public_records("room", at=AT)] == [hall.pk]
        for actor, seen in ((town.clerk, {hall.pk}), (town.handler, {hall.pk, booking.pk})):
            see_as(actor)
            assert set(Record.objects.values_list("pk", flat=True)) == seen
            hanging = set(RecordEvent.objects.values_list("record_id", flat=True))
            hanging |= set(RecordLink.objects.values_list("record_id", flat=True))
            hanging |= set(RecordKey.objects.values_list("record_id", flat=True))
            assert hanging == seen


def test_the_web_can_do_all_that_a_ledger_asks_of_it(town: Town):
    with behind_the_wall():
        see_as(town.clerk)
        hall = room(town)
        change_record(hall.number, given={"seats": "9"}, actor=town.clerk, at=AT, key="c")
        import_records("room", table("名称,区域", "书屋,990101"), actor=town.clerk, at=AT, key="i")
        move_record(hall.number, move="shut_down", reason="装修", actor=town.clerk, at=AT, key="m")
        see_as(town.supervisor)
        decide_move(hall.number, granted=True, actor=town.supervisor, at=AT, key="d")
        see_as(town.handler)
        given = {"what": "开会", "room": hall.number}
        add_record("booking", given=given, actor=town.handler, at=AT, key="b")

    assert (Record.objects.count(), Record.objects.get(pk=hall.pk).state) == (3, "shut")
