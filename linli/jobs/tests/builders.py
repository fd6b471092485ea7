"""Facts, tables and worker processes for the tests of jobs."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from django.db import connection, transaction

from linli.domain.audit.services import record
from linli.jobs.pace import Pace
from linli.kernel.events import Event

AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]
SECRET = "13800001234"
# A pace at which a dead worker is found within a second.
FAST = Pace(
    look_s=0.05,
    heartbeat_s=0.1,
    stalled_after_s=1,
    reap_s=0.1,
    claims=3,
    first_wait_s=0.3,
    longest_wait_s=0.3,
)


@dataclass(frozen=True)
class WallFact(Event):
    subject_type: ClassVar[str] = "wall"
    subject_field: ClassVar[str] = "wall"
    wall: str


@dataclass(frozen=True)
class StoneLaid(WallFact):
    name: ClassVar[str] = "jobs_stone_laid"


@dataclass(frozen=True)
class PoisonLaid(WallFact):
    name: ClassVar[str] = "jobs_poison_laid"


@dataclass(frozen=True)
class KillerLaid(WallFact):
    name: ClassVar[str] = "jobs_killer_laid"


@dataclass(frozen=True)
class GateLaid(WallFact):
    name: ClassVar[str] = "jobs_gate_laid"


@dataclass(frozen=True)
class Mason:
    user_id: int | None = 7
    name: str = "mason"


def lay(event: type[WallFact], count: int = 1) -> None:
    """Record facts, in one transaction, on several streams."""
    with transaction.atomic():
        for number in range(count):
            record(event(f"wall-{number}"), actor=Mason(), at=AT)


def marks() -> list[int]:
    """The facts whose reaction wrote into the scratch table, one entry a write."""
    return [int(row[0]) for row in rows("SELECT journal_id FROM jobs_scratch ORDER BY 1")]


def rows(sql: str, values: Sequence[str | float] = ()) -> list[tuple[Any, ...]]:
    """Rows that a query returns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return list(cursor.fetchall())


def write(sql: str, values: Sequence[str | float] = ()) -> None:
    """Run a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


@dataclass
class Workers:
    """Real worker processes of the test's database; a dead one is replaced while waiting."""

    log: Path
    running: subprocess.Popen[bytes] | None = None
    deaths: list[int] = field(default_factory=list)

    def start(self) -> subprocess.Popen[bytes]:
        """Start a worker."""
        settings = connection.settings_dict
        url = f"postgresql:///{settings['NAME']}?host={settings['HOST']}"
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "linli.jobs.tests.worker_process"],
                cwd=ROOT,
                env={**os.environ, "LINLI_DATABASE_URL": url},
                stdout=log,
                stderr=log,
            )
        return self.running

    def work_until(self, claim: Callable[[], bool], within_s: float = 60) -> bool:
        """Keep one worker running until a claim holds; False when it never does."""
        for _ in range(int(within_s / 0.05)):
            if claim():
                return True
            worker = self.running or self.start()
            if self.has_ended(worker, within_s=0.05):
                self.deaths.append(worker.returncode)
                self.running = None
        return False

    def has_ended(self, worker: subprocess.Popen[bytes], *, within_s: float) -> bool:
        """Whether a worker ends within a time."""
        try:
            worker.wait(within_s)
        except subprocess.TimeoutExpired:
            return False
        return True
