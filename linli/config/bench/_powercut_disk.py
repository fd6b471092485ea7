"""A disk that loses its power: what was not brought to it may be there, in part, or not at all.

Source of the model: Pillai and others, All file systems are not created equal, OSDI 2014. Content
is safe once its file was synced, a name once its folder was; all else comes or goes by itself.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from unittest.mock import patch

WATCHED = frozenset({"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir"})
Names = dict[str, int]
_watching: list["Disk"] = []


@dataclass
class Disk:
    """A real folder whose syncs are noted; `at_each` is called wherever power may be lost.

    Parameters
    ----------
    contents, names : what is safe, by inode: of files, and of folders.
    """

    root: Path
    at_each: Callable[[], None]
    contents: dict[int, bytes] = field(default_factory=dict)
    names: dict[int, Names] = field(default_factory=dict)
    _held: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for inode, path in self._hold_all():
            self._note(inode, path)

    def look(self) -> None:
        """Hold whatever is new, so that no inode comes twice, and let the power go here."""
        self._hold_all()
        self.at_each()

    def synced(self, descriptor: int) -> None:
        """Note that what a descriptor stands for is safe as it is now."""
        path = Path(f"/proc/self/fd/{descriptor}").resolve()
        if self.root == path or self.root in path.parents:
            self._hold_all()
            self._note(os.fstat(descriptor).st_ino, path)

    def leave(self, into: Path, *, rng: Random) -> None:
        """Write what is found after the power is back into an empty folder."""
        now = {inode: path for inode, path in self._hold_all()}
        self._leave_folder(self.root.stat().st_ino, into, now, rng)

    def close(self) -> None:
        """Let go of all that was held."""
        for descriptor in self._held.values():
            os.close(descriptor)

    def _leave_folder(self, inode: int, into: Path, now: dict[int, Path], rng: Random) -> None:
        into.mkdir(exist_ok=True)
        into.chmod(stat.S_IMODE(os.fstat(self._held[inode]).st_mode))
        for name, child in self._names_left(inode, now, rng).items():
            mode = os.fstat(self._held[child]).st_mode
            if stat.S_ISDIR(mode):
                self._leave_folder(child, into / name, now, rng)
            else:
                (into / name).write_bytes(self._content_left(child, rng))
                (into / name).chmod(stat.S_IMODE(mode))

    def _names_left(self, inode: int, now: dict[int, Path], rng: Random) -> Names:
        """Of each name that is not safe, what was or what is; a file moved is at one place."""
        safe = self.names.get(inode, {})
        seen = _names_in(now[inode]) if inode in now else {}
        is_new: dict[int, bool] = {}
        left: Names = {}
        for name in sorted({*safe, *seen}):
            if safe.get(name) == seen.get(name):
                left[name] = seen[name]
                continue
            told = seen.get(name, safe.get(name, 0))
            chosen = seen if is_new.setdefault(told, rng.random() < 0.5) else safe
            if name in chosen:
                left[name] = chosen[name]
        return left

    def _content_left(self, inode: int, rng: Random) -> bytes:
        safe, now = self.contents.get(inode, b""), _read(self._held[inode])
        if now == safe:
            return now
        cut = rng.randrange(len(now) + 1)
        if now.startswith(safe):
            cut = max(cut, len(safe))
        return rng.choice((safe, now, now[:cut], now[:cut] + bytes(len(now) - cut)))

    def _hold_all(self) -> list[tuple[int, Path]]:
        found = [(self.root.stat().st_ino, self.root)]
        found += [(path.lstat().st_ino, path) for path in sorted(self.root.rglob("*"))]
        for inode, path in found:
            if inode not in self._held:
                self._held[inode] = os.open(path, os.O_RDONLY)
        return found

    def _note(self, inode: int, path: Path) -> None:
        if path.is_dir():
            self.names[inode] = _names_in(path)
        else:
            self.contents[inode] = _read(self._held[inode])


def _names_in(folder: Path) -> Names:
    return {path.name: path.lstat().st_ino for path in folder.iterdir()}


def _read(descriptor: int) -> bytes:
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)


@contextmanager
def watched(root: Path, at_each: Callable[[], None]) -> Iterator[Disk]:
    """Watch a folder for a block; `at_each` is called before each act upon it and each sync."""
    disk = Disk(root, at_each)
    real = os.fsync

    def sync(file: int) -> None:
        _let_go()
        real(file)
        with _unwatched():
            disk.synced(file)
        _let_go()

    if not _hooked:
        sys.addaudithook(_hook)
        _hooked.append(True)
    _watching.append(disk)
    try:
        with patch.object(os, "fsync", sync):
            yield disk
    finally:
        _watching.clear()
        disk.close()


_hooked: list[bool] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event in WATCHED:
        place = arguments[0]
        if isinstance(place, str | Path) and str(place).startswith(str(_watching[0].root)):
            _let_go()


def _let_go() -> None:
    if _watching:
        disk = _watching[0]
        with _unwatched():
            disk.look()


@contextmanager
def _unwatched() -> Iterator[None]:
    kept = list(_watching)
    _watching.clear()
    with suppress(FileNotFoundError):
        yield
    _watching.extend(kept)
