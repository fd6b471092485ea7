"""Workers and a reaper as processes: killed, frozen, and replaced when they are gone."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Self

from linli.jobs.pace import Pace

LOOK_EVERY_S = 0.01
GONE_WITHIN_S = 20.0
FROZEN_LEASES = 1.5  # how long somebody lies frozen: his jobs are another's by then
WORKER, REAPER = "worker", "reaper"


@dataclass
class Crew:
    """Who works. `with` starts all and ends all.

    Parameters
    ----------
    pace : of everybody. env : what their environment has beside ours. log : what they say.
    workers : how many at a time; one reaper beside them.
    """

    pace: Pace
    env: Mapping[str, str]
    log: Path
    workers: int = 3
    alive: dict[int, str] = field(default_factory=dict)
    frozen: dict[int, float] = field(default_factory=dict)
    died: int = 0

    def __enter__(self) -> Self:
        with self.log.open("ab") as log:
            self._nursery = subprocess.Popen(  # noqa: S603  # our own command
                [
                    *(sys.executable, "-m", "linli.config.bench._queue_nursery"),
                    json.dumps(asdict(self.pace)),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, **self.env},
                start_new_session=True,
            )
        self.mend()
        return self

    def __exit__(self, *_: object) -> None:
        if self._nursery.stdin is not None:
            self._nursery.stdin.close()
        self._nursery.wait(GONE_WITHIN_S)
        if self._nursery.stdout is not None:
            self._nursery.stdout.close()

    def mend(self) -> None:
        """Wake who has been frozen long enough, and replace who is gone."""
        for pid, until in list(self.frozen.items()):
            if until <= time.monotonic():
                self.thaw(pid)
        for pid in [pid for pid in self.alive if not _lives(pid)]:
            self._forget(pid)
            self.died += 1
        here = list(self.alive.values())
        for role in [REAPER] * (1 - here.count(REAPER)):
            self._start(role)
        for role in [WORKER] * (self.workers - here.count(WORKER)):
            self._start(role)

    def kill(self, role: str, chance: Random) -> None:
        """Kill somebody of a role with SIGKILL, and see that it is gone."""
        pid = chance.choice([pid for pid, one in self.alive.items() if one == role])
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + GONE_WITHIN_S
        while _lives(pid):
            if time.monotonic() > deadline:
                raise RuntimeError(f"{role} {pid} does not die")
            time.sleep(LOOK_EVERY_S)
        self._forget(pid)

    def freeze(self, chance: Random) -> bool:
        """Freeze a worker beyond its lease, as a machine that stalls; False where one is."""
        if self.frozen:
            return False
        pid = chance.choice([pid for pid, one in self.alive.items() if one == WORKER])
        os.kill(pid, signal.SIGSTOP)
        self.frozen[pid] = time.monotonic() + self.pace.stalled_after_s * FROZEN_LEASES
        return True

    def thaw(self, pid: int) -> None:
        """Let somebody frozen go on."""
        del self.frozen[pid]
        if _lives(pid):
            os.kill(pid, signal.SIGCONT)

    def _start(self, role: str) -> None:
        if self._nursery.stdin is None or self._nursery.stdout is None:
            raise RuntimeError("the nursery has no ears")
        self._nursery.stdin.write(f"{role}\n")
        self._nursery.stdin.flush()
        answer = self._nursery.stdout.readline()
        if not answer:
            raise RuntimeError(f"nobody starts: {self.log.read_text(errors='replace')[-2000:]}")
        self.alive[int(answer)] = role

    def _forget(self, pid: int) -> None:
        del self.alive[pid]
        self.frozen.pop(pid, None)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
