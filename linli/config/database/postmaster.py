"""Whether a server runs on a data folder, told from its pid file and the process itself."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from linli.config.database.binaries import run
from linli.config.database.folders import SOCKET_NAME, Folders
from linli.config.database.owner import Owner
from linli.kernel.errors import Unavailable

PID_FILE = "postmaster.pid"
START_WITHIN_S = 300.0  # recovery after a crash replays the log of the last minutes first
STOP_WITHIN_S = 60.0
CHILDREN_GONE_WITHIN_S = 60.0
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
    _clear_after_a_crash(folders)
    answer = run(
        "pg_ctl",
        *("start", "--wait", "--silent", f"--timeout={START_WITHIN_S:.0f}"),
        *("--pgdata", str(folders.data), "--log", str(folders.log)),
        owner=owner,
        timeout_s=START_WITHIN_S + 10,
    )
    if answer.code != 0:
        said = _last_words(folders) or answer.text
        raise Unavailable(
            f"内置 PostgreSQL 没有启动：{said}。日志：{folders.data / 'log'}。",
            f"The embedded PostgreSQL did not start: {said}. Its log: {folders.data / 'log'}.",
        )


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


def _clear_after_a_crash(folders: Folders) -> None:
    """Remove the marks of a dead server, once the last of its children is gone.

    PostgreSQL clears them itself unless the number in them is taken: by a stranger after a
    restart of the machine, or by the dead server where nobody buries it (seen in a container).
    A child that still writes would ruin the data of a new server, so it is waited for first.
    """
    marks = (folders.data / PID_FILE, folders.sockets / f"{SOCKET_NAME}.lock")
    if not any(mark.exists() for mark in marks):
        return
    deadline = time.monotonic() + CHILDREN_GONE_WITHIN_S
    while children := _processes_of(folders.data):
        if time.monotonic() > deadline:
            raise Unavailable(
                f"上一个数据库服务的进程 {children} 仍在写 {folders.data}。请结束它们后再启动。",
                f"Processes {children} of the last server still write to {folders.data}. "
                "End them, then start again.",
            )
        time.sleep(LOOK_EVERY_S)
    for mark in marks:
        mark.unlink(missing_ok=True)


def _processes_of(data: Path) -> list[int]:
    found = psutil.process_iter(["name"])
    named = [process.pid for process in found if process.info["name"] == "postgres"]
    return [pid for pid in named if _is_server_of(pid, data)]


def _last_words(folders: Folders) -> str:
    logs = [folders.log, *folders.data.glob("log/*.log")]
    newest = max((log for log in logs if log.exists()), key=lambda log: log.stat().st_mtime_ns)
    lines = newest.read_text(errors="replace").splitlines()[-20:]
    said = [line.partition(":  ")[2] for line in lines if "FATAL" in line or "HINT" in line]
    return "; ".join(said[-2:])
