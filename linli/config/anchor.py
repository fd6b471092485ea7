"""Seals as lines of files in a folder of our own, one file a day, only ever added to."""

import fcntl
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from linli.config import options
from linli.config.durable import make_folder

FILE_NAME = re.compile(r"seals-(\d{4}-\d\d-\d\d)\.jsonl")
END = b"\n"


class FolderAnchor:
    """Keeps seals in a folder, which should lie on another disk or machine than the database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def append(self, line: bytes, *, day: date) -> None:
        """Add a line to the file of a day and have it on the disk."""
        make_folder(self.folder)
        place = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(place, fcntl.LOCK_EX)
            path = self.path_of(max([day, *self.days()]))
            is_new = not path.exists()
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "r+b", buffering=0) as file:
                # A power cut can leave half a line; it gets an end, and no seal reads from it.
                torn = _is_torn(file.fileno())
                _write(file.fileno(), (END if torn else b"") + line + END)
                os.fsync(file.fileno())
            if is_new:
                os.fsync(place)
        finally:
            os.close(place)

    def days(self) -> list[date]:
        """Return the days that have a file, oldest first."""
        if not self.folder.is_dir():
            return []
        found = (FILE_NAME.fullmatch(path.name) for path in self.folder.iterdir())
        return sorted(date.fromisoformat(match[1]) for match in found if match)

    def lines(self, day: date) -> Iterator[bytes]:
        """Yield the lines of a day."""
        with self.path_of(day).open("rb") as file:
            for line in file:
                yield line.rstrip(END)

    def path_of(self, day: date) -> Path:
        """Return where the seals of a day lie."""
        return self.folder / f"seals-{day.isoformat()}.jsonl"


def _is_torn(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size > 0 and os.pread(descriptor, 1, size - 1) != END


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def anchor_of(home: Path) -> FolderAnchor:
    """Return where an installation keeps its seals."""
    return FolderAnchor(Path(options.text("LINLI_ANCHOR_DIR") or home / "anchor"))
