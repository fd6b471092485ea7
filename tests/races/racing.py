"""Commands in processes of their own, let go at one moment, met at the case's lock."""

import multiprocessing
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from django.db import connection, transaction

from linli.domain.cases.models import Case
from linli.kernel.errors import LinliError

# Forked, so that a command is a plain closure; the parent has no connection at that moment.
PROCESSES = multiprocessing.get_context("fork")
PATIENCE_S = 60
LOOKS = 20_000
WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
Command = Callable[[], object]


def race(*commands: Command, over: Case | None = None) -> list[str]:
    """Carry the commands out at once, each in its own process with its own connection.

    Parameters
    ----------
    over : a case that is kept locked until every command waits for it: whatever a command reads
        before it holds the lock is then out of date, so that a lost update cannot hide.

    Returns what came of each, in order: "done", or the name of the error.
    """
    connection.close()
    start = PROCESSES.Event()
    runners = [_start(command, start) for command in commands]
    for _, mine in runners:
        assert _heard(mine) == "ready"
    with transaction.atomic() if over else nullcontext():
        if over is not None:
            Case.objects.select_for_update().get(pk=over.pk)
        start.set()
        if over is not None:
            _until_all_wait(len(commands))
    return _results(runners)


def _start(command: Command, start: Event) -> tuple[multiprocessing.Process, Connection]:
    mine, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=_run, args=(command, start, theirs), daemon=True)
    process.start()
    theirs.close()  # so that the end of a process is heard
    return process, mine  # type: ignore[return-value]  # a forked process is a process


def _run(command: Command, start: Event, answers: Connection) -> None:
    connection.ensure_connection()
    answers.send("ready")
    start.wait(PATIENCE_S)
    try:
        command()
    except LinliError as error:
        answers.send(type(error).__name__)
    else:
        answers.send("done")
    finally:
        connection.close()


def _until_all_wait(many: int) -> None:
    with connection.cursor() as cursor:
        for _ in range(LOOKS):
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= many:
                return
            cursor.execute("SELECT pg_stat_clear_snapshot()")
    raise AssertionError("not every command came to wait for the case's lock")


def _results(runners: Sequence[tuple[multiprocessing.Process, Connection]]) -> list[str]:
    found = []
    for process, mine in runners:
        found.append(_heard(mine))
        process.join(PATIENCE_S)
    return found


def _heard(mine: Connection) -> str:
    """What a process says next; never waits for ever."""
    assert mine.poll(PATIENCE_S), "a command never ended"
    return str(mine.recv())
