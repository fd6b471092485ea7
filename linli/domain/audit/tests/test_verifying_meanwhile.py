"""Checking the journal while others write and seal: what comes meanwhile is no fault.

Each writer is another connection that commits at one known point of the check, and is waited for.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from linli.domain.audit.events import RowsExported
from linli.domain.audit.selectors import VerifyReport, verify_chain, verify_journal
from linli.domain.audit.services import record, seal_journal
from linli.domain.audit.tests.anchors import MemoryAnchor, MemoryKeys
from linli.domain.audit.tests.test_seals import as_owner

AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
HEADS, ROWS = "audit_journalhead", 40
KEYS = MemoryKeys()


class Mason:
    user_id = 7
    name = "mason"


def lay() -> None:
    """Write facts on many streams, and commit."""
    with transaction.atomic():
        for stone in range(ROWS):
            record(RowsExported(f"wall-{stone}", stone, "灰"), actor=Mason(), at=AT)


def by_another(act: Callable[[], object]) -> None:
    """Let another connection do something, and wait until it is done."""

    def run() -> None:
        act()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@contextmanager
def before_heads_are_read(act: Callable[[], object]) -> Iterator[None]:
    """Let another act once, after the rows were read and before the heads are."""
    left = [act]

    def wrapper(execute, sql, params, many, context):
        if HEADS in sql and left:
            by_another(left.pop())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield
    assert left == []


class BusyAnchor(MemoryAnchor):
    """Lets another act each time all its lines have been read."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self.act, self.is_busy = act, False

    def lines(self, day: date) -> Iterator[bytes]:
        """Yield the lines that stand there now."""
        yield from list(self.kept[day])
        if self.is_busy:
            self.is_busy = False
            self.act()
            self.is_busy = True


@pytest.fixture
def anchor() -> BusyAnchor:
    """An anchor that is written to, as is the journal, whenever it has been read."""

    def write_and_seal() -> None:
        for _ in range(2):
            lay()
            seal_journal(made, KEYS)

    made = BusyAnchor(lambda: by_another(write_and_seal))
    return made


def checked_while_others_seal(anchor: BusyAnchor) -> VerifyReport:
    anchor.is_busy = True
    try:
        with before_heads_are_read(lay):
            return verify_journal(anchor, KEYS)
    finally:
        anchor.is_busy = False


@pytest.mark.django_db(transaction=True)
def test_rows_that_come_between_rows_and_heads_are_no_fault():
    """Serves: X02."""
    lay()

    with before_heads_are_read(lay):
        report = verify_chain()

    assert (report.faults, report.checked) == ((), ROWS)
    assert verify_chain().checked == 2 * ROWS


@pytest.mark.django_db(transaction=True)
def test_rows_and_seals_that_come_while_seals_are_read_are_no_fault(anchor):
    """Serves: X02."""
    lay()
    seal_journal(anchor, KEYS)

    report = checked_while_others_seal(anchor)

    assert report.faults == ()
    assert verify_journal(anchor, KEYS).is_whole


@pytest.mark.django_db(transaction=True)
def test_a_change_is_named_alone_however_much_comes_meanwhile(anchor):
    """Serves: X02."""
    lay()
    seal_journal(anchor, KEYS)
    as_owner(
        "UPDATE audit_journal SET event = 'other' WHERE id = (SELECT min(id) FROM audit_journal)"
    )

    report = checked_while_others_seal(anchor)

    assert [fault.kind for fault in report.faults] == ["altered"]


@pytest.mark.django_db(transaction=True)
def test_a_seal_that_was_noted_before_and_is_gone_is_missed_all_the_same(anchor):
    """Serves: X02."""
    lay()
    seal_journal(anchor, KEYS)
    lay()
    seal_journal(anchor, KEYS)
    anchor.kept[max(anchor.kept)].pop()

    report = verify_journal(anchor, KEYS)

    assert [(fault.kind, fault.seal) for fault in report.faults] == [("seal_missing", 2)]
