"""A batch leaves what the same messages leave one after the other."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from linli.domain.access.selectors import RESIDENT_ACTOR, SYSTEM_ACTOR
from linli.domain.audit.models import Journal
from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.models import Case, CaseEvent, Clock, Timer, WorkItem
from linli.domain.cases.tests.builders import AT
from linli.domain.needs.errors import KeyReused, MessageEmpty, UnknownArea, UnknownCode
from linli.domain.needs.models import Message, Reading
from linli.domain.needs.selectors import masked_reporter, suggest
from linli.domain.needs.services import (
    Incoming,
    NewMessage,
    Received,
    receive_message,
    receive_messages,
)
from linli.domain.needs.tests.builders import NOISE, build_read_town, said
from linli.domain.vault.services import begin_keys
from linli.kernel.errors import LinliError

pytestmark = pytest.mark.django_db

# Made anew each time, or given out by a sequence.
CHANCE = frozenset(
    {"id", "public_id", "number", "case", "case_id", "item_id", "clock_id", "message_id"}
    | {"journal_id", "search", "seq", "recorded_at", "previous", "hash", "stream", "subject_id"}
)
STREET = "990101002"
TABLES = (Case, WorkItem, Clock, Timer, CaseEvent, Message, Reading, Journal)


@pytest.fixture(autouse=True)
def town():
    begin_keys(actor=SYSTEM_ACTOR, at=AT)  # what is rolled back between must not take them along
    return build_read_town()


def messages() -> list[Incoming]:
    """A mixed batch: like ones, urgent ones, one with a point, refused ones, and repeats."""
    texts = (
        NOISE,
        f"{NOISE}，请管一管",
        "五楼厨房着火了，有人被困",
        "请问居住证怎么办理？",
        "asdf qwer 12345",
        "公交车站牌倒了，等车的人看不到班次",
        f"又是工地，{NOISE}",
    )
    news = [
        replace(
            said(text, source_id=f"A-{place}"),
            received_at=AT - timedelta(hours=40 - place),
            reporter_name="林小满" if place % 2 else "",
        )
        for place, text in enumerate(texts)
    ]
    news += [
        said(" "),
        replace(said("路灯坏了"), area="no-such", row=9),
        replace(said("路灯坏了"), petition_type="gossip"),
        replace(
            said("学校门口堵车"), area="990101002", petition_type="complaint", lng=1.0, lat=2.0
        ),
        replace(news[0], received_at=AT),
    ]
    keyed = [Incoming(new, f"k{place}") for place, new in enumerate(news)]
    return [*keyed, keyed[1], Incoming(said("水管爆了"), "k2")]


def one_by_one(batch: list[Incoming]) -> list[Received | LinliError]:
    came: list[Received | LinliError] = []
    for one in batch:
        try:
            came.append(receive_message(one.message, actor=SYSTEM_ACTOR, at=AT, key=one.key))
        except LinliError as error:
            came.append(error)
    return came


def told(came: list[Received | LinliError]) -> list[object]:
    return [
        (type(one), one.field, one.row, one.zh)
        if isinstance(one, LinliError)
        else (one.case.title, one.receipt, one.is_repeat)
        for one in came
    ]


def rows() -> dict[str, list[dict[str, str]]]:
    """Everything that is stored, with cases and messages called by their place in their order."""
    names: dict[str, str] = {}
    for place, case in enumerate(Case.objects.order_by("id")):
        names |= {case.public_id: f"case {place}", case.number: f"number {place}"}
    for place, message in enumerate(Message.objects.order_by("id")):
        names[message.public_id] = f"message {place}"
    found = {}
    for table in TABLES:
        order = ["event", "id"] if table is Journal else ["pk"]
        found[table.__name__] = [
            {name: _named(str(value), names) for name, value in row.items() if name not in CHANCE}
            for row in table.objects.order_by(*order).values()
        ]
    persons = [masked_reporter(case) for case in Case.objects.order_by("id")]
    found["persons"] = [{"name": one.name, "phone": one.phone} for one in persons]
    return found


def _named(text: str, names: dict[str, str]) -> str:
    for name, said_instead in names.items():
        text = text.replace(name, said_instead)
    return text


def test_a_batch_and_single_messages_leave_equal_rows_and_facts():
    batch = messages()
    with transaction.atomic():
        single, alone = told(one_by_one(batch)), rows()
        transaction.set_rollback(True)

    together = receive_messages(batch, actor=SYSTEM_ACTOR, at=AT)

    assert told(together) == single
    assert rows() == alone
    assert len(alone["Case"]) == 8
    assert {"name": "林**", "phone": ""} in alone["persons"]
    assert any(row["duplicates"] != "[]" for row in alone["Reading"])
    assert verify_chain().is_whole


def test_what_is_wrong_is_told_in_its_place_and_leaves_nothing_behind():
    came = receive_messages(messages(), actor=SYSTEM_ACTOR, at=AT)

    faults = [type(one) for one in came if isinstance(one, LinliError)]
    assert faults == [MessageEmpty, UnknownArea, UnknownCode, KeyReused]
    assert Case.objects.count() == Message.objects.count() == Reading.objects.count() == 8


def test_likeness_is_found_among_the_batch_itself():
    came = receive_messages(messages()[:2], actor=SYSTEM_ACTOR, at=AT)

    first, second = (one for one in came if isinstance(one, Received))
    found = Reading.objects.get(message=second.message).duplicates
    assert [row["ref"] for row in found] == [first.case.public_id]
    assert Reading.objects.get(message=first.message).duplicates == []


def test_one_question_for_many_finds_what_single_questions_find():
    receive_messages(messages(), actor=SYSTEM_ACTOR, at=AT)
    asked = [said(f"{NOISE}，第{place}次说了") for place in range(3)]
    single = [suggest(new, at=AT).duplicates for new in asked]

    came = receive_messages(
        [Incoming(new, f"q{place}") for place, new in enumerate(asked)], actor=SYSTEM_ACTOR, at=AT
    )

    kept = [
        {row["ref"] for row in Reading.objects.get(message=one.message).duplicates}
        for one in came
        if isinstance(one, Received)
    ]
    assert single[0]
    assert kept[0] == {guess.ref for guess in single[0]}


def test_a_message_without_a_place_or_matter_is_compared_with_all():
    new = NewMessage("web", "asdf qwer 12345 zxcv")
    came = receive_messages([Incoming(new, "a"), Incoming(new, "b")], actor=RESIDENT_ACTOR, at=AT)
    again = receive_messages([Incoming(new, "c")], actor=RESIDENT_ACTOR, at=AT)

    refs = [one.case.public_id for one in came if isinstance(one, Received)]
    (third,) = (one for one in again if isinstance(one, Received))
    found = Reading.objects.get(message=third.message).duplicates
    assert {row["ref"] for row in found} == set(refs)


def test_nothing_comes_of_an_empty_batch():
    assert receive_messages([], actor=SYSTEM_ACTOR, at=AT) == []


def test_a_batch_asks_no_more_questions_for_more_messages(django_assert_max_num_queries):
    many = [Incoming(said(f"{NOISE}，第{place}天"), f"m{place}") for place in range(30)]
    receive_messages(many[:1], actor=SYSTEM_ACTOR, at=AT)

    with django_assert_max_num_queries(40):
        receive_messages(many[1:], actor=SYSTEM_ACTOR, at=AT)
