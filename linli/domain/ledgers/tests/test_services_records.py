"""Records are entered, changed, moved and reviewed; each fact is written down once.

Serves: R017.
"""

import pytest
from django.db import DatabaseError, connection, transaction

from linli.domain.access.selectors import Actor
from linli.domain.ledgers.errors import (
    NotTheirLedger,
    RecordChangedMeanwhile,
    RecordRetired,
    SameHand,
    WordsMissing,
)
from linli.domain.ledgers.models import Record, RecordEvent, RecordKey
from linli.domain.ledgers.selectors import history, record_view
from linli.domain.ledgers.services import (
    add_record,
    change_record,
    decide_move,
    move_record,
    remind_reviews,
    retire_record,
    review_record,
)
from linli.domain.ledgers.tests.builders import AT, Town, build_town, later, room
from linli.kernel.errors import NotFound, NotPermitted, RejectedTogether

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


def journal(ref: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT event FROM audit_journal WHERE subject_id = %s ORDER BY id", [ref])
        return [row[0] for row in cursor.fetchall()]


def change(record: Record, actor: Actor, key: str = "c", **given: object) -> Record:
    return change_record(record.public_id, given=given, actor=actor, at=later(hours=1), key=key)


def shut_down(record: Record, actor: Actor, *, reason: str = "装修") -> Record:
    ref = record.public_id
    return move_record(ref, move="shut_down", reason=reason, actor=actor, at=AT, key="m")


def shut(record: Record, town: Town) -> Record:
    shut_down(record, town.clerk)
    return decide_move(record.public_id, granted=True, actor=town.supervisor, at=AT, key="d")


def test_a_record_is_entered_with_its_place_its_review_and_its_fact(town: Town):
    record = room(town, seats="120", kind="礼堂", spot="116.4,39.9", rent="1000")

    assert record.data == {
        "title": "礼堂",
        "place": "9901",
        "seats": 120,
        "kind": "hall",
        "spot": {"lng": 116.4, "lat": 39.9},
        "rent": "1000.00",
    }
    assert (record.area_path, record.state, record.status) == ("99/9901/", "open", "open")
    assert (record.lng, record.lat, record.is_public) == (116.4, 39.9, True)
    assert str(record.review_due_on) == "2027-11-24"
    assert record.number.startswith("R-")
    assert journal(record.public_id) == ["record_added"]


def test_the_same_command_twice_is_one_record(town: Town):
    assert room(town).pk == room(town).pk
    assert RecordEvent.objects.count() == 1


def test_every_field_at_fault_is_told_at_once_and_nothing_is_kept(town: Town):
    with pytest.raises(RejectedTogether) as refused:
        room(
            town,
            "",
            seats="many",
            place="nowhere",
            colour="red",
            shuts="2025-01-01",
            opened="2026-01-01",
        )

    assert sorted(str(fault.field) for fault in refused.value.faults) == [
        "colour",
        "place",
        "seats",
        "shuts",
        "title",
    ]
    assert Record.objects.count() == 0


def test_two_records_in_use_never_share_a_value_that_must_differ(town: Town):
    room(town)

    with pytest.raises(RejectedTogether) as refused:
        add_record(
            "room", given={"title": "礼堂", "place": "9901"}, actor=town.clerk, at=AT, key="two"
        )

    assert [fault.field for fault in refused.value.faults] == ["title"]


def test_a_text_that_bears_a_mark_of_state_secrecy_is_not_kept(town: Town):
    with pytest.raises(RejectedTogether, match="密级"):
        room(town, "机密★10年")


def test_a_change_keeps_what_was_and_what_is(town: Town):
    record = room(town, seats="10")

    changed = change(record, town.clerk, seats="12", rent="5")

    event = history(town.clerk, record.public_id)[0]
    assert (event.before, event.after) == (
        {"seats": 10, "rent": None},
        {"seats": 12, "rent": "5.00"},
    )
    assert (changed.seq, event.seq) == (2, 2)
    assert change(changed, town.clerk, seats="99").data["seats"] == 12, "the key was seen"
    assert change(changed, town.clerk, "c2", seats="12").seq == 2, "nothing differs"


def test_who_looked_before_somebody_else_changed_is_told(town: Town):
    record = room(town)
    change(record, town.clerk, seats="12")

    with pytest.raises(RecordChangedMeanwhile):
        change_record(record.number, given={"seats": "9"}, seen=1, actor=town.clerk, at=AT, key="x")


def test_a_blank_value_empties_a_field_and_a_required_one_is_refused(town: Town):
    record = room(town, seats="10")

    assert "seats" not in change(record, town.clerk, seats=" ").data
    with pytest.raises(RejectedTogether):
        change(record, town.clerk, "c2", title="")


def test_a_move_that_matters_takes_a_second_person(town: Town):
    record = room(town)
    with pytest.raises(NotTheirLedger):
        shut_down(record, town.supervisor)
    with pytest.raises(WordsMissing):
        shut_down(record, town.clerk, reason="")
    shut_down(record, town.both())

    assert Record.objects.get().state == "open"
    with pytest.raises(SameHand):
        decide_move(record.public_id, granted=True, actor=town.both(), at=AT, key="d")
    decide_move(record.public_id, granted=True, actor=town.supervisor, at=AT, key="d")

    found = Record.objects.get()
    assert (found.state, found.status, found.closed_at) == ("shut", "closed", AT)
    assert journal(record.public_id) == ["record_added", "record_move_proposed", "record_moved"]


def test_a_refused_move_leaves_the_record_and_says_why(town: Town):
    record = room(town)
    shut_down(record, town.clerk)
    with pytest.raises(WordsMissing):
        decide_move(record.public_id, granted=False, actor=town.supervisor, at=AT, key="d")

    decide_move(
        record.public_id, granted=False, reason="仍在使用", actor=town.supervisor, at=AT, key="d"
    )

    assert Record.objects.get().state == "open"
    assert history(town.clerk, record.number)[0].reason == "仍在使用"


def test_a_record_that_has_ended_gives_its_values_back_until_it_is_opened_again(town: Town):
    record = shut(room(town), town)
    with pytest.raises(RecordRetired):
        change(record, town.clerk, seats="3")
    other = add_record(
        "room", given={"title": "礼堂", "place": "9901"}, actor=town.clerk, at=AT, key="two"
    )

    with pytest.raises(RejectedTogether):
        move_record(record.public_id, move="open_again", actor=town.clerk, at=AT, key="o")
    assert [key.record_id for key in RecordKey.objects.filter(field="title")] == [other.pk]


def test_a_review_is_counted_from_the_day_it_was_done(town: Town):
    record = room(town)

    reviewed = review_record(
        record.public_id, note="已核对", actor=town.clerk, at=later(days=300), key="v"
    )

    assert str(reviewed.review_due_on) == "2028-09-20"
    assert journal(record.public_id)[-1] == "record_reviewed"


def test_a_unit_is_reminded_once_for_each_due_day_and_lead(town: Town):
    record = room(town)

    told = [remind_reviews(at=later(days=days)) for days in (340, 351, 352, 365, 366, 400)]

    assert told == [0, 1, 0, 1, 0, 0]
    assert journal(record.public_id)[1:] == ["record_review_reminded"] * 2
    assert Record.objects.get().seq == 3


def test_a_ledger_without_states_is_ended_by_retiring(town: Town):
    given = {"what": "开会", "room": room(town).number}
    booking = add_record("booking", given=given, actor=town.handler, at=AT, key="b")
    with pytest.raises(WordsMissing):
        retire_record(booking.public_id, reason=" ", actor=town.handler, at=AT, key="r")

    retired = retire_record(booking.public_id, reason="取消", actor=town.handler, at=AT, key="r")

    assert retired.status == "closed"


def test_links_are_counted_on_both_sides(town: Town):
    hall = room(town)
    given = {"what": "开会", "room": "礼堂"}
    booking = add_record("booking", given=given, actor=town.handler, at=AT, key="b")

    shown = {one.field.code: one.text for one in record_view(town.clerk, hall.number, at=AT).shown}
    own = {
        one.field.code: one.text for one in record_view(town.handler, booking.number, at=AT).shown
    }

    assert shown["bookings"] == "1"
    assert (own["room"], own["links"]) == ("礼堂", "1")


def test_others_neither_keep_nor_see_what_is_not_theirs(town: Town):
    given = {"what": "开会", "room": room(town).number}
    booking = add_record("booking", given=given, actor=town.handler, at=AT, key="b")

    with pytest.raises(NotTheirLedger):
        add_record("booking", given=given, actor=town.clerk, at=AT, key="b2")
    for actor in (town.clerk, town.supervisor, town.analyst, town.neighbour):
        with pytest.raises(NotFound):
            change(booking, actor, what="x")
    with pytest.raises(NotPermitted):
        room(town, "远处", by=town.neighbour)
    with pytest.raises(NotPermitted):
        room(town, "无权", by=town.analyst)


def test_the_history_of_a_record_cannot_be_rewritten(town: Town):
    room(town)

    with pytest.raises(DatabaseError), transaction.atomic():
        RecordEvent.objects.update(reason="别的")
