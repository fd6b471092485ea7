"""Each state of halfway.yaml, planted as a crash leaves it, and ended by what is named there."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml
from django.conf import settings
from django.db import transaction

import linli.jobs
from linli.config.anchor import FolderAnchor
from linli.config.attachment_files import HALF
from linli.config.bench._queue_cases import (
    card_ends,
    import_again,
    joins_whole,
    reminds,
    ring_late,
)
from linli.config.bench._whole import rows
from linli.config.database import embedded
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.events import RowsExported
from linli.domain.audit.selectors import anchor_store, last_seal, seal_keys, verify_journal
from linli.domain.audit.services import record, seal_journal
from linli.domain.cases.events import CaseUrged
from linli.jobs.schedule import SCHEDULE
from linli.kernel.clock import utc_now
from linli.kernel.events import Event
from linli.kernel.ids import public_id

FILE = Path(linli.jobs.__file__).with_name("halfway.yaml")
LONG_AGO_S = 7200.0
PLANTED = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('nobody', 'planted', '{}')
RETURNING id"""
BEGUN = "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = {} RETURNING 1"
FAILED = "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = {} RETURNING 1"
LONG_FAILED = "UPDATE procrastinate_events SET at = at - interval '91 days' WHERE job_id = {}"
QUEUED = "SELECT id FROM procrastinate_jobs WHERE (args ->> 'journal_id')::bigint = {}"
STATUS = "SELECT status::text FROM procrastinate_jobs WHERE id = {}"
AWAY = "DELETE FROM procrastinate_jobs WHERE queue_name = 'nobody' RETURNING 1"
LEFT_BEHIND = """
import os, pathlib, signal, sys
from linli.config.database import embedded
embedded.start(pathlib.Path(sys.argv[1]), is_throw_away=True)
os.kill(os.getpid(), signal.SIGKILL)"""


@dataclass(frozen=True)
class Plot:
    """What the states are planted in.

    Parameters
    ----------
    home : a folder of our own. ref : public id of an open case at a unit. whole, part : of two
        more. messages : of an import, each as its row. sees : whether a person is shown a job.
    """

    home: Path
    ref: str
    whole: str
    part: str
    messages: list[dict[str, object]]
    sees: Callable[[int], bool]


def states() -> list[str]:
    """Return the states that a crash can leave, as the list has them."""
    return [row["state"] for row in yaml.safe_load(FILE.read_text(encoding="utf-8"))]


def unrepaired(plot: Plot, *, without: Collection[str] = ()) -> list[str]:
    """Plant each state and let its sweeper run; returns those that it left, or nobody plants."""
    asked = [state for state in states() if state not in without]
    return [state for state in asked if state not in PLANTS or not PLANTS[state](plot)]


def sweep(name: str) -> None:
    """Keep an appointment of the schedule now."""
    next(one for one in SCHEDULE if one.name == name).do(utc_now())


def _write(event: Event) -> int:
    with transaction.atomic():
        return record(event, actor=SYSTEM_ACTOR, at=utc_now())


def _queued(plot: Plot) -> bool:
    fact = _write(CaseUrged(plot.ref, "", ""))
    sweep("queue_reactions")
    return len(rows(QUEUED.format(int(fact)))) == 1


def _job(*steps: str) -> int:
    job = int(rows(PLANTED)[0][0])
    for step in steps:
        rows(step.format(job) + ("" if "RETURNING" in step else " RETURNING 1"))
    return job


def _status(job: int) -> str:
    found = rows(STATUS.format(job))
    return str(found[0][0]) if found else "gone"


def _freed(_: Plot) -> bool:
    job = _job(BEGUN)
    sweep("free_stalled_jobs")
    is_free = _status(job) == "todo"
    rows(AWAY)
    return is_free


def _seen(plot: Plot) -> bool:
    job = _job(BEGUN, FAILED)
    is_seen = plot.sees(job)
    rows(AWAY)
    return is_seen


def _forgotten(_: Plot) -> bool:
    job = _job(BEGUN, FAILED, LONG_FAILED)
    sweep("delete_old_jobs")
    return _status(job) == "gone"


def _sealed(_: Plot) -> bool:
    _write(RowsExported(public_id(), 0, "planted"))
    seal_journal(anchor_store(), seal_keys())
    fact = _write(RowsExported(public_id(), 0, "planted"))
    before = last_seal()
    sweep("seal_journal")
    seal_now, written = last_seal(), int(rows("SELECT count(*) FROM audit_journal")[0][0])
    return fact > 0 and before != seal_now and seal_now is not None and seal_now.rows == written


def _torn(_: Plot) -> bool:
    _write(RowsExported(public_id(), 0, "planted"))
    seal_journal(anchor_store(), seal_keys())
    store = cast(FolderAnchor, anchor_store())
    with store.path_of(store.days()[-1]).open("ab") as file:
        file.write(b'{"number":')
    _write(RowsExported(public_id(), 0, "planted"))
    sweep("seal_journal")
    report = verify_journal(anchor_store(), seal_keys())
    return report.is_whole and not report.unsealed


def _swept(*, is_half: bool) -> bool:
    files, name = settings.LINLI_ATTACHMENTS, public_id()
    files.put(name, b"nobody's")
    path = files.path_of(name)
    if is_half:
        path = path.rename(path.with_name(path.name + HALF))
    past = time.time() - LONG_AGO_S
    os.utime(path, (past, past))
    sweep("sweep_attachments")
    return not path.exists()


def _adopted(_: Plot) -> bool:
    home = Path(tempfile.mkdtemp(prefix="linli-bench-"))
    try:
        subprocess.run(  # noqa: S603  # our own words
            [sys.executable, "-c", LEFT_BEHIND, str(home)], check=False
        )
        server = embedded.start(home, is_throw_away=True)
        server.leave()
        return server.pid > 0
    finally:
        embedded.remove(home)


PLANTS: Mapping[str, Callable[[Plot], bool]] = {
    "a fact whose reactions are not queued": _queued,
    "a job held by a worker that died": _freed,
    "a job that fails again and again": _seen,
    "a job given up long ago": _forgotten,
    "a timer that is due and has not fired": lambda p: ring_late(p.ref, sweep),
    "a whole whose parts are closed and that has not gone on": lambda p: joins_whole(
        p.whole, p.part, sweep
    ),
    "a record that is due for review and whose unit was not reminded": lambda _: reminds(sweep),
    "a crisis card that ran out and whose words are still there": lambda p: card_ends(p.ref, sweep),
    "facts without a seal": _sealed,
    "a photograph's file that no row names": lambda _: _swept(is_half=False),
    "a photograph's file half written": lambda _: _swept(is_half=True),
    "an export file taken in part": lambda p: import_again(p.messages, p.home),
    "a line of a seal torn by a power cut": _torn,
    "a server left behind by a process that was killed": _adopted,
}
