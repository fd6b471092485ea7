"""A backup folder: which sets stand in it, which were never finished, and who works on it."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from linli.config import options
from linli.config.backup.errors import Busy, Damaged, HalfMade, NothingThere
from linli.config.backup.framing import PARTIAL
from linli.config.backup.homefiles import SPOOL
from linli.config.backup.keys import SALT_BYTES, BackupKey
from linli.config.backup.manifest import Manifest, read_manifest, salt_of
from linli.config.backup.source import SLOTS
from linli.config.durable import make_folder
from linli.kernel.errors import LinliError


@dataclass(frozen=True)
class Store:
    """The folder that holds all backups of one installation."""

    folder: Path

    @property
    def sets(self) -> Path:
        """Where the sets lie."""
        return self.folder / "sets"

    @property
    def wal(self) -> Path:
        """Where the segments of the server's log lie."""
        return self.folder / "wal"

    @property
    def files(self) -> Path:
        """Where the changes of LINLI_HOME's files lie."""
        return self.folder / "files"

    @property
    def head(self) -> Path:
        """The file that says how far log and files reach."""
        return self.folder / "head.json"

    @property
    def rehearsal(self) -> Path:
        """The file that says how the last rehearsal ended."""
        return self.folder / "rehearsal.json"

    @property
    def slot(self) -> str:
        """The slot that keeps the server's log for this folder: each folder gets all of it."""
        return SLOTS + hashlib.sha256(bytes(self.folder)).hexdigest()[:12]

    def spool(self, home: Path) -> Path:
        """Where a home keeps what is on its way into this folder."""
        return home / SPOOL / self.slot

    @cached_property
    def salt(self) -> bytes:
        """The salt of this folder's key: the first set's, or a new one."""
        for name in self.names():
            try:
                return salt_of(self.sets / name)
            except LinliError:
                continue
        return os.urandom(SALT_BYTES)

    def make(self) -> None:
        """Make the folders, closed to everybody else."""
        for folder in (self.folder, self.sets, self.wal, self.files):
            make_folder(folder)

    def names(self) -> list[str]:
        """Return the names of the finished sets, oldest first."""
        if not self.sets.is_dir():
            return []
        found = (path for path in self.sets.iterdir() if path.is_dir())
        return sorted(path.name for path in found if not path.name.endswith(PARTIAL))

    def manifests(self, key: BackupKey | None) -> list[Manifest]:
        """Return the manifests of the sets that can be read, oldest first."""
        found = []
        for name in self.names():
            try:
                found.append(self.manifest(name, key))
            except Damaged:
                continue
        return found

    def manifest(self, name: str, key: BackupKey | None) -> Manifest:
        """Return the manifest of a set. Raises what is wrong with it."""
        if name.endswith(PARTIAL):
            raise HalfMade(f"sets/{name}")
        if not (self.sets / name).is_dir():
            raise Damaged(f"sets/{name}", "这份备份缺失", "the set is missing")
        return read_manifest(self.sets / name, key, place=f"sets/{name}")

    def chain(self, name: str, key: BackupKey | None) -> tuple[Manifest, ...]:
        """Return a set and all that it leans on, the full one first."""
        links = [self.manifest(name, key)]
        while (parent := links[0].parent) is not None and len(links) < 1000:
            links.insert(0, self.manifest(parent, key))
        return tuple(links)

    def clean_partials(self) -> list[str]:
        """Remove what a killed process left half-made; returns the names. For the busy one only."""
        left = []
        for folder in (self.sets, self.wal, self.files, self.folder):
            left += [path for path in folder.glob(f"*{PARTIAL}")]
        for path in left:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        return [path.name for path in left]

    @contextmanager
    def busy(self, what: str) -> Iterator[None]:
        """Be the only one who works on sets (or the log) for a block. Raises Busy."""
        self.make()
        with held(self.folder / f".{what}.lock"):
            yield


@contextmanager
def held(mark: Path) -> Iterator[None]:
    """Hold a file for a block, as the only one; it is let go with the process. Raises Busy."""
    descriptor = os.open(mark, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Busy from error
    finally:
        os.close(descriptor)


def store_of(home: Path) -> Store:
    """Return the backups of an installation: LINLI_BACKUPS, or a folder in its home."""
    named = options.text("LINLI_BACKUPS")
    return Store(Path(named).expanduser().absolute() if named else home / "backups")


def find_store(place: Path) -> tuple[Store, str | None]:
    """Return the backup folder that a path tells, and the set where the path is one."""
    place = place.absolute()
    if place.parent.name == "sets":
        return Store(place.parent.parent), place.name
    if not (place / "sets").is_dir():
        raise NothingThere(str(place))
    return Store(place), None


def name_for(at: datetime, kind: str) -> str:
    """Return the name of a set that begins at a moment.

    >>> name_for(datetime(2026, 11, 24, 13, 5, 7, 250000, tzinfo=UTC), "full")
    '20261124T130507.250Z-full'
    """
    at = at.astimezone(UTC)
    return f"{at:%Y%m%dT%H%M%S}.{at.microsecond // 1000:03d}Z-{kind}"


def stamp_of(at: datetime) -> str:
    """Return how the name of an archive of files begins that was made at a moment.

    >>> stamp_of(datetime(2026, 11, 24, 13, 5, 7, 250000, tzinfo=UTC))
    '20261124T130507.250000Z'
    """
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S.%f}Z"
