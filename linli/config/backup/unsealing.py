"""A segment of the log as the server wrote it, from its sealed copy."""

import gzip
from pathlib import Path

from linli.config.backup import lsn
from linli.config.backup.carrying import SEALED
from linli.config.backup.errors import Damaged
from linli.config.backup.framing import opened
from linli.config.backup.keys import BackupKey
from linli.config.backup.store import Store

PIECE = 1 << 16
NOTHING = bytes(PIECE)


def unseal_segment(store: Store, key: BackupKey, name: str, *, into: Path | None) -> None:
    """Write a segment into a folder, or only read it through. Raises Damaged naming it.

    Most of a segment that was closed early is zeros; those take no room on the disk.
    """
    place = f"wal/{name}"
    size = 0
    plain_name = name.removesuffix(SEALED)
    target = (into / plain_name) if into is not None else Path("/dev/null")
    try:
        with opened(store.wal / name, key, name=place) as sealed, target.open("wb") as out:
            with gzip.GzipFile(fileobj=sealed, mode="rb") as plain:
                while piece := plain.read(PIECE):
                    size += len(piece)
                    if into is None:
                        continue
                    if piece == NOTHING:
                        out.seek(len(piece), 1)
                    else:
                        out.write(piece)
            if into is not None:
                out.truncate(size)
    except (EOFError, gzip.BadGzipFile) as error:
        raise Damaged(place, "打不开", "it does not open") from error
    if lsn.is_segment(plain_name) and size != lsn.SEGMENT:
        raise Damaged(place, "长度不对", "its length is wrong")
