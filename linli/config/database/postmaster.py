"""Whether a server runs on a data folder, told from its pid file and the process itself."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from linli.config.database.binaries import run
from linli.config.database.folders import Folders
from linli.config.database.owner import Owner
from linli.kernel.errors import Unavailable

PID_FILE = "postmaster.pid"
START_WITHIN_S = 300.0  # recovery after a crash replays the log of the last minutes first
STOP_WITHIN_S = 60.0
LOOK_EVERY_S = 0.05


@dataclass(frozen=True)
class Postmaster:
    """The first process of a running server."""

    pid: int
    is_ready: bool


def running(folders: Folders) -> Postmaster | None:
    """Return the server that runs on the folders; a stale pid file counts as none."""
    lines = _pid_file_lines(folders.data)
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    if not _is_server_of(pid, folders.data):
        return None
    return Postmaster(pid, len(lines) >= 8 and lines[7].strip() == "ready")


def launch(folders: Folders, owner: Owner) -> None:
    """Start the server in a session of its own and wait until it answers.

    Ctrl-C in the terminal does not reach it: who started it stops it, after the last write.
    """
    deadline = time.monotonic() + START_WITHIN_S
    while True:
        _drop_stale_pid_file(folders)
        answer = run(
            "pg_ctl",
            *("start", "--wait", "--silent", f"--timeout={START_WITHIN_S:.0f}"),
            *("--pgdata", str(folders.data), "--log", str(folders.log)),
            owner=owner,
            timeout_s=START_WITHIN_S + 10,
        )
        if answer.code == 0:
            return
        said = _last_words(folders.log)
        # Children of a killed server hold its memory until they notice; that takes moments.
        if "still in use" not in said or time.monotonic() > deadline:
            raise Unavailable(
                f"内置 PostgreSQL 没有启动：{said or answer.text}。日志：{folders.log}。",
                f"The embedded PostgreSQL did not start: {said or answer.text}. "
                f"Its log: {folders.log}.",
            )
        time.sleep(LOOK_EVERY_S)


def await_ready(folders: Folders) -> None:
    """Wait for a server that somebody else started to accept connections."""
    deadline = time.monotonic() + START_WITHIN_S
    while (server := running(folders)) is not None and time.monotonic() < deadline:
        if server.is_ready:
            return
        time.sleep(LOOK_EVERY_S)
    raise Unavailable(
        f"内置 PostgreSQL 没有准备好。请看日志：{folders.log}。",
        f"The embedded PostgreSQL did not become ready. See its log: {folders.log}.",
    )


def halt(folders: Folders, owner: Owner) -> None:
    """Stop the server after its running transactions were rolled back and its data written."""
    server = running(folders)
    if server is None:
        return
    for mode in ("fast", "immediate"):
        answer = run(
            "pg_ctl",
            *("stop", "--wait", "--silent", f"--mode={mode}", f"--timeout={STOP_WITHIN_S:.0f}"),
            *("--pgdata", str(folders.data)),
            owner=owner,
            timeout_s=STOP_WITHIN_S + 10,
        )
        if answer.code == 0 or running(folders) is None:
            return
    os.kill(server.pid, signal.SIGKILL)


def _pid_file_lines(data: Path) -> list[str]:
    try:
        return (data / PID_FILE).read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _is_server_of(pid: int, data: Path) -> bool:
    # After a restart of the machine the number may be anybody's, hence name and folder.
    try:
        process = psutil.Process(pid)
        is_alive = process.status() != psutil.STATUS_ZOMBIE
        return is_alive and process.name() == "postgres" and Path(process.cwd()) == data
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def _drop_stale_pid_file(folders: Folders) -> None:
    if running(folders) is None:
        (folders.data / PID_FILE).unlink(missing_ok=True)


def _last_words(log: Path) -> str:
    try:
        lines = log.read_text(errors="replace").splitlines()[-20:]
    except FileNotFoundError:
        return ""
    said = [line.partition(":  ")[2] for line in lines if "FATAL" in line or "HINT" in line]
    return "; ".join(said[-2:])
