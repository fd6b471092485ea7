import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from linli.domain.audit.errors import AnchorUnreadable, JournalBehindSeal
from linli.domain.audit.events import RowsExported
from linli.domain.audit.rules.seals import read_line
from linli.domain.audit.selectors import last_seal, verify_journal
from linli.domain.audit.services import check_journal, record, restart_seals, seal_journal
from linli.domain.audit.tests.anchors import MemoryAnchor, MemoryKeys

AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class Mason:
    user_id = 7
    name = "mason"


def lay(count: int, walls: int = 5) -> None:
    with transaction.atomic():
        for stone in range(count):
            record(RowsExported(f"wall-{stone % walls}", stone, "灰"), actor=Mason(), at=AT)


def as_owner(*statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_journal DISABLE TRIGGER USER")
        for sql in statements:
            cursor.execute(sql)
        cursor.execute("ALTER TABLE audit_journal ENABLE TRIGGER USER")


@pytest.fixture
def anchor() -> MemoryAnchor:
    return MemoryAnchor()


@pytest.fixture
def keys() -> MemoryKeys:
    return MemoryKeys()


def test_an_untouched_journal_fits_its_seals(anchor, keys):
    """Serves: X02."""
    for count in (10, 1, 40):
        lay(count)
        seal_journal(anchor, keys)
    lay(3)

    report = verify_journal(anchor, keys)

    assert (report.faults, report.checked, report.unsealed, report.seals) == ((), 54, 3, 3)


def test_nothing_new_makes_no_seal_but_a_heartbeat(anchor, keys):
    lay(5)
    assert len(seal_journal(anchor, keys, quiet_s=60)) == 1
    assert seal_journal(anchor, keys, quiet_s=60) == []
    assert len(seal_journal(anchor, keys)) == 1
    assert verify_journal(anchor, keys).is_whole


def test_a_late_run_catches_up_in_as_many_seals_as_it_needs(anchor, keys):
    lay(55)

    made = seal_journal(anchor, keys, rows=20)

    assert [seal.is_caught_up for seal in made] == [False, False, True]
    report = verify_journal(anchor, keys)
    assert (report.is_whole, report.unsealed) == (True, 0)


def test_only_what_came_after_a_seal_is_looked_at_when_asked(anchor, keys):
    lay(30)
    seal_journal(anchor, keys)
    lay(7)
    second = seal_journal(anchor, keys)[0]
    lay(2)

    assert verify_journal(anchor, keys, since=1).checked == 9
    assert verify_journal(anchor, keys, since=second.number).checked == 2


RECHAINED = """
DO $$ DECLARE r record; last bytea; BEGIN
    FOR r IN SELECT DISTINCT stream FROM audit_journal LOOP
        last := sha256(convert_to('linli journal stream ' || r.stream, 'UTF8'));
        DECLARE e audit_journal; BEGIN
            FOR e IN SELECT * FROM audit_journal WHERE stream = r.stream ORDER BY seq LOOP
                UPDATE audit_journal SET previous = last,
                    hash = sha256(last || convert_to(linli_journal_text(e), 'UTF8'))
                    WHERE id = e.id RETURNING hash INTO last;
            END LOOP;
        END;
        UPDATE audit_journalhead SET hash = last, seq = (
            SELECT max(seq) FROM audit_journal WHERE stream = r.stream
        ) WHERE stream = r.stream;
    END LOOP;
END $$
"""


@pytest.mark.parametrize("is_rechained", [False, True])
@pytest.mark.parametrize(
    ("sql", "seq", "kind"),
    [
        ("UPDATE audit_journal SET payload='{}' WHERE seq=7", 7, "altered"),
        ("UPDATE audit_journal SET id=-id WHERE seq=7", 7, "altered"),
        ("UPDATE audit_journal SET recorded_at=now() WHERE seq=1", 1, "altered"),
        ("DELETE FROM audit_journal WHERE seq=7", 7, "missing"),
        ("DELETE FROM audit_journal WHERE seq>26", 26, "tail"),
        (
            "UPDATE audit_journal SET seq=-seq WHERE seq IN (4, 5);"
            "UPDATE audit_journal SET seq=9+seq WHERE seq<0",
            5,
            "reordered",
        ),
        (
            "UPDATE audit_journal SET seq=-seq WHERE seq>3;"
            "UPDATE audit_journal SET seq=1-seq WHERE seq<0;"
            "INSERT INTO audit_journal (stream, seq, at, recorded_at, event, subject_type,"
            " subject_id, actor_name, payload, algorithm, previous, hash)"
            " SELECT stream, 4, at, recorded_at, event, subject_type, subject_id, 'forger', '{}',"
            " algorithm, previous, hash FROM audit_journal WHERE seq=3",
            4,
            "inserted",
        ),
    ],
)
def test_the_row_is_named_even_if_the_whole_chain_was_reckoned_anew(
    anchor, keys, sql, seq, kind, is_rechained
):
    """Serves: X02."""
    lay(20, walls=1)
    seal_journal(anchor, keys)
    lay(10, walls=1)
    seal_journal(anchor, keys)

    as_owner(*sql.split(";"), *([RECHAINED] if is_rechained else []))
    faults = verify_journal(anchor, keys).faults

    named = {(fault.seq, fault.kind) for fault in faults}
    wanted = {"tail_cut", "rolled_back"} if kind == "tail" else {kind}
    places = {4, 5} if kind == "reordered" else {seq}
    assert named & {(place, one) for place in places for one in wanted}, named
    if is_rechained:
        assert len(faults) == 1, faults


def test_an_old_copy_put_back_is_told_with_its_age(anchor, keys):
    """Serves: X02."""
    lay(20)
    seal_journal(anchor, keys)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE old AS SELECT id FROM audit_journal")
        cursor.execute("CREATE TABLE old_head AS SELECT * FROM audit_journalhead")
    lay(20)
    seal_journal(anchor, keys)

    as_owner(
        "DELETE FROM audit_journal WHERE id NOT IN (SELECT id FROM old)",
        "UPDATE audit_journalhead h SET seq=o.seq, hash=o.hash FROM old_head o"
        " WHERE o.stream=h.stream",
    )
    faults = verify_journal(anchor, keys).faults

    assert {(fault.kind, fault.seal) for fault in faults} == {("rolled_back", 1)}
    with pytest.raises(JournalBehindSeal):
        seal_journal(anchor, keys)


def test_after_a_restore_a_person_lets_it_begin_anew_and_every_check_tells(anchor, keys):
    lay(20)
    seal_journal(anchor, keys)
    as_owner("DELETE FROM audit_journal WHERE seq>2", RECHAINED)

    restart_seals(anchor, keys, reason="由备份恢复到 8 时")
    seal_journal(anchor, keys)
    lay(4)
    seal_journal(anchor, keys)
    report = verify_journal(anchor, keys)

    assert (report.faults, [seal.restart for seal in report.restarts]) == (
        (),
        ["由备份恢复到 8 时"],
    )
    as_owner("UPDATE audit_journal SET actor_name='x' WHERE seq=1", RECHAINED)
    assert {fault.kind for fault in verify_journal(anchor, keys).faults} == {"altered"}


def lines(anchor: MemoryAnchor) -> list[bytes]:
    return next(iter(anchor.kept.values()))


def remarked(line: bytes) -> bytes:
    """A seal beside which other marks are kept than those that were signed."""
    seal = read_line(line)
    assert seal is not None
    return replace(seal, marks=bytes(len(seal.marks))).line()


def changed(line: bytes, **said: object) -> bytes:
    kept = json.loads(line)
    kept["seal"] |= said
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    ("attack", "kind", "number"),
    [
        (lambda kept: kept.pop(1), "seal_missing", 2),
        (lambda kept: kept.pop(), "seal_missing", 4),
        (lambda kept: kept.clear(), "seal_missing", 1),
        (lambda kept: kept.insert(1, kept.pop(2)), "seal_reordered", 2),
        (lambda kept: kept.append(kept[1]), "seal_reordered", 2),
        (lambda kept: kept.__setitem__(1, kept[1][:-9] + b"x" + kept[1][-8:]), "seal_", 2),
        (lambda kept: kept.__setitem__(2, changed(kept[2], rows=1)), "seal_altered", 3),
        (lambda kept: kept.__setitem__(2, remarked(kept[2])), "seal_altered", 3),
        (lambda kept: kept.__setitem__(2, b""), "seal_missing", 3),
    ],
)
def test_what_is_done_to_a_seal_is_found_and_its_number_named(anchor, keys, attack, kind, number):
    """Serves: X02."""
    for _ in range(4):
        lay(6)
        seal_journal(anchor, keys)

    attack(lines(anchor))
    faults = verify_journal(anchor, keys).faults

    assert [f for f in faults if f.kind.startswith(kind) and f.seal == number], faults


def test_seals_of_another_key_are_not_believed(anchor, keys):
    lay(6)
    seal_journal(anchor, MemoryKeys(2))

    assert {f.kind for f in verify_journal(anchor, keys).faults} >= {"seal_unknown_key"}


def test_an_emptied_anchor_is_not_quietly_begun_anew(anchor, keys):
    lay(6)
    seal_journal(anchor, keys)

    with pytest.raises(AnchorUnreadable):
        seal_journal(MemoryAnchor(), keys)
    known = last_seal()
    assert known is not None
    assert known.rows == 6


def test_half_a_line_of_a_power_cut_is_passed_over(anchor, keys):
    lay(6)
    seal_journal(anchor, keys)
    lines(anchor).append(lines(anchor)[0][:100])
    lay(6)
    seal_journal(anchor, keys)

    assert verify_journal(anchor, keys).is_whole


def test_a_row_stamped_by_a_clock_that_was_set_back_is_named(anchor, keys):
    """Serves: X02."""
    lay(10, walls=1)
    seal_journal(anchor, keys)
    lay(2, walls=1)
    as_owner(
        "UPDATE audit_journal SET recorded_at = recorded_at - interval '1 day' WHERE seq=12",
        RECHAINED,
    )
    seal_journal(anchor, keys)

    assert [(f.seq, f.kind) for f in verify_journal(anchor, keys).faults] == [(12, "clock")]


def test_a_row_dated_before_the_seal_ahead_of_it_is_named_in_a_stream_of_its_own(anchor, keys):
    lay(10, walls=3)
    seal_journal(anchor, keys)
    with transaction.atomic():
        record(RowsExported("another", 1, ""), actor=Mason(), at=AT)
    as_owner(
        "UPDATE audit_journal SET recorded_at = recorded_at - interval '1 day'"
        " WHERE subject_id='another'",
        RECHAINED,
    )
    seal_journal(anchor, keys)

    assert {f.kind for f in verify_journal(anchor, keys).faults} == {"clock"}


def test_what_the_database_noted_of_a_seal_is_compared(anchor, keys):
    lay(5)
    seal_journal(anchor, keys)
    seal_journal(anchor, keys)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_sealnote SET digest='x' WHERE number=1")

    assert [(f.kind, f.seal) for f in verify_journal(anchor, keys).faults] == [("seal_note", 1)]


def test_the_worker_seals_and_the_audit_role_checks(anchor, keys):
    lay(5)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE linli_worker")
        seal_journal(anchor, keys)
        cursor.execute("SET LOCAL ROLE linli_audit")
        report = check_journal(anchor, keys, actor=Mason(), at=AT)
        cursor.execute("RESET ROLE")

    assert (report.is_whole, report.checked, report.upto) == (True, 5, 1)


def test_a_check_goes_on_from_where_all_was_whole(anchor, keys):
    lay(5)
    seal_journal(anchor, keys)
    assert check_journal(anchor, keys, actor=Mason(), at=AT).checked == 5
    assert check_journal(anchor, keys, actor=Mason(), at=AT).checked == 0
    as_owner("UPDATE audit_journal SET payload='{}' WHERE seq=1")
    assert not check_journal(anchor, keys, actor=Mason(), at=AT, since=0).is_whole
    assert not check_journal(anchor, keys, actor=Mason(), at=AT).is_whole


def test_on_another_machine_without_the_anchor_a_person_begins_anew(keys):
    first, second = MemoryAnchor(), MemoryAnchor()
    lay(5)
    for _ in range(3):
        seal_journal(first, keys)
    check_journal(first, keys, actor=Mason(), at=AT)

    restart_seals(second, keys, reason="迁到新机器")
    seal_journal(second, keys)
    report = check_journal(second, keys, actor=Mason(), at=AT)

    assert (report.faults, report.checked, len(report.restarts)) == ((), 5, 1)
