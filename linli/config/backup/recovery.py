"""A server that does nothing but replay the log up to a point, on a data folder in the making."""

import os
import shlex
import time
from datetime import UTC
from pathlib import Path

from linli.config.backup.errors import ToolFailed
from linli.config.backup.planning import Target
from linli.config.database import cluster, postmaster
from linli.config.database.binaries import run
from linli.config.database.folders import Folders
from linli.config.database.owner import Owner

WITHIN_S = 3600.0
NOT_REACHED = "recovery ended before configured recovery target was reached"


def replay(folders: Folders, owner: Owner, *, log: Path, target: Target) -> None:
    """Bring the data of some folders to the target, from the segments in a folder.

    Where the log holds nothing later than the moment asked for, its end is that moment.
    Raises ToolFailed with the server's words.
    """
    try:
        _run(folders, owner, log=log, target=target)
    except ToolFailed:
        if target.moment is None or NOT_REACHED not in _words(folders):
            raise
        _run(folders, owner, log=log, target=Target())


def _run(folders: Folders, owner: Owner, *, log: Path, target: Target) -> None:
    cluster.write_settings(folders, owner, is_throw_away=False)
    with (folders.data / "linli.conf").open("a") as conf:
        conf.write(_settings(log, target))
    signal = folders.data / "recovery.signal"
    signal.touch(mode=0o600)
    os.chown(signal, owner.uid, owner.gid)
    answer = run(
        "pg_ctl",
        *("start", "--wait", "--silent", f"--timeout={WITHIN_S:.0f}"),
        *("--pgdata", str(folders.data), "--log", str(folders.log)),
        owner=owner,
        timeout_s=WITHIN_S + 10,
    )
    try:
        if answer.code != 0 or not _is_promoted(folders):
            raise ToolFailed("postgres", _words(folders)[-600:] or answer.text)
    finally:
        postmaster.halt(folders, owner)


def _settings(log: Path, target: Target) -> str:
    fetch = f"cp {shlex.quote(str(log))}/%f %p"
    lines = [
        # Nothing here counts until the whole folder was synced and got its name.
        "fsync = off",
        "hot_standby = off",
        "summarize_wal = off",
        f"restore_command = '{_quoted(fetch)}'",
        "recovery_target_timeline = 'latest'",
        "recovery_target_action = 'promote'",
    ]
    if target.moment is not None:
        moment = target.moment.astimezone(UTC)
        lines.append(f"recovery_target_time = '{moment:%Y-%m-%d %H:%M:%S.%f}+00'")
    if target.point is not None:
        lines.append(f"recovery_target_name = '{_quoted(target.point)}'")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _is_promoted(folders: Folders) -> bool:
    """Wait for the end of the replay; pg_ctl is content with its beginning."""
    deadline = time.monotonic() + WITHIN_S
    while (server := postmaster.running(folders)) is not None and time.monotonic() < deadline:
        if server.is_ready:
            return True
        time.sleep(postmaster.LOOK_EVERY_S)
    return False


def _words(folders: Folders) -> str:
    logs = sorted(folders.data.glob("log/*.log"), key=lambda path: path.stat().st_mtime_ns)
    texts = [path.read_text(errors="replace") for path in (folders.log, *logs) if path.exists()]
    lines = [line for text in texts for line in text.splitlines()]
    return "\n".join(line for line in lines if "FATAL" in line or "PANIC" in line)
