"""Start, adopt and stop the embedded server; whoever uses it last turns it off.

Two lock files in LINLI_HOME. `postgres.lock` is held for the moments of starting and stopping.
`postgres.users` is held shared by every process that uses the server, for as long as it does:
the kernel drops a lock with its process, so also a killed one is not counted any more.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from linli.config.database import cluster, postmaster, roles
from linli.config.database.folders import CLUSTERS, Folders, find, lay_out, make_home
from linli.config.database.owner import server_owner
from linli.kernel.errors import Unavailable


@dataclass(frozen=True)
class Server:
    """A running embedded server that this process uses until it leaves."""

    folders: Folders
    pid: int
    was_adopted: bool
    seat: int

    def leave(self) -> None:
        """Give up the server; stops it when nobody else uses it."""
        with _starting_and_stopping(self.folders.home):
            fcntl.flock(self.seat, fcntl.LOCK_UN)
            if _nobody_sits(self.seat):
                postmaster.halt(self.folders, server_owner())
            os.close(self.seat)


def start(home: Path, *, is_throw_away: bool = False) -> Server:
    """Start the server of a home, or adopt the one that runs, and take a seat at it.

    Raises Unavailable where the server cannot be made or started, with the reason.
    """
    owner = server_owner()
    make_home(home)
    with _starting_and_stopping(home):
        folders = lay_out(home, owner)
        found = postmaster.running(folders)
        if found is None:
            cluster.ensure_cluster(folders, owner)
            cluster.write_settings(folders, owner, is_throw_away=is_throw_away)
            postmaster.launch(folders, owner)
        postmaster.await_ready(folders)
        roles.make_layout(str(folders.sockets), superuser=cluster.SUPERUSER)
        now = postmaster.running(folders)
        if now is None:
            raise Unavailable(
                f"内置 PostgreSQL 刚启动就停了。请看日志：{folders.log}。",
                f"The embedded PostgreSQL stopped right after its start. Log: {folders.log}.",
            )
        seat = _open(home / "postgres.users")
        fcntl.flock(seat, fcntl.LOCK_SH)
    return Server(folders, now.pid, found is not None, seat)


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """Use the server of a home for the length of a block."""
    server = start(home)
    try:
        yield server
    finally:
        server.leave()


def stop(home: Path) -> bool:
    """Stop the server of a home whoever uses it; False where none ran."""
    folders = find(home)
    if folders is None:
        return False
    with _starting_and_stopping(home):
        was_running = postmaster.running(folders) is not None
        postmaster.halt(folders, server_owner())
    return was_running


def is_in_use(home: Path) -> bool:
    """Whether any process has a seat at the server of a home."""
    seat = _open(home / "postgres.users")
    try:
        return not _nobody_sits(seat)
    finally:
        os.close(seat)


def remove(home: Path) -> None:
    """Stop the server of a home and delete the home with all data; for throw-away homes."""
    stop(home)
    folders = find(home)
    if folders is not None and folders.data.parent.parent == CLUSTERS:
        shutil.rmtree(folders.data.parent)
    elif folders is not None and not folders.sockets.is_relative_to(home):
        shutil.rmtree(folders.sockets, ignore_errors=True)
    shutil.rmtree(home)


@contextmanager
def _starting_and_stopping(home: Path) -> Iterator[None]:
    descriptor = _open(home / "postgres.lock")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _nobody_sits(seat: int) -> bool:
    try:
        fcntl.flock(seat, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
