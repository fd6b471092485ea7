"""The keys that sign seals, as files of our own: the private one 0600, the public one beside it.

A file holds one line: `linli-seal-key GENERATION ALGORITHM` and the key in hexadecimal. The
public halves are enough to verify; give them to whoever checks the journal from outside.
"""

import re
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from linli.config import options
from linli.config.durable import make_folder, write_once
from linli.config.master_keys import open_to_others
from linli.kernel.crypto import Ed25519Signer, Signer, Sm2Signer
from linli.kernel.errors import Rejected, Unavailable

MARK, PUBLIC_MARK, KEY_BYTES = "linli-seal-key", "linli-seal-public", 32
FILE_NAME = re.compile(r"seal-(\d{4,})\.(key|pub)")
SIGNERS: dict[str, Callable[[bytes], Signer]] = {"ed25519": Ed25519Signer, "sm2": Sm2Signer}


class FileSealKeys:
    """Keeps seal keys in a folder, numbered from 1; the newest signs."""

    def __init__(self, folder: Path, *, algorithm: str) -> None:
        self.folder, self.algorithm = folder, algorithm
        self._signer: Signer | None = None

    def signer(self) -> Signer:
        """Return what signs now; makes the first key, and a new one where the algorithm changes."""
        if self._signer is None:
            self._signer = self._newest() or self.renew()
        return self._signer

    def renew(self) -> Signer:
        """Make the next key; what the earlier ones have signed stays valid."""
        generation = max(self._generations("key") + self._generations("pub"), default=0) + 1
        make_folder(self.folder)
        private = secrets.token_bytes(KEY_BYTES)
        signer = SIGNERS[self.algorithm](private)
        public = f"{PUBLIC_MARK} {generation} {self.algorithm} {signer.public_key.hex()}\n"
        # The public half first: a key that signs is vouched for from its first seal on.
        if not write_once(self.path_of(generation, "pub"), public):
            return self.signer()
        line = f"{MARK} {generation} {self.algorithm} {private.hex()}\n"
        write_once(self.path_of(generation, "key"), line)
        self._signer = signer
        return signer

    def trusted(self) -> Sequence[tuple[str, bytes]]:
        """Return algorithm and public key of every key kept here."""
        found = [self._read(number, "pub", PUBLIC_MARK) for number in self._generations("pub")]
        return [(algorithm, key) for algorithm, key in found]

    def path_of(self, generation: int, kind: str) -> Path:
        """Return where a key lies; kind is key or pub."""
        return self.folder / f"seal-{generation:04d}.{kind}"

    def _newest(self) -> Signer | None:
        for generation in reversed(self._generations("key")):
            algorithm, private = self._read(generation, "key", MARK)
            if algorithm == self.algorithm:
                return SIGNERS[algorithm](private)
        return None

    def _generations(self, kind: str) -> list[int]:
        if not self.folder.is_dir():
            return []
        found = (FILE_NAME.fullmatch(path.name) for path in self.folder.iterdir())
        return sorted(int(match[1]) for match in found if match and match[2] == kind)

    def _read(self, generation: int, kind: str, mark: str) -> tuple[str, bytes]:
        path = self.path_of(generation, kind)
        if kind == "key" and open_to_others(path):
            raise Unavailable(
                f"封印密钥 {path} 其他用户也能读取，没有使用。请执行 chmod 600 {path}，"
                "并更换封印密钥（linli audit renew-key）。",
                f"Others can read the seal key at {path}, so it was not used. Run chmod 600 {path} "
                "and change the key (linli audit renew-key).",
            )
        words = path.read_text(encoding="ascii", errors="replace").split()
        if len(words) != 4 or words[:2] != [mark, str(generation)] or words[2] not in SIGNERS:
            raise _damaged(path)
        try:
            return words[2], bytes.fromhex(words[3])
        except ValueError as error:
            raise _damaged(path) from error


def _damaged(path: Path) -> Rejected:
    return Rejected(
        f"{path} 不是封印密钥文件，或已损坏。请从密钥备份恢复。",
        f"{path} is no seal key, or it is damaged. Put it back from the backup of keys.",
    )


def seal_keys_of(home: Path) -> FileSealKeys:
    """Return what signs the seals of an installation."""
    folder = Path(options.text("LINLI_KEYS") or home / "keys")
    return FileSealKeys(folder, algorithm=options.text("LINLI_SEAL_SIGNATURE"))
