"""A resident's words become a read, dispatched, answered, rated case; and back when unsolved.

Serves: R041 R049 R134.
"""

import pytest

from linli.domain.access.selectors import RESIDENT_ACTOR, SYSTEM_ACTOR
from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.selectors import Case, case_by_receipt
from linli.domain.cases.tests.builders import AT, Town, build_town, later
from linli.domain.needs.errors import KeyReused, MessageEmpty
from linli.domain.needs.selectors import NewMessage, reading_of
from linli.domain.needs.services import receive_message, train_reader
from linli.kernel.secrecy import SecretMarked

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


def said(body: str, **more: object) -> NewMessage:
    return NewMessage(channel="web", body=body, area="990101001001", **more)  # type: ignore[arg-type]  # values are of the fields' types


def test_a_trained_reader_suggests_with_reasons_and_the_case_opens_under_it(town):
    train_reader(actor=SYSTEM_ACTOR, at=AT)
    new = said("楼下工地半夜两点还在打桩，噪音太大，孩子睡不着")
    received = receive_message(new, actor=RESIDENT_ACTOR, at=AT, key="m1")
    reading = reading_of(town.clerk, received.case.public_id)
    assert received.case.matter.code.startswith("environment")
    assert reading.reasons
    assert case_by_receipt(received.receipt).pk == received.case.pk
    assert verify_chain().is_whole


def test_a_message_sent_twice_opens_one_case(town):
    first = receive_message(said("路灯不亮"), actor=RESIDENT_ACTOR, at=AT, key="m1")
    second = receive_message(said("路灯不亮"), actor=RESIDENT_ACTOR, at=later(hours=1), key="m1")
    assert second.is_repeat
    assert second.case.pk == first.case.pk
    assert Case.objects.count() == 1
    with pytest.raises(KeyReused):
        receive_message(said("水管爆了"), actor=RESIDENT_ACTOR, at=AT, key="m1")


@pytest.mark.parametrize(
    ("body", "fault"), [("  ", MessageEmpty), ("机密★10年 关于某事", SecretMarked)]
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(town, body, fault):
    with pytest.raises(fault):
        receive_message(said(body), actor=RESIDENT_ACTOR, at=AT, key="m1")
    assert not Case.objects.exists()


def test_html_emoji_and_formula_stay_text(town):
    body = "=cmd|' /C calc'!A0 <script>alert(1)</script> 😡 路坏了"
    received = receive_message(said(body), actor=RESIDENT_ACTOR, at=AT, key="m1")
    assert "<script>" in received.case.body
