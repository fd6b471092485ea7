"""A set is made: copied, read back, proved, and only then called one."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import psycopg

from linli.config.backup import homefiles, lsn
from linli.config.backup.carrying import carry_when_free
from linli.config.backup.errors import ToolFailed, WriteFailed
from linli.config.backup.framing import PARTIAL, SealedWriter
from linli.config.backup.keys import BackupKey
from linli.config.backup.manifest import (
    DATABASE,
    FILES,
    PROOF,
    Kind,
    Manifest,
    Part,
    write_manifest,
)
from linli.config.backup.parts import PG_MANIFEST, Proof, SetFolder, copy_database, prove
from linli.config.backup.room import require_room
from linli.config.backup.source import Source, Standing
from linli.config.backup.store import Store, name_for
from linli.config.durable import sync_folder
from linli.kernel.clock import utc_now

FULL_EVERY = timedelta(days=7)
Say = Callable[[str, str], None]


@dataclass(frozen=True)
class Maker:
    """Everything that making a set needs."""

    store: Store
    source: Source
    key: BackupKey
    home: Path
    say: Say

    def make(self, *, at: datetime, is_full: bool = False) -> Manifest:
        """Make a set, full where asked for or where no earlier one can be built on.

        Raises Busy, NoRoom, ToolFailed, WriteFailed; nothing half-made is left behind.
        """
        with self.store.busy("sets"):
            self._clean()
            try:
                carry_when_free(self.store, self.source, self.key, home=self.home)
                standing = self.source.standing()
                parent = None if is_full else self._parent(standing, at=at)
                made = self._with_fallback(parent, standing, at=at)
                carry_when_free(self.store, self.source, self.key, home=self.home)
            except OSError as error:
                raise WriteFailed(error.strerror or str(error)) from error
            except psycopg.Error as error:
                raise ToolFailed("postgres", type(error).__name__) from error
            finally:
                shutil.rmtree(self._bench, ignore_errors=True)
        return made

    @property
    def _bench(self) -> Path:
        return self.store.spool(self.home) / "set"

    def _clean(self) -> None:
        if left := self.store.clean_partials():
            told = ", ".join(left)
            self.say(f"已清除未完成的备份：{told}。", f"Unfinished backups removed: {told}.")

    def _parent(self, standing: Standing, *, at: datetime) -> Manifest | None:
        """Return the newest set of this server, unless the last full one is old."""
        ours = [
            made
            for made in self.store.manifests(self.key)
            if (made.system, made.timeline) == (standing.system, standing.timeline)
        ]
        full = [made for made in ours if made.kind == "full"]
        return ours[-1] if full and at - full[-1].began_at < FULL_EVERY else None

    def _with_fallback(
        self, parent: Manifest | None, standing: Standing, *, at: datetime
    ) -> Manifest:
        try:
            return self._made(parent, standing, at=at)
        except ToolFailed as error:
            if parent is None:
                raise
            self.say(
                f"不能做增量备份，改做全量。{error.zh}",
                f"No incremental set can be made, so it will be a full one. {error.en}",
            )
        return self._made(None, standing, at=at)

    def _made(self, parent: Manifest | None, standing: Standing, *, at: datetime) -> Manifest:
        kind: Kind = "full" if parent is None else "incremental"
        require_room(self.store.folder, self.home, needs=_needs(parent, standing))
        name = name_for(at, kind)
        draft = SetFolder(self.store.sets / (name + PARTIAL), name, self.key)
        draft.path.mkdir(mode=0o700)
        try:
            proof, parts = self._parts(draft, parent)
            manifest = Manifest(
                name=name,
                kind=kind,
                parent=parent.name if parent else None,
                began_at=at,
                made_at=utc_now(),
                linli=version("linli"),
                server=standing.server,
                system=standing.system,
                timeline=proof.timeline,
                start_lsn=proof.start,
                stop_lsn=proof.stop,
                unpacked=proof.size,
                parts=parts,
            )
            write_manifest(draft.path, manifest, self.key, salt=self.store.salt)
            draft.path.rename(self.store.sets / name)
            sync_folder(self.store.sets)
        except BaseException:
            shutil.rmtree(draft.path, ignore_errors=True)
            raise
        return manifest

    def _parts(self, draft: SetFolder, parent: Manifest | None) -> tuple[Proof, tuple[Part, ...]]:
        """Write all parts and read each back; returns the proof too."""
        salt = self.store.salt
        shutil.rmtree(self._bench, ignore_errors=True)
        unpacked = self._bench / "database"
        unpacked.mkdir(mode=0o700, parents=True)
        since = self._manifest_of(parent) if parent else None
        copy = draft.write(DATABASE, salt, lambda out: copy_database(self.source, out, since=since))
        self.say("已复制数据库，正在核验……", "The database is copied; proving the copy …")
        draft.unpack_database(unpacked)
        proof = prove(unpacked, place=draft.place(DATABASE))
        kept = draft.write(
            PROOF, salt, lambda out: out.write((unpacked / PG_MANIFEST).read_bytes())
        )
        files = draft.write(FILES, salt, self._pack_files)
        read_back = self._bench / "files"
        read_back.mkdir(mode=0o700)
        draft.unpack_files(read_back)
        return proof, (copy, kept, files)

    def _pack_files(self, out: SealedWriter) -> None:
        now = homefiles.listing_of(self.home, without=self.store.folder)
        homefiles.pack(self.home, now, now=now, after=None, into=out)

    def _manifest_of(self, parent: Manifest) -> Path:
        path = self._bench / PG_MANIFEST
        SetFolder(self.store.sets / parent.name, parent.name, self.key).unpack_proof(path)
        return path


def _needs(parent: Manifest | None, standing: Standing) -> int:
    """Return the bytes that a set may take: no more changed than the log grew by."""
    if parent is None:
        return standing.size
    return min(standing.size, standing.at_lsn - lsn.parse(parent.start_lsn))
