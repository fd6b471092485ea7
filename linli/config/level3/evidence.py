"""What must be fresh or left unsaid: seals, checks, backups, keys, the log."""

import io
import json
import logging
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from linli.config import options
from linli.config.backup.store import store_of
from linli.config.disk import floor_bytes
from linli.config.level3.assertion import Assertion
from linli.config.level3.pages import ask
from linli.config.master_keys import FileKeeper
from linli.domain.audit.selectors import anchor_store, last_check, last_seal, seal_keys
from linli.domain.vault.selectors import key_standing
from linli.kernel.clock import utc_now
from linli.kernel.egress import EgressRefused
from linli.kernel.errors import LinliError

CHECKED_WITHIN, BACKED_UP_WITHIN = timedelta(hours=26), timedelta(hours=48)
REHEARSED_WITHIN = timedelta(days=100)
ENOUGH_FREE = 1024**3
FLOOR = "LINLI_FLOOR_MB=512"
LINE = "%(levelname)s %(name)s: %(message)s"
CANARY = "canary-9f3a"
FOREIGN = ("http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "file:///etc/passwd")


def journal_is_sealed() -> Iterator[Assertion]:
    """The last seal is fresh, its lines are there, and they lie outside the database's folder."""
    seal, at = last_seal(), utc_now()
    limit = timedelta(seconds=settings.LINLI_SEAL_HEARTBEAT_S + 120)
    fresh = seal is not None and at - seal.at <= limit
    yield Assertion("last seal", fresh, str(seal and seal.at), "linli up; linli worker", True)
    days = anchor_store().days()
    yield Assertion("anchor has lines", bool(days), str(len(days)), "linli worker", True)
    folder = Path(getattr(settings.LINLI_ANCHOR, "folder", settings.LINLI_HOME))
    data = (settings.LINLI_HOME / "pgdata").resolve()
    apart = not folder.resolve().is_relative_to(data)
    yield Assertion("anchor outside the database", apart, str(folder), "LINLI_ANCHOR_DIR")
    away = not folder.resolve().is_relative_to(settings.LINLI_HOME.resolve())
    yield Assertion("anchor outside the data folder", away, str(folder), "LINLI_ANCHOR_DIR", True)
    trusted = bool(seal_keys().trusted())
    yield Assertion("keys that sign seals", trusted, "", "linli audit keys", True)
    check = last_check()
    checked = check is not None and at - check.at <= CHECKED_WITHIN
    yield Assertion("journal checked", checked, str(check and check.at), "linli audit verify", True)
    faults = len(check.faults) if check else 0
    yield Assertion("journal is whole", not faults, str(faults), "linli audit verify")


def backups_are_fresh() -> Iterator[Assertion]:
    """A set that was proved, a rehearsal, and a place on another disk."""
    if options.text("LINLI_DATABASE_URL"):
        yield Assertion("given server", True, "its keeper backs it up", "docs/how-to/backup.md")
        return
    store, at = store_of(settings.LINLI_HOME), utc_now()
    made = store.manifests(None)
    fresh = bool(made) and at - made[-1].made_at <= BACKED_UP_WITHIN
    yield Assertion("last backup", fresh, made[-1].name if made else "none", "linli backup", True)
    yield Assertion(
        "rehearsal", _is_rehearsed(store.rehearsal, at), "", "linli backup rehearse", True
    )
    there = store.folder.is_dir()
    apart = there and store.folder.stat().st_dev != settings.LINLI_HOME.stat().st_dev
    yield Assertion("backups on another disk", apart, str(store.folder), "LINLI_BACKUPS", True)
    key = bool(options.text("LINLI_BACKUP_KEY")) or (settings.LINLI_HOME / "backup_key").is_file()
    yield Assertion("backups are sealed", key, "", "linli backup", True)


def keys_are_sound() -> Iterator[Assertion]:
    """Every generation of the master key is there and the right one; keys lie on their own."""
    try:
        standing = key_standing()
    except LinliError as error:
        yield Assertion("master keys", False, error.code, "docs/how-to/keys.md")
        return
    yield Assertion("a master key", bool(standing), str(len(standing)), "linli migrate")
    for row in standing:
        well = row.is_kept and row.is_right
        yield Assertion(f"master key {row.generation}", well, "", "docs/how-to/keys.md")
    keeper = settings.LINLI_KEY_KEEPER
    folder = keeper.folder.resolve() if isinstance(keeper, FileKeeper) else None
    away = folder is None or not folder.is_relative_to(settings.LINLI_HOME.resolve())
    yield Assertion("keys outside the data folder", away, "", "LINLI_KEYS", True)


def log_tells_nothing() -> Iterator[Assertion]:
    """Nothing that a person sends stands in the log: tried with words of our own."""
    heard = io.StringIO()
    listener = logging.StreamHandler(heard)
    listener.setFormatter(logging.Formatter(LINE))
    root = logging.getLogger()
    root.addHandler(listener)
    try:
        for path in (
            "/track/",
            "/report/what/",
            "/accounts/login/",
            "/api/v1/messages",
            "/no-such/",
        ):
            ask(path, said=f"code={CANARY}&body={CANARY}&password={CANARY}")
            held = CANARY in heard.getvalue()
            yield Assertion(f"log after {path}", not held, "", "linli/config/settings.py")
    finally:
        root.removeHandler(listener)
    level = logging.getLevelName(root.getEffectiveLevel())
    yield Assertion("log level", level != "DEBUG", str(level), "LINLI_LOG_LEVEL=INFO", True)


def calls_go_through_one_door() -> Iterator[Assertion]:
    """Other machines are called by policy alone."""
    policy = settings.LINLI_EGRESS
    well = policy.with_loopback != settings.IS_PRODUCTION
    yield Assertion("this machine is not called in production", well, "", "LINLI_ENV")
    for url in FOREIGN:
        yield Assertion(f"not called {url}", _is_refused(url), "", "LINLI_EGRESS_HOSTS")
    for listed in policy.hosts:
        yield Assertion(
            f"listed {listed.host}:{listed.port}", True, str(listed.network or "public")
        )


def what_comes_in_is_bounded() -> Iterator[Assertion]:
    """Bounds on forms, files and room."""
    for name, most in (
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", 64 * 1024**2),
        ("DATA_UPLOAD_MAX_NUMBER_FIELDS", 1000),
    ):
        value = getattr(settings, name)
        yield Assertion(name, value is not None and value <= most, str(value))
    bounded = settings.FILE_UPLOAD_HANDLERS[0].endswith("BoundedUploads")
    yield Assertion("uploads are bounded first", bounded, "", "FILE_UPLOAD_HANDLERS")
    free = shutil.disk_usage(settings.LINLI_HOME).free
    yield Assertion("room on the disk", free >= ENOUGH_FREE, f"{free // 1024**2} MiB", "≥ 1024 MiB")
    guarded = "linli.config.room.FreeSpaceFloor" in settings.MIDDLEWARE
    yield Assertion("nothing is taken below the floor", guarded and floor_bytes() > 0, "", FLOOR)
    files = os.statvfs(settings.LINLI_HOME)
    yield Assertion(
        "room for files", not files.f_files or files.f_favail > 10_000, str(files.f_favail)
    )


def _is_rehearsed(place: Path, at: datetime) -> bool:
    try:
        told = json.loads(place.read_bytes())
        when = datetime.fromisoformat(told["at"])
        return not told["differing"] and at - when <= REHEARSED_WITHIN
    except (OSError, ValueError, KeyError):
        return False


def _is_refused(url: str) -> bool:
    try:
        settings.LINLI_EGRESS.target_of(url)
    except EgressRefused:
        return True
    return False
