"""A home comes back: unpacked, joined, proved, brought to the moment; it counts once all is done.

Until then the data folder bears another name, and a mark in the home says that it is half-made.
"""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from linli.config.backup import homefiles, lsn
from linli.config.backup.checking import require_whole
from linli.config.backup.errors import Damaged, PlaceTaken, ToolFailed, WriteFailed
from linli.config.backup.framing import opened
from linli.config.backup.keys import BackupKey
from linli.config.backup.manifest import DATABASE
from linli.config.backup.parts import SetFolder, prove
from linli.config.backup.planning import Plan
from linli.config.backup.recovery import replay
from linli.config.backup.room import require_free
from linli.config.backup.store import held, stamp_of
from linli.config.backup.tools import run_tool
from linli.config.backup.unsealing import unseal_segment
from linli.config.database import postmaster
from linli.config.database.folders import CLUSTERS, Folders, lay_out
from linli.config.database.owner import Owner, server_owner
from linli.config.durable import make_folder, sync_folder

MARK = "restore.partial"
Say = Callable[[str, str], None]


@dataclass(frozen=True)
class Restorer:
    """Brings what a plan names into an empty place."""

    plan: Plan
    key: BackupKey
    home: Path
    say: Say

    def restore(self) -> float:
        """Restore; returns the seconds it took. What was begun is removed where it fails.

        Raises PlaceTaken, Busy, NoRoom, Damaged (naming the file), ToolFailed and WriteFailed.
        """
        began = time.monotonic()
        _require_empty(self.home)
        require_whole(self.plan, self.key)
        owner = server_owner()
        make_folder(self.home)
        with held(self.home / MARK):
            try:
                folders = lay_out(self.home, owner)
                self._require_room(folders.data.parent)
                self._bring_files()
                self._bring_data(folders, owner)
            except OSError as error:
                discard(self.home)
                raise WriteFailed(error.strerror or str(error)) from error
            except BaseException:
                discard(self.home)
                raise
        return time.monotonic() - began

    def _require_room(self, place: Path) -> None:
        chain = self.plan.chain
        unpacked = sum(made.unpacked for made in chain)
        joined = chain[0].unpacked if len(chain) > 1 else 0
        require_free({place: unpacked + joined + len(self.plan.log) * lsn.SEGMENT})

    def _bring_files(self) -> None:
        self.say("正在恢复文件……", "Restoring files …")
        store = self.plan.store
        told = self._folder(len(self.plan.chain) - 1).unpack_files(self.home)
        until = self.plan.target.moment or self.plan.covered_until
        last = stamp_of(self.plan.chain[-1].began_at)
        for name in self.plan.files:
            place = f"files/{name}"
            with opened(store.files / name, self.key, name=place) as plain:
                told = homefiles.unpack(plain, self.home, place=place, until=until)
            if told.after is not None and told.after > last:
                raise Damaged(f"files/{told.after}", "文件缺失", "it is missing")
            last = name
        homefiles.remove_unlisted(self.home, told, without=store.folder)

    def _bring_data(self, folders: Folders, owner: Owner) -> None:
        draft = Folders(folders.home, _draft_of(folders.data), folders.sockets)
        bench = folders.data.parent / "restore.bench"
        bench.mkdir(mode=0o700)
        self._join(draft.data, bench)
        log = bench / "log"
        log.mkdir(mode=0o700)
        self.say(
            f"正在恢复日志，{len(self.plan.log)} 段……",
            f"Restoring {len(self.plan.log)} segments of the log …",
        )
        for name in self.plan.log:
            unseal_segment(self.plan.store, self.key, name, into=log)
        _give(owner, draft.data, bench)
        replay(draft, owner, log=log, target=self.plan.target)
        shutil.rmtree(bench)
        os.sync()
        draft.data.rename(folders.data)
        (self.home / MARK).unlink()
        sync_folder(folders.data.parent)
        sync_folder(self.home)

    def _join(self, data: Path, bench: Path) -> None:
        """Unpack every set of the chain and make one data folder of them."""
        places = []
        for number, made in enumerate(self.plan.chain):
            self.say(f"正在解开 {made.name}……", f"Unpacking {made.name} …")
            place = bench / made.name
            place.mkdir(mode=0o700)
            self._folder(number).unpack_database(place)
            places.append(place)
        if len(places) == 1:
            places[0].rename(data)
        else:
            sets = [str(place) for place in places]
            try:
                run_tool("pg_combinebackup", "--link", f"--output={data}", *sets)
            except ToolFailed as error:
                last = f"sets/{self.plan.chain[-1].name}"
                raise Damaged(last, error.zh, error.en) from error
        prove(data, place=self._folder(len(places) - 1).place(DATABASE))

    def _folder(self, number: int) -> SetFolder:
        name = self.plan.chain[number].name
        return SetFolder(self.plan.store.sets / name, name, self.key)


def discard(home: Path) -> None:
    """Remove a home that was never finished, and the server that a killed restore left."""
    link = home / "pgdata"
    cluster = Path(os.readlink(link)).parent if link.is_symlink() else home
    if cluster.parent == CLUSTERS or cluster == home:
        data = cluster / ("data" if cluster != home else "pgdata")
        draft = Folders(home, _draft_of(data), cluster / "run")
        if draft.data.is_dir():
            postmaster.halt(draft, server_owner())
        shutil.rmtree(cluster, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


def _require_empty(home: Path) -> None:
    if (home / MARK).exists():
        with held(home / MARK):
            discard(home)
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise PlaceTaken(str(home))


def _draft_of(data: Path) -> Path:
    return data.with_name(data.name + ".new")


def _give(owner: Owner, *folders: Path) -> None:
    if not owner.is_other:
        return
    for top in folders:
        os.chown(top, owner.uid, owner.gid)
        for folder, names, files in os.walk(top):
            for name in (*names, *files):
                os.chown(Path(folder, name), owner.uid, owner.gid, follow_symlinks=False)
