"""The restore bench at work, once a database and Django are there."""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import psycopg
from django.db import connection, connections

from linli.config.backup.carrying import carry_when_free, read_head
from linli.config.backup.checking import require_whole
from linli.config.backup.damaging import Breaker
from linli.config.backup.errors import Damaged, WrongKey
from linli.config.backup.keys import find_key
from linli.config.backup.making import Maker
from linli.config.backup.planning import Target, plan_restore
from linli.config.backup.rehearsing import Rehearser
from linli.config.backup.restoring import Restorer
from linli.config.backup.source import source_of
from linli.config.backup.store import store_of
from linli.config.bench._answer import progress
from linli.config.bench._ground import Ground, lay_ground
from linli.config.bench._load_fill import fill
from linli.config.database import embedded
from linli.config.database.folders import find
from linli.config.processes import end, start_verb
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.needs.services import NewMessage, receive_message
from linli.kernel.clock import utc_now
from linli.town.demands import Demand

MB = 2**20
LOOK_EVERY_S = 0.1
BURST = 20


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    cases: int
    rehearsals: int
    damages: int
    seconds: float


@dataclass
class Writer:
    """Takes in messages one by one, and remembers which were confirmed."""

    demands: list[Demand]
    confirmed: list[str] = field(default_factory=list)

    def burst(self, count: int) -> None:
        """Take in so many messages, each in a transaction of its own."""
        for _ in range(count):
            demand = self.demands[len(self.confirmed) % len(self.demands)]
            key = f"bench:{len(self.confirmed)}"
            new = NewMessage(
                channel=demand.channel,
                title=demand.title,
                body=f"{demand.body}（{key}）",
                area=demand.grid_code,
                matter=demand.matter,
            )
            receive_message(new, actor=SYSTEM_ACTOR, at=utc_now(), key=key)
            self.confirmed.append(key)


@dataclass
class Tally:
    """How often something was tried, and failed."""

    tried: int = 0
    failed: int = 0

    def count(self, is_good: bool, what: str) -> None:
        """Count a trial; a failed one is told."""
        self.tried += 1
        if not is_good:
            self.failed += 1
            progress(f"FAILED {what}")


def measure(home: Path, size: Size, *, seed: int) -> dict[str, float]:
    """Fill a town, back it up under writes, restore and break; returns the figures."""
    progress(f"laying the ground and storing {size.cases} cases")
    ground = lay_ground(at=utc_now())
    fill(ground, cases=size.cases, seed=seed, at=utc_now())
    return Run(home, size, seed, _writer(ground, seed=seed)).figures()


def _writer(ground: Ground, *, seed: int) -> Writer:
    return Writer(list(ground.demands(1000, until=utc_now().date(), seed=seed + 1)))


class Run:
    """One run over a filled home."""

    def __init__(self, home: Path, size: Size, seed: int, writer: Writer) -> None:
        folders = find(home)
        if folders is None:
            raise LookupError(home)
        self.home, self.size, self.seed, self.writer = home, size, seed, writer
        self.store, self.source = store_of(home), source_of(folders)
        self.key = find_key(home, may_make=True)
        self.maker = Maker(self.store, self.source, self.key, home, _silent)
        self.restored_s = [0.0]

    def figures(self) -> dict[str, float]:
        """Measure everything."""
        progress("a full set")
        began = time.monotonic()
        full = self.maker.make(at=utc_now(), is_full=True)
        full_s = time.monotonic() - began
        progress(f"{self.size.seconds:.0f} s of messages while the log is kept")
        rpo = self._log_kept()
        rehearsals, moments = Tally(), Tally()
        steps: list[tuple[float, float]] = []
        for number in range(self.size.rehearsals):
            progress(f"rehearsal {number + 1} of {self.size.rehearsals}")
            self.writer.burst(BURST)
            began = time.monotonic()
            step = self.maker.make(at=utc_now())
            steps.append((time.monotonic() - began, step.size / MB))
            self._rehearse(rehearsals)
            self._restore_moment(moments)
        damages = self._damage()
        return {
            "cases": self.size.cases,
            "database_mb": round(self.source.standing().size / MB),
            "full_s": round(full_s, 1),
            "full_mb": round(full.size / MB, 1),
            "step_s": round(max((step[0] for step in steps), default=0), 1),
            "step_mb": round(max((step[1] for step in steps), default=0), 1),
            "rpo_s": round(rpo, 1),
            "rto_s": round(max(self.restored_s), 1),
            "rehearsals_tried": rehearsals.tried,
            "rehearsals_failed": rehearsals.failed,
            "moments_tried": moments.tried,
            "moments_failed": moments.failed,
            "damages_tried": damages.tried,
            "damages_failed": damages.failed,
            "seed": self.seed,
        }

    def _log_kept(self) -> float:
        """Return the greatest age of the log's backup while messages come in."""
        watch = start_verb("backup", "watch", "--every", "1000", role="backup")
        until = time.monotonic() + self.size.seconds
        ended, ages = threading.Event(), [0.0]
        looker = threading.Thread(target=lambda: ages.extend(self._ages(ended)))
        looker.start()
        try:
            while time.monotonic() < until:
                self.writer.burst(1)
        finally:
            ended.set()
            looker.join()
            end([watch])
        return max(ages)

    def _ages(self, ended: threading.Event) -> list[float]:
        ages = []
        while not ended.wait(LOOK_EVERY_S):
            head = read_head(self.store, None)
            if head is not None:
                ages.append((utc_now() - head.at).total_seconds())
        return ages

    def _rehearse(self, tally: Tally) -> None:
        rehearser = Rehearser(self.store, self.source, self.key, self.home, _silent)
        connections.close_all()  # an open transaction of ours would hold tables
        done = rehearser.rehearse(at=utc_now())
        self.restored_s.append(done.restored_s)
        tally.count(done.is_equal and done.rows > self.size.cases, f"{done.differing}")

    def _restore_moment(self, tally: Tally) -> None:
        """Restore a moment between two messages; exactly those before it must be there."""
        self.writer.burst(BURST)
        before, moment = len(self.writer.confirmed), _server_time()
        self.writer.burst(BURST)
        carry_when_free(self.store, self.source, self.key, home=self.home)
        place = self.store.spool(self.home) / "moment"
        began = time.monotonic()
        plan = plan_restore(self.store, self.key, Target(moment=moment))
        Restorer(plan, self.key, place, _silent).restore()
        try:
            with embedded.serving(place) as server:
                self.restored_s.append(time.monotonic() - began)
                found = _keys(str(server.folders.sockets))
        finally:
            embedded.remove(place)
        expected = set(self.writer.confirmed[:before])
        tally.count(found == expected, f"{len(found)} messages, not {len(expected)}")

    def _damage(self) -> Tally:
        progress(f"{self.size.damages} damages")
        tally = Tally()
        plan = plan_restore(self.store, self.key, Target())
        breaker = Breaker(plan, seed=self.seed)
        for number in range(self.size.damages):
            with breaker.broken(number) as damage:
                tally.count(self._is_refused(damage.place), f"{damage}")
        require_whole(plan_restore(self.store, self.key, Target()), self.key)
        return tally

    def _is_refused(self, place: str) -> bool:
        try:
            require_whole(plan_restore(self.store, self.key, Target()), self.key)
        except (Damaged, WrongKey) as fault:
            return fault.field == place
        return False


def _server_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _keys(sockets: str) -> set[str]:
    with psycopg.connect(host=sockets, user="linli_owner", dbname="linli") as owner:
        rows = owner.execute("SELECT key FROM needs_message WHERE starts_with(key, 'bench:')")
        return {str(row[0]) for row in rows}


def _silent(_: str, __: str) -> None:
    """Say nothing: the bench tells where it is."""
