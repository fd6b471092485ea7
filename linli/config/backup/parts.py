"""The parts of a set: the database's copy, the proof of it, and the files of LINLI_HOME."""

import json
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from linli.config.backup import homefiles
from linli.config.backup.errors import Damaged, ToolFailed
from linli.config.backup.framing import SealedWriter, opened, sealing
from linli.config.backup.keys import BackupKey
from linli.config.backup.manifest import DATABASE, FILES, PROOF, Part
from linli.config.backup.source import Source
from linli.config.backup.tools import run_tool, stream_tool

PG_MANIFEST = "backup_manifest"


@dataclass(frozen=True)
class Proof:
    """What PostgreSQL's manifest says: the piece of the log needed, and the size unpacked."""

    timeline: int
    start: str
    stop: str
    size: int


@dataclass(frozen=True)
class SetFolder:
    """The folder of a set, finished or not, and how its files are sealed."""

    path: Path
    name: str
    key: BackupKey

    def place(self, part: str) -> str:
        """Return how a part is called from the backup folder."""
        return f"sets/{self.name}/{part}"

    def write(self, part: str, salt: bytes, fill: Callable[[SealedWriter], object]) -> Part:
        """Write a part by a function that fills it."""
        place = self.place(part)
        with sealing(self.path / part, self.key, salt=salt, name=place) as sealed:
            fill(sealed)
        return Part(part, sealed.size, sealed.sha256)

    def unpack_database(self, into: Path) -> None:
        """Unpack the database's copy into an empty folder. Raises Damaged."""
        place = self.place(DATABASE)
        with opened(self.path / DATABASE, self.key, name=place) as plain:
            _untar(plain, into, place=place)

    def unpack_proof(self, into: Path) -> None:
        """Write PostgreSQL's manifest of the set to a file. Raises Damaged."""
        with (
            opened(self.path / PROOF, self.key, name=self.place(PROOF)) as plain,
            into.open("wb") as out,
        ):
            shutil.copyfileobj(plain, out)

    def unpack_files(self, home: Path) -> homefiles.Packed:
        """Put the files of LINLI_HOME into a home. Raises Damaged."""
        place = self.place(FILES)
        with opened(self.path / FILES, self.key, name=place) as plain:
            return homefiles.unpack(plain, home, place=place)


def copy_database(source: Source, into: SealedWriter, *, since: Path | None) -> None:
    """Stream a base copy of the server; only what changed where an earlier manifest is given."""
    stream_tool(
        "pg_basebackup",
        *source.tool_options,
        *("--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast"),
        *("--compress=client-gzip:1", "--manifest-checksums=SHA256", "--no-sync"),
        *((f"--incremental={since}",) if since is not None else ()),
        into=into,
    )


def prove(folder: Path, *, place: str) -> Proof:
    """Have PostgreSQL prove an unpacked copy, log included. Raises Damaged with its words."""
    try:
        run_tool("pg_verifybackup", "--quiet", str(folder))
    except ToolFailed as error:
        raise Damaged(place, error.zh, error.en) from error
    content = json.loads((folder / PG_MANIFEST).read_bytes())
    (piece,) = content["WAL-Ranges"]
    size = sum(file["Size"] for file in content["Files"])
    return Proof(piece["Timeline"], piece["Start-LSN"], piece["End-LSN"], size)


def _untar(plain: BinaryIO, into: Path, *, place: str) -> None:
    try:
        with tarfile.open(fileobj=plain, mode="r|gz") as tar:
            # Python 3.11.2 (Debian 12) knows no filters; what comes here is authenticated anyway.
            tar.extraction_filter = getattr(tarfile, "tar_filter", None)
            tar.extractall(into)  # noqa: S202  # sealed by us, see above
    except (tarfile.TarError, EOFError) as error:
        raise Damaged(place, "打不开", "it does not open") from error
