"""Counselling records: sealed, read by the care team alone, each look written down, gone in time.

Serves: R129 R142.
"""

import json
from datetime import timedelta

import pytest
from django.db import connection

from linli.domain.audit.models import Journal
from linli.domain.care.errors import ConsentMissing, NotCounselled, NothingInForce
from linli.domain.care.models import CareEntry
from linli.domain.care.selectors import care_lines, has_care, may_write_care
from linli.domain.care.services import (
    erase_care,
    expire_cards,
    open_records,
    withdraw_consent,
    write_record,
)
from linli.domain.care.tests.builders import CARD, SAID, SESSION, counselled, written
from linli.domain.cases.models import CaseEvent
from linli.domain.cases.tests.builders import AT, new_case
from linli.domain.cases.tests.trials import done
from linli.kernel.errors import NotFound, NotPermitted, Rejected, RejectedTogether

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def case(room):
    return counselled(room)


def seen(case, actor, *, at=LATER, reason="session"):
    return open_records(case.public_id, reason=reason, actor=actor, at=at)


def facts(name):
    rows = Journal.objects.filter(event=name).values_list("payload", flat=True)
    return [json.loads(payload) for payload in rows]


def test_a_session_is_read_back_by_the_room_and_the_look_stands_in_the_journal(room, case):
    written(room, case, "consent")
    written(room, case, "session")

    found = seen(case, room.colleague)

    assert [one.kind for one in found] == ["consent", "session"]
    assert found[1].words == SESSION
    looked = facts("care_viewed")[0]
    assert looked["numbers"] == [1, 2]
    assert (looked["reason"], looked["role"]) == ("session", "counsellor")


def test_what_was_said_lies_nowhere_in_the_tables_but_sealed(room, case):
    written(room, case, "consent")
    written(room, case, "session")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(t::text, ' ') FROM ("
            "SELECT e::text AS t FROM care_careentry e UNION ALL"
            " SELECT c::text FROM cases_case c UNION ALL SELECT v::text FROM cases_caseevent v"
            " UNION ALL SELECT j::text FROM audit_journal j"
            " UNION ALL SELECT encode(s.sealed, 'escape') FROM vault.vault_sealedfield s) rows"
        )
        assert SAID[:6] not in cursor.fetchone()[0]
    assert not CaseEvent.objects.filter(case=case, activity__startswith="care").exists()


def test_nobody_but_the_room_s_counsellors_learns_that_there_are_records(room, case):
    written(room, case, "consent")
    town = room.town
    others = [room.handler, room.stranger, town.clerk, town.supervisor, town.handler, town.outsider]

    for other in others:
        assert not has_care(case, other)
        with pytest.raises(NotFound):
            care_lines(case.public_id, other, at=LATER)
        with pytest.raises(NotFound):
            seen(case, other)
    assert facts("care_viewed") == []


def test_the_room_s_handler_may_not_write_although_the_case_is_the_room_s(room, case):
    with pytest.raises(NotPermitted):
        write_record(case.public_id, kind="card", words=CARD, actor=room.handler, at=AT, key="h")


def test_a_look_needs_a_reason_of_the_list_and_none_is_shown_without(room, case):
    written(room, case, "consent")

    with pytest.raises(Rejected):
        seen(case, room.counsellor, reason="curious")
    assert facts("care_viewed") == []


def test_a_session_needs_a_consent_and_a_crisis_card_does_not(room, case):
    with pytest.raises(ConsentMissing):
        written(room, case, "session")
    assert written(room, case, "card").number == 1
    written(room, case, "consent")
    assert written(room, case, "session").number == 3


def test_after_a_consent_is_taken_back_or_has_run_out_no_session_is_written(room, case):
    written(room, case, "consent")
    withdraw_consent(case.public_id, actor=room.counsellor, at=LATER)

    with pytest.raises(ConsentMissing):
        written(room, case, "session", at=LATER)
    with pytest.raises(NothingInForce):
        withdraw_consent(case.public_id, actor=room.counsellor, at=LATER)
    written(room, case, "consent", at=LATER)
    with pytest.raises(ConsentMissing):
        written(room, case, "session", at=LATER + timedelta(days=365))


def test_a_crisis_card_that_ran_out_is_not_shown_and_then_destroyed(room, case):
    card = written(room, case, "card")
    over = AT + timedelta(days=90)

    assert [one.kind for one in seen(case, room.counsellor, at=over - timedelta(minutes=1))]
    assert seen(case, room.counsellor, at=over) == []
    assert (expire_cards(at=over - timedelta(minutes=1)), expire_cards(at=over)) == (0, 1)
    assert expire_cards(at=over) == 0
    card.refresh_from_db()
    assert card.erased_at == over
    assert [fact["reason"] for fact in facts("care_erased")] == ["expired"]


def test_a_new_card_destroys_the_one_before(room, case):
    written(room, case, "card")
    written(room, case, "card", at=LATER)

    lines = care_lines(case.public_id, room.counsellor, at=LATER)
    assert [line.state for line in lines] == ["erased", "open"]
    assert [one.number for one in seen(case, room.counsellor)] == [2]


def test_a_record_sent_twice_is_written_once(room, case):
    first = written(room, case, "consent", key="same")
    assert written(room, case, "consent", key="same").pk == first.pk
    assert CareEntry.objects.filter(case=case).count() == 1


def test_a_record_says_what_must_be_said_and_no_more(room, case):
    with pytest.raises(RejectedTogether):
        write_record(
            case.public_id, kind="consent", words={}, actor=room.counsellor, at=AT, key="k"
        )
    with pytest.raises(RejectedTogether):
        write_record(
            case.public_id,
            kind="card",
            words={**CARD, "diagnosis": "x"},
            actor=room.counsellor,
            at=AT,
            key="k",
        )


def test_a_case_that_is_not_of_counselling_takes_no_records(room):
    demand = new_case(room.town)
    demand.unit_ids = [room.counsellor.holdings[0].unit_id]
    demand.save(update_fields=["unit_ids"])

    with pytest.raises(NotCounselled):
        write_record(
            demand.public_id, kind="card", words=CARD, actor=room.counsellor, at=AT, key="k"
        )


def test_once_the_case_is_closed_records_are_read_and_no_more_written(room, case):
    case = done(case, "declined", room.counsellor)

    assert has_care(case, room.counsellor)
    assert not may_write_care(case, room.counsellor)


def test_what_erases_a_case_destroys_every_record_and_leaves_the_bare_rows(room, case):
    written(room, case, "consent")
    written(room, case, "session")

    assert (erase_care([case], at=LATER), erase_care([case], at=LATER)) == (2, 0)
    assert seen(case, room.counsellor) == []
    assert CareEntry.objects.filter(case=case, erased_at=LATER).count() == 2
