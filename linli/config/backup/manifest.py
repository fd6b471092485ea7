"""What a set says of itself: made when, from which server, of which files, after which set."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from linli.config.backup.errors import Damaged
from linli.config.backup.keys import BackupKey
from linli.config.backup.sealing import read_sealed, write_sealed

MANIFEST = "manifest.json"
DATABASE = "database.tar.gz.sealed"
PROOF = "backup_manifest.sealed"
FILES = "files.tar.gz.sealed"
Kind = Literal["full", "incremental"]


@dataclass(frozen=True)
class Part:
    """One file of a set: its size on disk in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """A whole set.

    Parameters
    ----------
    name, kind, parent : the set, and the one that an incremental set leans on.
    began_at, made_at : when the copy began, and from when on it can be restored.
    linli, server : versions. system : PostgreSQL's number of the database cluster.
    timeline, start_lsn, stop_lsn : the piece of the server's log that makes the copy whole.
    unpacked : bytes that the database part takes when it is unpacked.
    """

    name: str
    kind: Kind
    parent: str | None
    began_at: datetime
    made_at: datetime
    linli: str
    server: str
    system: str
    timeline: int
    start_lsn: str
    stop_lsn: str
    unpacked: int
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(part.size for part in self.parts)

    @property
    def major(self) -> str:
        """PostgreSQL's major version."""
        return self.server.split(".")[0]


_MANIFEST = TypeAdapter(Manifest)


def write_manifest(folder: Path, manifest: Manifest, key: BackupKey, *, salt: bytes) -> None:
    """Write the manifest of a set into its folder; the last file that a set gets."""
    payload = _MANIFEST.dump_python(manifest, mode="json")
    write_sealed(folder / MANIFEST, payload, key, salt=salt)


def read_manifest(folder: Path, key: BackupKey | None, *, place: str) -> Manifest:
    """Return a set's manifest. Raises Damaged, WrongKey or WrongVersion naming the file."""
    named = f"{place}/{MANIFEST}"
    content = read_sealed(folder / MANIFEST, key, place=named)
    try:
        manifest = _MANIFEST.validate_python(content)
    except ValidationError as error:
        raise Damaged(named, "内容不全", "its content is not whole") from error
    if manifest.name != folder.name:
        raise Damaged(
            named,
            f"它属于另一份备份 {manifest.name}",
            f"it belongs to another set, {manifest.name}",
        )
    return manifest


def salt_of(folder: Path) -> bytes:
    """Return the salt that a set's key was drawn with. Raises Damaged, WrongVersion."""
    content = read_sealed(folder / MANIFEST, None, place=folder.name)
    try:
        return bytes.fromhex(str(content["salt"]))
    except (KeyError, ValueError) as error:
        raise Damaged(folder.name, "没有封印", "it bears no seal") from error


def as_plain(manifest: Manifest) -> dict[str, object]:
    """Return a manifest as plain values, for JSON."""
    return asdict(manifest) | {
        "began_at": manifest.began_at.isoformat(),
        "made_at": manifest.made_at.isoformat(),
    }


def total(manifests: Sequence[Manifest]) -> int:
    """Return the bytes that a chain takes on disk."""
    return sum(manifest.size for manifest in manifests)
