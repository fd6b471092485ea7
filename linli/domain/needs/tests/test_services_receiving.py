from dataclasses import replace
from datetime import timedelta

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.models import Journal
from linli.domain.cases.models import Case
from linli.domain.cases.selectors import case_by_receipt
from linli.domain.cases.tests.builders import AT, later
from linli.domain.needs.errors import (
    KeyReused,
    MessageEmpty,
    UnknownArea,
    UnknownCode,
)
from linli.domain.needs.models import Message, Reading
from linli.domain.needs.selectors import masked_reporter
from linli.domain.needs.services import erase_reporter, open_reporter
from linli.domain.needs.services.planning import fingerprint
from linli.domain.needs.tests.builders import COMMUNITY, NOISE, build_read_town, receive, said
from linli.domain.vault.models import DataKey
from linli.domain.vault.services import PersonErased
from linli.kernel.errors import NotPermitted
from linli.kernel.secrecy import SecretMarked

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return build_read_town()


def test_a_message_opens_a_case_where_its_words_say(town):
    received = receive(said())

    case = received.case
    assert case.matter.code.startswith("environment.noise")
    assert case.area.code == COMMUNITY
    assert case.body == received.message.body == NOISE
    assert case_by_receipt(received.receipt).pk == case.pk


def test_the_reading_is_kept_with_its_reasons_and_its_model(town):
    received = receive(said())

    reading = Reading.objects.get(message=received.message)
    assert reading.model == town.model.sha256
    assert (reading.area, reading.area_origin, reading.area_names) == (
        COMMUNITY,
        "names",
        ["幸福家园"],
    )
    assert reading.matters[0]["code"] == received.case.matter.code
    assert 0 < reading.matters[0]["probability"] <= 1
    assert all(set(reason) == {"zh", "en"} for reason in reading.reasons)


def test_the_fact_is_written_in_the_same_journal_and_holds_no_words(town):
    received = receive(said())

    fact = Journal.objects.get(event="message_received")
    assert fact.subject_id == received.case.public_id
    assert "打桩" not in fact.payload


def test_who_sent_it_stands_apart_from_the_message(town):
    new = replace(said(), reporter_name="林小满", reporter_phone="10000000000")

    received = receive(new)

    ref = received.case.public_id
    reporter = open_reporter(ref, actor=SYSTEM_ACTOR, reason="contact", at=AT)
    assert (reporter.name, reporter.phone) == ("林小满", "10000000000")
    assert masked_reporter(received.case).name == "林**"
    kept = Message.objects.filter(pk=received.message.pk).values().get()
    assert "林小满" not in str(kept) + str(Reading.objects.values().get())
    assert not Case.objects.filter(search_text__contains="林小满").exists()


def test_nobody_is_kept_where_nobody_is_named(town):
    receive(said())

    assert not DataKey.objects.exists()


def test_the_same_key_answers_with_the_first_case_and_its_receipt(town):
    first = receive(said())

    again = receive(said(), at=later(hours=1))

    assert again.is_repeat
    assert (again.case.pk, again.receipt) == (first.case.pk, first.receipt)
    assert Case.objects.count() == Message.objects.count() == 1


def test_a_receipt_of_ones_own_is_kept_and_told_again(town):
    new = replace(said(), receipt="ABCD-EFGH-JKMN-PQRS")

    assert receive(new).receipt == receive(new).receipt == "ABCD-EFGH-JKMN-PQRS"
    assert receive(said(), key="k1").receipt == ""


def test_one_key_for_two_messages_is_refused_and_nothing_kept(town):
    receive(said())

    with pytest.raises(KeyReused):
        receive(said("水管爆了"))
    assert Case.objects.count() == 1


def test_a_message_known_by_its_number_comes_in_once_and_tells_no_receipt(town):
    first = receive(said(source_id="A-1"), key="import:1")

    again = receive(said(source_id="A-1"), key="import:2")

    assert (again.is_repeat, again.case.pk, again.receipt) == (True, first.case.pk, "")
    assert not receive(said(source_id="A-2"), key="import:3").is_repeat


def test_two_keys_give_two_receipts(town):
    assert receive(said(), key="k1").receipt != receive(said(), key="k2").receipt


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"body": " "}, MessageEmpty),
        ({"body": "秘密★5年"}, SecretMarked),
        ({"area": "no-such"}, UnknownArea),
        ({"matter": "no.such"}, UnknownCode),
        ({"urgency": "panic"}, UnknownCode),
        ({"petition_type": "gossip"}, UnknownCode),
    ],
)
def test_what_cannot_be_taken_leaves_nothing_behind(town, changed, fault):
    with pytest.raises(fault) as caught:
        receive(replace(said(), row=12, **changed))

    assert (caught.value.row, caught.value.field) == (12, next(iter(changed)))
    assert not Case.objects.exists()
    assert not Message.objects.exists()
    assert not Journal.objects.filter(event="case_opened").exists()


def test_what_a_person_has_chosen_stands_above_what_was_read(town):
    new = replace(
        said(), matter="environment", area="990101002", urgency="urgent", petition_type="inquiry"
    )

    case = receive(new, actor=town.cast.clerk).case

    assert (case.matter.code, case.area.code) == ("environment", "990101002")
    assert (case.urgency, case.petition_type) == ("urgent", "inquiry")


def test_words_nobody_knows_open_a_case_for_a_person_to_read(town):
    received = receive(said("asdf qwer 12345", address=""))

    reading = Reading.objects.get(message=received.message)
    assert (received.case.matter.code, reading.abstained) == ("other", True)
    assert reading.area_origin == "home"


def test_danger_makes_the_case_urgent_at_once(town):
    case = receive(said("幸福家园五楼厨房着火了，有人被困")).case

    assert case.urgency == "emergency"
    assert case.clock_code == "urgent"


def test_a_like_message_nearby_is_pointed_out(town):
    first = receive(said(), key="k1")

    second = receive(said(f"{NOISE}，请管一管"), key="k2", at=later(hours=5))

    reading = Reading.objects.get(message=second.message)
    assert [row["ref"] for row in reading.duplicates] == [first.case.public_id]
    assert first.case.number in str(reading.reasons)


def test_a_like_message_of_long_ago_is_another_matter(town):
    receive(said(), key="k1", at=AT - timedelta(days=90))

    second = receive(said(), key="k2")

    assert Reading.objects.get(message=second.message).duplicates == []


def test_staff_need_a_post_that_takes_messages(town):
    assert receive(said(), key="k1", actor=town.cast.clerk).case.pk
    assert receive(said(), key="k2", actor=SYSTEM_ACTOR).case.pk
    with pytest.raises(NotPermitted):
        receive(said(), key="k3", actor=town.cast.handler)


def test_whoever_is_erased_can_be_neither_shown_nor_guessed_at(town):
    received = receive(replace(said(), reporter_name="林小满", reporter_phone="13800001234"))
    ref = received.case.public_id
    before = Message.objects.get().fingerprint
    with pytest.raises(NotPermitted):
        erase_reporter(ref, actor=town.cast.clerk, at=AT)

    assert erase_reporter(ref, actor=SYSTEM_ACTOR, at=AT)

    with pytest.raises(PersonErased):
        open_reporter(ref, actor=SYSTEM_ACTOR, reason="contact", at=AT)
    assert masked_reporter(received.case).name == ""
    assert Message.objects.get().fingerprint != before
    with pytest.raises(KeyReused):
        receive(replace(said(), reporter_name="林小满", reporter_phone="13800001234"))
    assert not erase_reporter(ref, actor=SYSTEM_ACTOR, at=AT)


def test_what_a_message_said_cannot_be_tried_out_by_who_has_the_tables(town):
    new = replace(said(), reporter_phone="13800001234")
    receive(new)

    assert Message.objects.get().fingerprint != fingerprint(new)
    assert len(Message.objects.get().fingerprint) == 64
