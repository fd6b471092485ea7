"""The log and the changed files, carried into the backup folder: what bounds how much is lost.

A segment stays with the server (by its slot) until its sealed copy is on the backup's disk.
"""

import gzip
import json
import shutil
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from linli.config.backup import homefiles, lsn
from linli.config.backup.errors import Busy, Damaged
from linli.config.backup.framing import PARTIAL, sealing
from linli.config.backup.keys import BackupKey
from linli.config.backup.sealing import read_sealed, write_sealed, write_whole
from linli.config.backup.source import Source, Standing
from linli.config.backup.store import Store, stamp_of
from linli.config.backup.tools import run_tool
from linli.config.durable import make_folder, sync_folder
from linli.kernel.errors import LinliError

SEALED = ".sealed"
ATTEMPTS, PAUSE_S = 40, 0.5


@dataclass(frozen=True)
class Head:
    """How far the backups reach: all that was committed before `at`, log before `end`."""

    at: datetime
    end: int
    timeline: int
    system: str
    files: str | None


@dataclass(frozen=True)
class Carried:
    """What a round brought: the new head, how many segments, and whether the log has a hole."""

    head: Head
    segments: int
    has_hole: bool


def carry(store: Store, source: Source, key: BackupKey, *, home: Path) -> Carried:
    """Carry the log up to now and the changed files into the backup folder.

    Raises Busy where another process does so, ToolFailed and WriteFailed.
    """
    with store.busy("log"):
        spool = store.spool(home) / "log"
        make_folder(spool)
        source.ensure_slot(store.slot)
        standing = source.standing()
        switched = source.switch_log()
        kept_from = source.kept_from(store.slot)
        has_hole = _has_hole(store, standing, kept_from)
        if kept_from < switched.end:
            _receive(source, store.slot, spool, switched.end)
        count = _seal_segments(store, key, spool)
        files = _carry_files(store, key, home=home, at=switched.at)
        head = Head(switched.at, switched.end, standing.timeline, standing.system, files)
        _write_head(store, key, head)
        source.let_go(store.slot, switched.end)
    return Carried(head, count, has_hole)


def carry_when_free(store: Store, source: Source, key: BackupKey, *, home: Path) -> Carried:
    """Carry the log, after whoever keeps it has ended a round. Raises Busy after 20 s."""
    for _ in range(ATTEMPTS):
        try:
            return carry(store, source, key, home=home)
        except Busy:
            time.sleep(PAUSE_S)
    return carry(store, source, key, home=home)


def read_head(store: Store, key: BackupKey | None) -> Head | None:
    """Return how far the backups reach, or None in a folder without sets and log."""
    if not store.head.exists() and not store.names() and not any(store.wal.glob(f"*{SEALED}")):
        return None
    content = read_sealed(store.head, key, place="head.json")
    try:
        return Head(
            datetime.fromisoformat(str(content["at"])),
            lsn.parse(str(content["end"])),
            int(str(content["timeline"])),
            str(content["system"]),
            None if content["files"] is None else str(content["files"]),
        )
    except (KeyError, ValueError) as error:
        raise Damaged("head.json", "内容不全", "its content is not whole") from error


def _has_hole(store: Store, standing: Standing, kept_from: int) -> bool:
    """Return whether the server no longer has what follows on the log in the folder."""
    try:
        head = read_head(store, None)
    except LinliError:
        return True
    return head is not None and (head.system != standing.system or kept_from > head.end)


def _receive(source: Source, slot: str, spool: Path, end: int) -> None:
    run_tool(
        "pg_receivewal",
        *source.tool_options,
        *("--directory", str(spool), "--slot", slot, "--no-loop"),
        f"--endpos={lsn.written(end - 1)}",
        timeout_s=600,
    )


def _seal_segments(store: Store, key: BackupKey, spool: Path) -> int:
    names = sorted(path.name for path in spool.iterdir() if not path.name.endswith(PARTIAL))
    for name in names:
        place = store.wal / (name + SEALED)
        if not place.exists():
            with (
                (spool / name).open("rb") as segment,
                sealing(place, key, salt=store.salt, name=f"wal/{place.name}") as sealed,
                gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=1, mtime=0) as packed,
            ):
                shutil.copyfileobj(segment, packed, 1 << 20)
    if names:
        sync_folder(store.wal)
    for name in names:
        (spool / name).unlink()
    return len(names)


def _carry_files(store: Store, key: BackupKey, *, home: Path, at: datetime) -> str | None:
    """Carry the files that changed since the last round; returns the last archive's name."""
    memory = store.spool(home) / "files.json"
    after, before = _remembered(memory, store)
    now = homefiles.listing_of(home, without=store.folder)
    if now == before:
        return after
    name = stamp_of(at) + SEALED
    paths = homefiles.changed(now, before)
    with sealing(store.files / name, key, salt=store.salt, name=f"files/{name}") as sealed:
        homefiles.pack(home, paths, now=now, after=after, into=sealed)
    sync_folder(store.files)
    write_whole(memory, json.dumps({"last": name, "listing": now}).encode())
    return name


def _remembered(memory: Path, store: Store) -> tuple[str | None, homefiles.Listing]:
    try:
        content = json.loads(memory.read_bytes())
        name = str(content["last"])
        listing = {path: (size, time) for path, (size, time) in content["listing"].items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None, {}
    # Another backup folder than last time knows nothing of what that one holds.
    return (name, listing) if (store.files / name).exists() else (None, {})


def _write_head(store: Store, key: BackupKey, head: Head) -> None:
    payload = {
        "at": head.at.isoformat(),
        "end": lsn.written(head.end),
        "timeline": head.timeline,
        "system": head.system,
        "files": head.files,
    }
    write_sealed(store.head, payload, key, salt=store.salt)
