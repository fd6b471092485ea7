from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from linli.domain.audit.selectors import facts_about, outbox_size, verify_chain
from linli.domain.audit.services import once, record, record_all, take_outbox
from linli.kernel.events import Event

AT = datetime(2026, 11, 24, 8, 30, 0, 123456, tzinfo=UTC)


@dataclass(frozen=True)
class StoneLaid(Event):
    name: ClassVar[str] = "stone_laid"
    subject_type: ClassVar[str] = "wall"
    subject_field: ClassVar[str] = "wall"
    wall: str
    colour: str


@dataclass(frozen=True)
class Mason:
    user_id: int | None = 7
    name: str = "mason"


def lay(count: int, walls: int = 3) -> None:
    with transaction.atomic():
        for stone in range(count):
            record(StoneLaid(f"wall-{stone % walls}", "灰 \x7f 'quoted'"), actor=Mason(), at=AT)


def as_owner(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_journal DISABLE TRIGGER journal_append_only")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE audit_journal ENABLE TRIGGER journal_append_only")


@pytest.mark.django_db
def test_an_untouched_journal_is_whole():
    lay(30)
    report = verify_chain()
    assert report.checked == 30
    assert report.is_whole


@pytest.mark.django_db
@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_many_facts_at_once_are_chained_in_their_order(settings, algorithm):
    settings.LINLI_JOURNAL_HASH = algorithm
    lay(5)
    stones = [StoneLaid(f"wall-{stone % 3}", f"{stone}") for stone in range(200)]

    with transaction.atomic():
        ids = record_all(stones, actor=Mason(), at=AT)
        assert record_all([], actor=Mason(), at=AT) == []
    lay(5)

    assert ids == sorted(ids)
    told = [fact for wall in range(3) for fact in facts_about("wall", f"wall-{wall}")]
    assert len(told) == 210
    assert verify_chain().is_whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE audit_journal SET payload='{}' WHERE seq=3", "altered"),
        ("UPDATE audit_journal SET actor_name='nobody' WHERE seq=3", "altered"),
        ("UPDATE audit_journal SET at=at - interval '1 day' WHERE seq=3", "altered"),
        ("DELETE FROM audit_journal WHERE seq=3", "missing"),
        ("DELETE FROM audit_journal WHERE seq=10", "tail_cut"),
        (
            "UPDATE audit_journal SET seq = CASE seq WHEN 3 THEN 104 ELSE 3 END"
            " WHERE seq IN (3, 4); UPDATE audit_journal SET seq=4 WHERE seq=104",
            "altered",
        ),
        (
            "UPDATE audit_journal SET payload='{}' WHERE seq=3; UPDATE audit_journal AS row SET"
            " hash=sha256(previous || convert_to(linli_journal_text(row), 'UTF8')) WHERE seq=3",
            "reordered",
        ),
    ],
)
def test_what_the_owner_does_to_the_journal_is_found_and_named(sql, kind):
    """Serves: X02."""
    lay(30, walls=1)
    before = verify_chain().faults
    as_owner(sql.replace("seq=10", "seq=30"))
    faults = verify_chain().faults
    assert before == ()
    assert kind in {fault.kind for fault in faults}
    assert faults[0].seq in (3, 4, 29)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_journal SET payload='{}'",
        "DELETE FROM audit_journal",
        "TRUNCATE audit_journal CASCADE",
        "ALTER TABLE audit_journal DISABLE TRIGGER ALL",
        "UPDATE audit_journalhead SET seq=0",
        "DROP TABLE audit_journal CASCADE",
    ],
)
def test_the_web_role_can_only_append(sql):
    """Serves: X02."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE linli_web")
        record(StoneLaid("wall", "grey"), actor=Mason(), at=AT)
        cursor.execute("RESET ROLE")
    refused = pytest.raises((ProgrammingError, InternalError))
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE linli_web")
        cursor.execute(sql)
    assert len(facts_about("wall", "wall")) == 1


@pytest.mark.django_db
def test_even_the_owner_cannot_change_a_row_by_accident():
    """Serves: X02."""
    lay(3)
    refused = pytest.raises((ProgrammingError, InternalError))
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_journal SET payload='{}'")


@pytest.mark.django_db
def test_a_journal_kept_in_sm3_verifies_too(settings):
    lay(4)
    settings.LINLI_JOURNAL_HASH = "sm3"
    lay(4)
    report = verify_chain()
    assert report.checked == 8
    assert report.is_whole


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_a_mistake():
    with pytest.raises(RuntimeError):
        record(StoneLaid("wall", "grey"), actor=Mason(), at=AT)


@pytest.mark.django_db
def test_the_outbox_gives_each_fact_once_and_an_effect_counts_once():
    lay(3)
    taken = take_outbox(limit=2) + take_outbox(limit=2)
    assert [event for _, event in taken] == ["stone_laid"] * 3
    assert outbox_size() == 0
    assert once(taken[0][0], reaction="paint", at=AT)
    assert not once(taken[0][0], reaction="paint", at=AT)
    assert once(taken[0][0], reaction="wash", at=AT)


@pytest.mark.django_db
def test_the_audit_role_can_verify_the_chain_and_touch_nothing():
    lay(5)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE linli_audit")
        cursor.execute("SELECT count(*) FROM django_migrations")
        report = verify_chain()
        cursor.execute("RESET ROLE")
    assert (report.checked, report.is_whole) == (5, True)
    refused = pytest.raises(ProgrammingError)
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE linli_audit")
        cursor.execute("SELECT count(*) FROM cases_case")
