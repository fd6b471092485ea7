"""Reporters that lay in clear, and fingerprints without a key, as earlier versions left them."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.needs.models import Message
from linli.domain.needs.rules.intake import checked_message
from linli.domain.needs.selectors.standing import standing
from linli.domain.needs.services import open_reporter
from linli.domain.needs.services.planning import fingerprint
from linli.domain.needs.tests.builders import build_read_town, receive, said
from linli.domain.vault.models import DataKey
from linli.domain.vault.selectors import find_by

AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
BEFORE, AFTER = [("needs", "0001_messages")], [("needs", "0003_no_reporters_in_clear")]


@pytest.mark.django_db(transaction=True)
def test_reporters_of_earlier_versions_move_into_the_vault_and_leave_no_table_behind():
    build_read_town()
    first, second = (receive(said(source_id=f"A-{n}"), key=f"k{n}") for n in (1, 2))
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes("needs")
    MigrationExecutor(connection).migrate(BEFORE)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO needs_reporter (message_id, name, phone)"
            " VALUES (%s, %s, %s), (%s, '', '')",
            [first.message.pk, "林小满", "138 0000 1234", second.message.pk],
        )
        cursor.execute("UPDATE needs_message SET fingerprint = %s", [fingerprint(said())])

    MigrationExecutor(connection).migrate(AFTER)
    MigrationExecutor(connection).migrate(latest)

    ref = first.case.public_id
    reporter = open_reporter(ref, actor=SYSTEM_ACTOR, reason="contact", at=AT)
    assert (reporter.name, reporter.phone) == ("林小满", "138 0000 1234")
    assert find_by("repeat_caller", "13800001234") == [ref]
    assert list(DataKey.objects.values_list("subject", flat=True)) == [ref]
    assert "needs_reporter" not in connection.introspection.table_names()
    keyed = set(Message.objects.values_list("fingerprint", flat=True))
    assert len(keyed) == 1
    assert fingerprint(said()) not in keyed


@pytest.mark.django_db(transaction=True)
def test_a_submission_of_an_earlier_version_is_still_known_when_it_comes_again():
    build_read_town()
    receive(said())
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes("needs")
    MigrationExecutor(connection).migrate(BEFORE)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE needs_message SET fingerprint = %s", [fingerprint_of_stored()])
    MigrationExecutor(connection).migrate(latest)

    assert receive(said()).is_repeat


def fingerprint_of_stored() -> str:
    return fingerprint(checked_message(said(), limits=standing(AT).limits, at=AT))
