"""All backups read through: every file of every set, the log without a hole, every archive."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from linli.config.backup import homefiles, lsn
from linli.config.backup.carrying import read_head
from linli.config.backup.errors import Damaged
from linli.config.backup.framing import opened
from linli.config.backup.keys import BackupKey
from linli.config.backup.manifest import DATABASE, Manifest, Part
from linli.config.backup.parts import SetFolder, prove
from linli.config.backup.planning import Plan, file_names, log_names
from linli.config.backup.store import Store
from linli.config.backup.unsealing import unseal_segment
from linli.kernel.errors import LinliError

PIECE = 1 << 20


@dataclass(frozen=True)
class Checker:
    """Reads backups through; `bench` is an empty folder's name for what must be unpacked."""

    store: Store
    key: BackupKey
    bench: Path

    def faults(self, *, only: str | None = None) -> Iterator[LinliError]:
        """Yield what is wrong, each with the file's name; nothing where all is whole."""
        manifests = []
        for name in self.store.names() if only is None else [only]:
            try:
                manifests.append(self.check_set(name))
            except LinliError as fault:
                yield fault
        if only is None:
            yield from self._faults_beside(manifests)

    def check_set(self, name: str) -> Manifest:
        """Read a set through and have PostgreSQL prove it. Raises Damaged or WrongKey."""
        made = self.store.manifest(name, self.key)
        if made.parent is not None:
            self.store.manifest(made.parent, self.key)
        folder = SetFolder(self.store.sets / name, name, self.key)
        for part in made.parts:
            _require_whole(folder, part)
        try:
            database, files = self.bench / "database", self.bench / "files"
            for place in (database, files):
                place.mkdir(mode=0o700, parents=True)
            folder.unpack_database(database)
            prove(database, place=folder.place(DATABASE))
            folder.unpack_proof(self.bench / "proof")
            folder.unpack_files(files)
        finally:
            shutil.rmtree(self.bench, ignore_errors=True)
        return made

    def _faults_beside(self, manifests: list[Manifest]) -> Iterator[LinliError]:
        try:
            head = read_head(self.store, self.key)
            if head is None or not manifests:
                return
            first = lsn.segment_of(lsn.parse(manifests[0].start_lsn))
            end, timeline = lsn.segment_of(head.end), manifests[0].timeline
            log = log_names(self.store, timeline=timeline, first=first, end=end)
            files = file_names(self.store, after="", head=head)
        except LinliError as fault:
            yield fault
            return
        for name in log:
            yield from _fault_of(partial(self._read_segment, name))
        for name in files:
            yield from _fault_of(partial(self._read_archive, name))

    def _read_segment(self, name: str) -> None:
        unseal_segment(self.store, self.key, name, into=None)

    def _read_archive(self, name: str) -> None:
        place = f"files/{name}"
        try:
            self.bench.mkdir(mode=0o700, parents=True)
            with opened(self.store.files / name, self.key, name=place) as plain:
                homefiles.unpack(plain, self.bench, place=place)
        finally:
            shutil.rmtree(self.bench, ignore_errors=True)


def require_whole(plan: Plan, key: BackupKey) -> None:
    """Read all that a restore will take, before anything is written. Raises Damaged by name."""
    for made in plan.chain:
        folder = SetFolder(plan.store.sets / made.name, made.name, key)
        for part in made.parts:
            _require_whole(folder, part)
    beside = [(plan.store.wal, "wal", name) for name in plan.log]
    beside += [(plan.store.files, "files", name) for name in plan.files]
    for place, kind, name in beside:
        with opened(place / name, key, name=f"{kind}/{name}"):
            pass  # what a block leaves unread is read at its end


def _fault_of(look: Callable[[], None]) -> Iterator[LinliError]:
    try:
        look()
    except LinliError as fault:
        yield fault


def _require_whole(folder: SetFolder, part: Part) -> None:
    place, path = folder.place(part.name), folder.path / part.name
    if not path.is_file():
        raise Damaged(place, "文件缺失", "it is missing")
    if path.stat().st_size != part.size:
        raise Damaged(
            place,
            f"长度 {path.stat().st_size}，应为 {part.size}",
            f"it has {path.stat().st_size} bytes, not {part.size}",
        )
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    if digest.hexdigest() != part.sha256:
        raise Damaged(place, "SHA-256 不符", "its SHA-256 differs")
