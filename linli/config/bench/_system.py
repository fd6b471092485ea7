"""The running system as processes that a bench may measure or kill: database, web, worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil

from linli.config.database import embedded, postmaster
from linli.config.database.folders import find
from linli.config.supervision import address_for

ANSWERS_WITHIN_S = 60.0
LOOK_EVERY_S = 0.05
LAST_WORDS = 4000
VERBS = ("web", "worker")
PARTS = (*VERBS, "postgres")


@dataclass
class System:
    """Database, web and worker over one home. `with` starts web and worker and ends them."""

    home: Path
    verbs: tuple[str, ...] = VERBS
    bind: str = field(default_factory=lambda: address_for(0))
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        """What web and worker say."""
        return self.home / "bench.log"

    def __enter__(self) -> "System":
        self.mend()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            sys.stderr.write(self.log.read_text(errors="replace")[-LAST_WORDS:])
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def mend(self) -> float:
        """Start again what does not run; returns the seconds until the pages answer."""
        began = time.monotonic()
        folders = find(self.home)
        if folders is None or postmaster.running(folders) is None:
            os.close(embedded.start(self.home).seat)
        for verb in self.verbs:
            process = self.processes.get(verb)
            if process is None or process.poll() is not None:
                self.processes[verb] = self._start(verb)
        self._await_answer()
        return time.monotonic() - began

    def kill(self, part: str, *, rng: Random) -> str:
        """Kill one of PARTS with SIGKILL: its first process, or only a child. Says which."""
        if part == "postgres":
            folders = find(self.home)
            server = postmaster.running(folders) if folders else None
            pid = server.pid if server else None
        else:
            pid = self.processes[part].pid
        if pid is None:
            return "nothing"
        children = psutil.Process(pid).children()
        if children and rng.random() < 0.5:
            victim = rng.choice(children)
            victim.kill()
            return f"{part} child"
        self._kill_whole(part, pid)
        return part

    def _kill_whole(self, part: str, pid: int) -> None:
        if part == "postgres":
            os.kill(pid, signal.SIGKILL)
            psutil.wait_procs([psutil.Process(pid)], timeout=30)
            return
        os.killpg(pid, signal.SIGKILL)
        self.processes[part].wait()

    def _start(self, verb: str) -> subprocess.Popen[bytes]:
        arguments = ["--bind", self.bind] if verb == "web" else []
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603  # our own command
                [sys.executable, "-m", "linli.config.cli", verb, *arguments],
                env={**os.environ, "LINLI_ROLE": verb},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _await_answer(self) -> None:
        if "web" not in self.verbs:
            return
        host, _, port = self.bind.partition(":")
        deadline = time.monotonic() + ANSWERS_WITHIN_S
        while time.monotonic() < deadline and self.processes["web"].poll() is None:
            try:
                socket.create_connection((host, int(port)), timeout=1).close()
            except OSError:
                time.sleep(LOOK_EVERY_S)
            else:
                return
        raise RuntimeError(f"the pages did not answer on {self.bind}")
