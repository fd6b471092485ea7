"""Residents who wrote their names into their words are nowhere to be found once time is over.

Serves: X01.
"""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from linli.domain.access.selectors import RESIDENT_ACTOR
from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.services import add_note, answer_directly, record_follow_up
from linli.domain.cases.tests.builders import AT, Town, later
from linli.domain.needs.services import NewMessage, receive_message
from linli.domain.privacy.services import Asked, ask_by_receipt, fulfil_request, run_retention
from linli.domain.privacy.tests.builders import build_privacy_town
from tests.canaries.residents import Resident, planted
from tests.canaries.searching import all_tables, hits

pytestmark = pytest.mark.django_db
RESIDENTS = planted(4)
YEARS_ON = later(days=6 * 365)


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """Four residents who come, are answered, rate it, and set their names right."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = build_privacy_town()
        for one in RESIDENTS:
            lives_through(found, one)
        connection.check_constraints()
        yield found
        transaction.set_rollback(True)


def lives_through(town: Town, one: Resident) -> None:
    words = f"我是{one.name}，电话{one.phone}，楼道堆满杂物。"
    new = NewMessage(
        channel="web",
        body=words,
        address=f"{one.name}家门口",
        area="990101001001",
        reporter_name=one.written_name,
        reporter_phone=one.written_phone,
    )
    case = receive_message(new, actor=RESIDENT_ACTOR, at=AT, key=f"m{one.number}").case
    by = {"actor": town.clerk, "at": AT}
    add_note(case.public_id, text=f"{one.name}来电", key="n", **by)
    answer_directly(case.public_id, answer=f"已答复{one.name}", key="a", **by)
    said = {"contacted": True, "solved": "solved", "satisfied": "basic"}
    record_follow_up(case.public_id, comment=words, actor=town.other_clerk, at=AT, key="f", **said)
    asked = Asked("correct", words=f"应写{one.name}", name=one.name, phone=one.phone)
    request = ask_by_receipt(case, asked, actor=RESIDENT_ACTOR, at=AT, key=f"c{one.number}")
    fulfil_request(request.public_id, words=f"已更正{one.name}", key="g", **by)


def test_before_it_is_over_their_words_are_there(town):
    assert {table.split(" gives")[0] for table in hits(all_tables(), RESIDENTS)} >= {
        "public.cases_case",
        "public.needs_message",
        "public.cases_note",
        "public.cases_workitem",
        "public.cases_feedback",
        "public.privacy_personalrequest",
        "public.privacy_amendment",
    }


def test_once_it_is_over_no_table_holds_them_and_the_journal_is_whole(town):
    """Serves: X01."""
    Session.objects.create(session_key="s" * 32, session_data=RESIDENTS[0].name, expire_date=AT)

    run_retention(at=YEARS_ON)

    assert hits(all_tables(), RESIDENTS) == []
    assert list(verify_chain().faults) == []
