"""Imports that run at the same moment, or are killed in the middle, leave each row once."""

import io
import os
import signal

import pytest
from django.db import connection

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.models import Case
from linli.domain.cases.tests.builders import AT, build_town
from linli.domain.needs.models import Message, Reading
from linli.domain.needs.services import (
    ImportedBatch,
    NewMessage,
    import_messages,
    mapping_of,
    read_export,
    receive_message,
)
from tests.races.racing import PROCESSES, race

ROWS, SIZE = 60, 7
MAPPING = mapping_of("columns: {body: 内容, source_id: 编号}\n".encode(), name="m.yaml")


def export(rows: int = ROWS, *, first: int = 0) -> bytes:
    lines = [f"{number},第{number}盏路灯不亮" for number in range(first, rows)]
    return "\n".join(["编号,内容", *lines]).encode()


def take(data: bytes, *, size: int = SIZE) -> list[ImportedBatch]:
    rows = read_export(io.BytesIO(data), MAPPING, at=AT).rows
    return list(import_messages(rows, actor=SYSTEM_ACTOR, at=AT, size=size))


def assert_each_row_stands_once(rows: int = ROWS) -> None:
    numbers = Message.objects.values_list("source_id", flat=True)
    assert sorted(map(int, numbers)) == list(range(rows))
    assert Case.objects.count() == Reading.objects.count() == rows
    assert verify_chain().is_whole


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_leave_each_row_once():
    build_town()

    came = race(*[lambda: take(export())] * 3)

    assert came == ["done"] * 3
    assert_each_row_stands_once()


@pytest.mark.django_db(transaction=True)
def test_imports_that_overlap_and_a_message_of_the_same_number_leave_each_row_once():
    build_town()
    new = NewMessage("api", "第20盏路灯不亮", source="hotline", source_id="20")

    came = race(
        lambda: take(export(40)),
        lambda: take(export(ROWS, first=13), size=11),
        lambda: receive_message(new, actor=SYSTEM_ACTOR, at=AT, key="api"),
    )

    assert came == ["done"] * 3
    assert_each_row_stands_once()


def _take_until_killed(answers) -> None:
    connection.ensure_connection()
    rows = read_export(io.BytesIO(export()), MAPPING, at=AT).rows
    for _ in import_messages(rows, actor=SYSTEM_ACTOR, at=AT, size=SIZE):
        answers.send("a batch stands")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("batches", [1, 3])
def test_an_import_that_is_killed_leaves_whole_batches_and_a_second_run_completes_it(batches):
    build_town()
    connection.close()
    mine, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=_take_until_killed, args=(theirs,), daemon=True)
    process.start()
    for _ in range(batches):
        mine.recv()
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()

    stands = Message.objects.count()
    assert stands >= batches * SIZE
    assert stands % SIZE == 0 or stands == ROWS
    assert Case.objects.count() == Reading.objects.count() == stands

    take(export())

    assert_each_row_stands_once()
