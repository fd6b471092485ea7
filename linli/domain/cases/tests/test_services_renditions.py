"""A unit complained about answers to a text that two persons stand for, never to the original.

Serves: R129 X08.
"""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoDbBlocker

from linli.domain.audit.models import Journal
from linli.domain.cases.errors import (
    CaseIsClosed,
    NotComplainedAbout,
    ReasonMissing,
    RenditionElsewhere,
    RenditionUnderWay,
    SamePerson,
    TooLong,
)
from linli.domain.cases.models import CaseEvent, Rendition
from linli.domain.cases.selectors import rendition_for, renditions_for, renditions_of
from linli.domain.cases.services import (
    answer_rendition,
    approve_rendition,
    clear_respondent,
    complete_item,
    name_respondent,
    read_rendition,
    record_feedback,
    send_rendition,
    withdraw_rendition,
    write_rendition,
)
from linli.domain.cases.tests.builders import AT, DONE, build_town, later
from linli.domain.cases.tests.shielding import BODY, NAME, PHONE, TEXT, Complaint, complaint
from linli.domain.vault.services import erase_person
from linli.kernel.errors import NotFound, NotPermitted, RejectedTogether
from linli.kernel.secrecy import SecretMarked

pytestmark = pytest.mark.django_db
REPLY = "当日队员三人在岗，未开具清单属实，已补开并退还物品。"


@pytest.fixture(scope="module")
def about(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Complaint]:
    """A complaint, laid out once; what a test does to it is rolled back after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield complaint(build_town())
        transaction.set_rollback(True)


def test_the_unit_reads_the_text_answers_and_the_case_has_the_reply(about):
    sent = about.sent(at=later(days=2))
    asked = rendition_for(about.town.handler, sent.public_id)
    assert (asked.text, asked.state, asked.sent_on) == (TEXT, "sent", later(days=2).date())
    # Five working days from Thursday, to the end of the working day.
    assert asked.due_at == later(days=9).replace(hour=9, minute=30)

    answer_rendition(sent.public_id, reply=REPLY, **about.by("handler", "r", later(days=3)))

    kept = renditions_of(about.case)[0]
    assert (kept.state, kept.reply, kept.answered_by_name) == ("answered", REPLY, "handler")
    last = CaseEvent.objects.filter(case=about.case).latest("seq")
    assert last.activity == "rendition_answered"
    assert last.unit is not None and last.unit.code == "works"


def test_until_it_is_sent_the_unit_has_nothing(about):
    draft = about.approved()

    assert renditions_for(about.town.handler).items == []
    with pytest.raises(NotFound):
        rendition_for(about.town.handler, draft.public_id)


@pytest.mark.parametrize("who", ["helper", "outsider", "clerk", "supervisor"])
def test_nobody_but_a_handler_of_the_unit_has_it(about, who):
    sent = about.sent()

    assert renditions_for(getattr(about.town, who)).items == []
    with pytest.raises(NotFound):
        answer_rendition(sent.public_id, reply=REPLY, **about.by(who, "r"))


def test_whoever_wrote_it_may_not_approve_it(about):
    draft = about.written(by=about.by("supervisor", "own"))

    with pytest.raises(SamePerson):
        approve_rendition(about.ref, draft.public_id, **about.by("supervisor", "a"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.filter(pk=draft.pk).update(approved_by=draft.written_by)


def test_only_a_supervisor_approves_and_only_whoever_reaches_the_case_writes(about):
    draft = about.written()

    with pytest.raises(NotPermitted):
        approve_rendition(about.ref, draft.public_id, **about.by("other_clerk", "a"))
    for who, refusal in (("handler", NotFound), ("outsider", NotPermitted)):
        with pytest.raises(refusal):
            write_rendition(about.ref, unit="works", text=TEXT, **about.by(who, "w"))


@pytest.mark.parametrize(
    "text", [f"{NAME}反映", f"电话{PHONE}", "尾号1234", "证件11010119900307123X"]
)
def test_what_names_the_complainant_is_refused_whatever_the_reason_and_not_kept(about, text):
    with pytest.raises(RejectedTogether) as refused:
        about.written(text, reason="确需保留")

    assert {one.field for one in refused.value.faults} == {"text"}
    assert not Rendition.objects.exists()
    told = " ".join(one.zh + one.en for one in refused.value.faults)
    assert NAME not in told and PHONE not in told


def test_words_of_the_original_need_a_reason_from_both(about):
    text = f"反映人称{BODY[7:30]}，请说明。"
    with pytest.raises(RejectedTogether) as refused:
        about.written(text)
    assert {one.field for one in refused.value.faults} == {"reason"}

    draft = about.written(text, reason="须按原话核实")

    assert {one["code"] for one in draft.findings} == {"quoted"}
    with pytest.raises(RejectedTogether):
        approve_rendition(about.ref, draft.public_id, **about.by("supervisor", "a"))
    by = about.by("supervisor", "a")
    approve_rendition(about.ref, draft.public_id, reason="同意保留", **by)
    draft.refresh_from_db()
    assert (draft.state, draft.approval_reason) == ("approved", "同意保留")


def test_nobody_is_there_to_compare_with_once_the_person_was_erased(about):
    erase_person(about.ref, actor=about.town.supervisor, at=AT)

    assert about.written("欧阳先生请说明情况").state == "draft"


def test_bad_input_is_refused_and_nothing_is_kept(about):
    for text, refusal in (
        (" \n", ReasonMissing),
        ("问" * 50_000, TooLong),
        ("机密★10年\n请说明", SecretMarked),
    ):
        with pytest.raises(refusal):
            about.written(text)
    assert not Rendition.objects.exists()
    assert about.written(TEXT + "\0").text == TEXT

    for odd in ("nosuch", "\0", about.ref):
        with pytest.raises(NotFound):
            approve_rendition(about.ref, odd, **about.by("supervisor", "a"))
        with pytest.raises(NotFound):
            read_rendition(odd, actor=about.town.handler, at=AT)
    for unit, refused in (("water", NotComplainedAbout), ("nosuch", NotFound)):
        with pytest.raises(refused):
            about.written(unit=unit)


def test_a_reply_is_held_to_its_bounds(about):
    sent = about.sent()

    for reply, refusal in (
        ("", ReasonMissing),
        ("答" * 50_000, TooLong),
        ("密级：秘密", SecretMarked),
    ):
        with pytest.raises(refusal):
            answer_rendition(sent.public_id, reply=reply, **about.by("handler", "r"))
    assert rendition_for(about.town.handler, sent.public_id).is_waiting


def test_each_command_sent_twice_takes_effect_once(about):
    sent = about.sent()
    for _ in range(2):
        assert (
            write_rendition(
                about.ref, unit="works", text=TEXT, **about.by(key=f"w works {len(TEXT)}")
            )
            is None
        )
        send_rendition(about.ref, sent.public_id, **about.by(key=f"s {sent.public_id}"))
        answer_rendition(sent.public_id, reply=REPLY, **about.by("handler", "r"))

    with pytest.raises(RenditionElsewhere):
        answer_rendition(sent.public_id, reply="另一说法", **about.by("handler", "r2"))
    assert [one.reply for one in renditions_of(about.case)] == [REPLY]


def test_a_draft_is_replaced_and_what_was_sent_waits_for_its_answer(about):
    first = about.approved()
    second = about.written("另一说法，请说明。")
    first.refresh_from_db()
    assert (first.state, first.withdrawn_why) == ("withdrawn", "replaced")
    with pytest.raises(RenditionElsewhere):
        send_rendition(about.ref, first.public_id, **about.by(key="s"))

    approve_rendition(about.ref, second.public_id, **about.by("supervisor", "a2"))
    send_rendition(about.ref, second.public_id, **about.by(key="s2"))

    with pytest.raises(RenditionUnderWay):
        about.written("再写一件")


def test_what_was_withdrawn_can_be_read_no_more(about):
    sent = about.sent()

    withdraw_rendition(about.ref, sent.public_id, **about.by(key="x"))

    asked = rendition_for(about.town.handler, sent.public_id)
    assert (asked.state, asked.text) == ("withdrawn", "")
    with pytest.raises(RenditionElsewhere):
        answer_rendition(sent.public_id, reply=REPLY, **about.by("handler", "r"))


def test_a_unit_that_is_cleared_need_not_answer(about):
    sent = about.sent()

    clear_respondent(about.ref, unit="works", reason="误标", **about.by("supervisor", "c"))

    sent.refresh_from_db()
    assert (sent.state, sent.withdrawn_why) == ("withdrawn", "cleared")
    with pytest.raises(NotComplainedAbout):
        about.written("请说明")


def test_what_is_open_ends_with_the_case_and_the_unit_is_not_told_how(about):
    sent = about.sent()
    item = about.case.items.get(state="open")
    complete_item(
        about.ref, item.pk, outcome="answer", reason="已核实", result=DONE,
        **about.by("outsider", "z"),
    )  # fmt: skip
    assert rendition_for(about.town.handler, sent.public_id).is_waiting

    record_feedback(about.ref, solved="solved", satisfied="basic", at=later(hours=1), key="f")

    asked = rendition_for(about.town.handler, sent.public_id)
    assert (asked.state, asked.text, asked.answered_at) == ("withdrawn", "", None)
    with pytest.raises((NotPermitted, CaseIsClosed)):
        about.written("请说明")


def test_a_part_of_the_unit_named_as_well_has_only_its_own(about):
    name_respondent(about.ref, unit="water", reason="也反映", **about.by(key="n2"))
    sent = about.sent(unit="water")

    assert [one.ref for one in renditions_for(about.town.helper).items] == [sent.public_id]
    assert renditions_for(about.town.handler).items == []


def test_the_list_goes_by_the_time_of_sending_alone(about):
    other = complaint(about.town, key="k1", received_at=AT - timedelta(days=30))
    first, second = other.written(), about.written()
    for number, (case, one) in enumerate(((about, second), (other, first))):
        approve_rendition(case.ref, one.public_id, **case.by("supervisor", "a"))
        send_rendition(case.ref, one.public_id, **case.by(key="s", at=later(hours=number)))

    found = [one.ref for one in renditions_for(about.town.handler).items]

    assert found == [first.public_id, second.public_id]


def test_no_fact_of_the_journal_holds_a_word_of_the_texts(about):
    sent = about.sent(text=TEXT + "请写明当晚。", reason="须核实夜间值班")
    answer_rendition(sent.public_id, reply=REPLY, **about.by("handler", "r"))
    read_rendition(sent.public_id, actor=about.town.handler, at=AT)

    rows = Journal.objects.filter(event__startswith="rendition_")
    said = " ".join(row.payload for row in rows)
    assert {row.event for row in rows} == {
        "rendition_written", "rendition_approved", "rendition_sent", "rendition_answered",
        "rendition_read",
    }  # fmt: skip
    for word in ("清单", "值班", "队员", "退还"):
        assert word not in said
    read = rows.get(event="rendition_read")
    assert (read.subject_type, read.subject_id) == ("rendition", sent.public_id)
    assert about.ref not in json.dumps(read.payload)
