"""The machine: files, listening sockets, the clock, what is installed."""

import ctypes
import importlib.metadata
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from django.conf import settings
from packaging.requirements import Requirement

from linli.config import options
from linli.config.database.folders import find
from linli.config.level3.assertion import Assertion
from linli.config.master_keys import FileKeeper

# Folders of the home whose files nobody else may read; the rest lies in a folder that is shut.
SHUT = ("keys", "anchor", "attachments", "backups", "models", "seal_keys")
MOST_FILES = 400
LOOPBACK = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
TIME_ERROR = 5  # what adjtimex answers where nothing keeps the clock
LEAST_PYTHON = (3, 11)
LOCKED = re.compile(r"^([a-z0-9][^\\\n]*?) ?\\\n    (--hash=sha256:)?", re.MULTILINE)


def home_is_shut() -> Iterator[Assertion]:
    """The data folder and the way into it."""
    home = settings.LINLI_HOME
    yield _mode(home, 0o077, f"chmod 700 {home}")
    yield Assertion(f"{home}: owner", home.stat().st_uid == os.getuid(), "", f"chown -R {home}")
    for name in SHUT:
        if (home / name).is_dir():
            yield _mode(home / name, 0o077, f"chmod 700 {home / name}")


def files_are_shut() -> Iterator[Assertion]:
    """Every file that is data: not to be read by others, not to be written or run by anybody."""
    home = settings.LINLI_HOME
    found = [path for path in sorted(home.glob("*")) if path.is_file() and path.suffix != ".lock"]
    for name in SHUT:
        inside = (home / name).rglob("*") if (home / name).is_dir() else iter(())
        found += [path for path in sorted(inside) if path.is_file()]
    for path in found[:MOST_FILES]:
        yield _mode(path, 0o077, f"chmod 600 {path}")


def secrets_are_shut() -> Iterator[Assertion]:
    """Keys and secrets, wherever the settings put them."""
    home = settings.LINLI_HOME
    places = [home / name for name in ("secret_key", "backup_key", "seal_key")]
    places += _master_keys()
    for option in options.OPTIONS:
        named = os.environ.get(f"{option.name}_FILE", "") if option.is_secret else ""
        places += [Path(named)] if named else []
    for path in places:
        if path.is_file():
            yield _mode(path, 0o177, f"chmod 600 {path}")
    strong = len(settings.SECRET_KEY) >= 50 and len(set(settings.SECRET_KEY)) >= 10
    yield Assertion("LINLI_SECRET_KEY", strong, "", "unset LINLI_SECRET_KEY")


def sockets_are_few() -> Iterator[Assertion]:
    """What of ours listens: loopback alone, and the database on no port at all."""
    ours = {os.getpid(), *_processes_of_ours()}
    for one in _listening():
        if one.pid in ours:
            place = f"{one.laddr.ip}:{one.laddr.port}"
            well = one.laddr.ip in LOOPBACK
            yield Assertion(f"listens {place}", well, "", "LINLI_BEHIND_PROXY=yes; 127.0.0.1")
    yield Assertion("sockets listed", True, f"{len(ours)} processes")
    if options.text("LINLI_DATABASE_URL"):
        return
    folders = find(settings.LINLI_HOME)
    sockets = folders.sockets if folders else settings.LINLI_HOME / "run"
    if sockets.is_dir():
        yield _mode(sockets, 0o007, f"chmod 700 {sockets}")


def clock_is_kept() -> Iterator[Assertion]:
    """Whether something keeps this machine's clock: limits and seals stand on it."""
    state = _clock_state()
    known = f"adjtimex {state}"
    well = state not in (TIME_ERROR, -1)
    yield Assertion("clock is kept", well, known, "systemctl enable --now chrony", True)


def program_is_locked() -> Iterator[Assertion]:
    """What is installed is what the lock file names, each with its hash."""
    yield Assertion("Python", sys.version_info >= LEAST_PYTHON, sys.version.split()[0])
    lock = settings.BASE_DIR / "requirements.lock"
    if not lock.is_file():
        yield Assertion("requirements.lock", False, "missing", "make lock")
        return
    text = lock.read_text(encoding="utf-8")
    for line, hashed in LOCKED.findall(text):
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate():
            here = _installed(wanted.name)
            well = bool(hashed) and here != "" and wanted.specifier.contains(here)
            yield Assertion(str(line).partition(" ")[0], well, here or "missing", "make setup")


def core_dumps_are_off() -> Iterator[Assertion]:
    """Memory of a process holds keys; a dump would leave them on the disk."""
    pattern = Path("/proc/sys/kernel/core_pattern")
    text = pattern.read_text().strip() if pattern.is_file() else ""
    home = str(settings.LINLI_HOME)
    yield Assertion("core_pattern", not text.startswith(home), text, "sysctl kernel.core_pattern")


def _mode(path: Path, closed: int, advice: str) -> Assertion:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError as error:
        return Assertion(f"mode of {path}", False, type(error).__name__, advice)
    return Assertion(f"mode of {path}", not mode & closed, f"{mode:o}", advice)


def _processes_of_ours() -> set[int]:
    """Processes that run from our data folder or are ours by name, of this user."""
    home, found = str(settings.LINLI_HOME), set()
    for process in psutil.process_iter(["pid", "uids", "cmdline"]):
        said = " ".join(process.info["cmdline"] or [])
        owned = process.info["uids"] is not None and process.info["uids"].real == os.getuid()
        if owned and (home in said or "linli" in said):
            found.add(process.info["pid"])
    return found


def _listening() -> list[Any]:
    try:
        found = psutil.net_connections(kind="tcp")
    except psutil.AccessDenied:
        return []
    return [one for one in found if one.status == psutil.CONN_LISTEN]


def _clock_state() -> int:
    """What the kernel says of its clock; -1 where it does not tell."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        return int(library.adjtimex(ctypes.create_string_buffer(256)))
    except (OSError, AttributeError):
        return -1


def _master_keys() -> list[Path]:
    keeper = settings.LINLI_KEY_KEEPER
    return sorted(keeper.folder.glob("*")) if isinstance(keeper, FileKeeper) else []


def _installed(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
