"""Master keys as files of our own, outside the database: one a generation, 0600, never replaced.

A file holds one line: `linli-master-key GENERATION SUITE` and 32 random bytes in hexadecimal.
"""

import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from linli.config.durable import make_folder, sync_folder, write_once
from linli.domain.vault.errors import KeyMissing
from linli.kernel.crypto import Suite, bound_to, derived_key, suite_named
from linli.kernel.errors import Rejected, Unavailable

MARK, ROOT_BYTES = "linli-master-key", 32
FILE_NAME = re.compile(r"master-(\d{4,})\.key")
OPEN_TO_OTHERS = 0o077


@dataclass(frozen=True)
class _Master:
    suite: Suite
    root: bytes = field(repr=False)


class FileKeeper:
    """Keeps master keys in a folder; refuses any that others could read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[int, _Master] = {}

    def make(self, generation: int, *, suite: str) -> None:
        """Make the master key of a generation; where it is there already, leave it."""
        path = self.path_of(generation)
        make_folder(self.folder)
        if path.exists():
            sync_folder(self.folder)  # whoever made it may have been stopped before that
            return
        root = secrets.token_hex(ROOT_BYTES)
        write_once(path, f"{MARK} {generation} {suite_named(suite).name} {root}\n")

    def generations(self) -> list[int]:
        """Return the generations that are kept, oldest first."""
        if not self.folder.is_dir():
            return []
        found = (FILE_NAME.fullmatch(path.name) for path in self.folder.iterdir())
        return sorted(int(match[1]) for match in found if match)

    def wrap(self, generation: int, key: bytes, *, bound: bytes) -> bytes:
        """Return a key sealed under the master key. Raises KeyMissing."""
        master = self._master(generation)
        return master.suite.seal(derived_key(master.suite, master.root, "wrap"), key, bound=bound)

    def unwrap(self, generation: int, wrapped: bytes, *, bound: bytes) -> bytes:
        """Return what was wrapped. Raises KeyMissing, SealBroken."""
        master = self._master(generation)
        return master.suite.open(
            derived_key(master.suite, master.root, "wrap"), wrapped, bound=bound
        )

    def check_value(self, generation: int) -> str:
        """Return what tells this master key from every other without giving it away."""
        master = self._master(generation)
        place = bound_to("check", str(generation))
        return master.suite.mac(derived_key(master.suite, master.root, "check"), place).hex()[:16]

    def destroy(self, generation: int) -> None:
        """Overwrite and remove a master key; nothing to do where it is not kept.

        On disks that write elsewhere instead of over (flash, copy on write) the bytes may survive.
        """
        self._read.pop(generation, None)
        path = self.path_of(generation)
        if not path.exists():
            return
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync_folder(self.folder)

    def path_of(self, generation: int) -> Path:
        """Return where the master key of a generation lies."""
        return self.folder / f"master-{generation:04d}.key"

    def _master(self, generation: int) -> _Master:
        if generation not in self._read:
            self._read[generation] = _read(self.path_of(generation), generation)
        return self._read[generation]


def open_to_others(path: Path) -> bool:
    """Whether anybody but its owner may read, write or enter a path."""
    return bool(stat.S_IMODE(path.stat().st_mode) & OPEN_TO_OTHERS)


def _read(path: Path, generation: int) -> _Master:
    if not path.is_file():
        raise KeyMissing(generation)
    for place in (path, path.parent):
        if open_to_others(place):
            mode = "600" if place == path else "700"
            raise Unavailable(
                f"主密钥 {place} 其他用户也能读取，没有使用。请执行 chmod {mode} {place}，"
                "并考虑更换主密钥（linli keys rotate）。",
                f"Others can read the master key at {place}, so it was not used. Run "
                f"chmod {mode} {place} and think of changing the master key (linli keys rotate).",
            )
    words = path.read_text(encoding="ascii", errors="replace").split()
    is_ours = len(words) == 4 and words[:2] == [MARK, str(generation)]
    try:
        root = bytes.fromhex(words[3]) if is_ours else b""
    except ValueError:
        root = b""
    if len(root) != ROOT_BYTES:
        raise Rejected(
            f"{path} 不是第 {generation} 代主密钥文件，或已损坏。请从密钥备份恢复。",
            f"{path} is no master key of generation {generation}, or it is damaged. "
            "Put it back from the backup of keys.",
        )
    return _Master(suite_named(words[2]), root)
