"""Processes and homes for the tests of the embedded server."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg

from linli.config.database.embedded import Server

ROOT = Path(__file__).resolve().parents[4]
HOLD = """
import sys
from pathlib import Path
from linli.config.database import embedded
server = embedded.start(Path(sys.argv[1]))
try:
    print(server.pid, flush=True)
    sys.stdin.read()
except KeyboardInterrupt:
    print("interrupted", flush=True)
    sys.stdin.read()
server.leave()
"""


def hold_server(home: Path) -> tuple[subprocess.Popen[str], int]:
    """Start a process that starts a server and holds it until its input ends."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    assert holder.stdout is not None
    return holder, int(holder.stdout.readline())


def connect(server: Server, *, role: str, database: str = "linli"):
    """Connect to a server as one of its roles."""
    return psycopg.connect(
        host=str(server.folders.sockets), user=role, dbname=database, autocommit=True
    )


def runs(pid: int) -> bool:
    """Whether a process is there and more than an unburied dead one."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_until(claim: Callable[[], bool], *, within_s: float = 30) -> bool:
    """Look again and again until a claim holds; False when it never does."""
    deadline = time.monotonic() + within_s
    while not claim():
        if time.monotonic() > deadline:
            return False
        os.sched_yield()
    return True
