"""The files of LINLI_HOME that are data: keys, models, attachments, seals; not what is made again.

Whatever is not named here as no data is data: a new kind of file is kept before anybody thinks
of it. Changes travel as small archives, each with the list of all files, so that a file that was
deleted for good does not come back.
"""

import gzip
import io
import json
import os
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from linli.config import options
from linli.config.backup.errors import Damaged
from linli.config.backup.framing import SealedWriter
from linli.config.backup.keys import KEY_NAME

SPOOL = "backup.spool"
# The server's data travel by the server's own means; the rest is made anew at a start.
NO_DATA = frozenset(
    {"pgdata", "pgdata.new", "run", "static", "backups", SPOOL, KEY_NAME}
    | {"postgres.lock", "postgres.users", "rehearsal.json", "restore.partial"}
)
# Folders that may be told to lie elsewhere; a restore puts them back into the home.
ELSEWHERE = {"keys": "LINLI_KEYS"}
KEYS = "keys/"
LIST = ".linli-files.json"
Listing = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Packed:
    """What an archive of files says of itself: the one before it, and all files of its moment."""

    after: str | None
    paths: frozenset[str]


def listing_of(home: Path, *, without: Path) -> Listing:
    """Return path → (size, time of change) of all files that are data."""
    found = _listing(home, without=without)
    for name, top in _elsewhere(home).items():
        inside = _listing(top, without=without)
        found |= {f"{name}/{path}": facts for path, facts in inside.items()}
    return found


def _elsewhere(home: Path) -> dict[str, Path]:
    told = {name: options.text(option) for name, option in ELSEWHERE.items()}
    tops = {name: Path(text).expanduser().absolute() for name, text in told.items() if text}
    return {name: top for name, top in tops.items() if not top.is_relative_to(home)}


def _listing(home: Path, *, without: Path) -> Listing:
    found: Listing = {}
    for folder, names, files in os.walk(home):
        here = Path(folder)
        is_top = here == home
        names[:] = [
            name
            for name in sorted(names)
            if not (is_top and name in NO_DATA)
            and here / name != without
            and not os.path.lexists(here / name / "pgdata")  # a home of its own
        ]
        for name in files:
            path = here / name
            if (is_top and name in NO_DATA) or name.endswith(".partial") or path.is_symlink():
                continue
            facts = path.stat()
            found[str(path.relative_to(home))] = (facts.st_size, facts.st_mtime_ns)
    return found


def changed(now: Listing, before: Mapping[str, tuple[int, int]]) -> list[str]:
    """Return the files that are new or were changed."""
    return [path for path, facts in now.items() if before.get(path) != facts]


def pack(
    home: Path, paths: Iterable[str], *, now: Listing, after: str | None, into: SealedWriter
) -> None:
    """Write an archive of some files, and the list of all."""
    with (
        gzip.GzipFile(fileobj=into, mode="wb", compresslevel=1, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        told = json.dumps({"after": after, "paths": sorted(now)}).encode()
        head = tarfile.TarInfo(LIST)
        head.size = len(told)
        tar.addfile(head, io.BytesIO(told))
        tops = _elsewhere(home)
        for path in paths:
            first, _, rest = path.partition("/")
            _add(tar, path, tops[first] / rest if first in tops else home / path)


def unpack(source: BinaryIO, home: Path, *, place: str, until: datetime | None = None) -> Packed:
    """Put the files of an archive into a home. Raises Damaged naming the archive.

    Of files changed after a moment only keys are taken: a key comes before what it locks, while
    a seal of the journal must not speak of rows that the moment does not know.
    """
    told: Packed | None = None
    try:
        with tarfile.open(fileobj=source, mode="r|gz") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None:
                    continue
                if told is None:
                    told = _read_list(content.read())
                    continue
                if until is None or _belongs(member, until):
                    _put(home / member.name, content, mode=member.mode, home=home)
    except (tarfile.TarError, EOFError, ValueError, KeyError) as error:
        raise Damaged(place, "打不开", "it does not open") from error
    if told is None:
        raise Damaged(place, "没有文件清单", "it has no list of files")
    return told


def _belongs(member: tarfile.TarInfo, until: datetime) -> bool:
    return member.mtime <= until.timestamp() or member.name.startswith(KEYS)


def remove_unlisted(home: Path, packed: Packed, *, without: Path) -> None:
    """Remove what was no longer there at the moment of an archive."""
    for path in _listing(home, without=without):
        if path not in packed.paths:
            (home / path).unlink()


def _add(tar: tarfile.TarFile, path: str, source: Path) -> None:
    try:
        file = source.open("rb")
    except FileNotFoundError:  # deleted since the list was made; the next list says so
        return
    with file:
        facts = os.fstat(file.fileno())
        member = tarfile.TarInfo(path)
        member.size, member.mode = facts.st_size, facts.st_mode & 0o777
        member.mtime = facts.st_mtime  # PAX keeps parts of a second
        tar.addfile(member, file)


def _put(path: Path, content: Iterable[bytes], *, mode: int, home: Path) -> None:
    if not path.resolve().is_relative_to(home.resolve()):
        raise ValueError(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode & 0o777)
    with os.fdopen(descriptor, "wb") as out:
        for piece in content:
            out.write(piece)


def _read_list(data: bytes) -> Packed:
    content = json.loads(data)
    return Packed(content["after"], frozenset(content["paths"]))
