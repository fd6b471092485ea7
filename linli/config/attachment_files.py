"""Attachments as files of the home: names of ours, nobody else's to read, whole or not there."""

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from linli.config.disk import NoRoom, has_room, refusal
from linli.config.durable import make_folder, sync_folder
from linli.kernel.errors import Unavailable

FILE_MODE = 0o600
NAME = re.compile(r"[0-9A-Za-z]{10,40}(\.small)?")
HALF = ".partial"  # backups leave such files out


class FolderFiles:
    """Keeps files in a folder, in folders of two letters so that none grows too long."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, data: bytes) -> None:
        """Keep a file; once this returns, it survives a power cut. Raises Unavailable."""
        path = self.path_of(name)
        half = path.with_name(path.name + HALF)
        if not has_room(self.folder.parent):
            raise NoRoom
        try:
            for folder in (self.folder, path.parent):
                make_folder(folder)
            descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
            with os.fdopen(descriptor, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            half.rename(path)
            sync_folder(path.parent)
        except OSError as error:
            half.unlink(missing_ok=True)
            raise refusal(error) or _unwritable() from error

    def get(self, name: str) -> bytes | None:
        """Return a file, None where there is none."""
        try:
            return self.path_of(name).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        """Remove a file, if it is there, or what was left of it."""
        path = self.path_of(name.removesuffix(HALF))
        (path.with_name(path.name + HALF) if name.endswith(HALF) else path).unlink(missing_ok=True)

    def names(self, *, before: datetime) -> Iterator[str]:
        """Yield the names of files last written before a moment, half-written ones too."""
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.glob("*/*")):
            plain = path.name.removesuffix(HALF)
            if NAME.fullmatch(plain) and _written(path) < before.timestamp():
                yield path.name

    def path_of(self, name: str) -> Path:
        """Return where a file lies. Raises ValueError for a name that is not ours."""
        if not NAME.fullmatch(name):
            raise ValueError("no name of an attachment")
        return self.folder / name.partition(".")[0][-2:].lower() / name


def files_of(home: Path) -> FolderFiles:
    """Return where an installation keeps its attachments."""
    return FolderFiles(home / "attachments")


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # swept by another
        return float("inf")


def _unwritable() -> Unavailable:
    return Unavailable(
        "照片存不下来，没有收下。请稍后再试，或先不带照片提交。",
        "The photographs cannot be stored, so nothing was taken. Try again later, or send it "
        "without them.",
    )
