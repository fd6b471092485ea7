"""The key of backups: a file or a passphrase that lies outside of them, and what is drawn from it.

Without this key a stolen backup is noise; so is our own, if we lose it.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from linli.config import options
from linli.config.backup.errors import NoKey
from linli.config.durable import write_once
from linli.kernel.errors import Rejected

SALT_BYTES = 16
SHORTEST = 20
KEY_NAME = "backup_key"


@dataclass(frozen=True)
class BackupKey:
    """A secret and the keys that are drawn from it, one for each file and purpose."""

    secret: bytes = field(repr=False)

    def of_file(self, salt: bytes, file_salt: bytes, name: str) -> bytes:
        """Return the key of one file, 32 bytes."""
        return _drawn(_stretched(self.secret, salt), file_salt, f"file {name}")

    def mark(self, salt: bytes) -> str:
        """Return what tells this key from another, and tells nothing else."""
        return _drawn(_stretched(self.secret, salt), b"", "mark")[:8].hex()

    def seal(self, salt: bytes, text: bytes) -> str:
        """Return a code over a text that only who has the key can make."""
        return hmac.digest(_drawn(_stretched(self.secret, salt), b"", "seal"), text, "sha256").hex()


def find_key(home: Path, *, key_file: Path | None = None, may_make: bool = False) -> BackupKey:
    """Return the key: of the file named, of LINLI_BACKUP_KEY, or the one kept in the home.

    Raises NoKey where there is none and none may be made, Rejected for one that is too short.
    """
    kept = home / KEY_NAME
    if key_file is None and (given := options.text("LINLI_BACKUP_KEY")):
        return _checked(given, "LINLI_BACKUP_KEY")
    if key_file is None and may_make and not kept.exists():
        write_once(kept, secrets.token_urlsafe(48))
    path = key_file or kept
    try:
        return _checked(path.read_text(encoding="utf-8").strip(), str(path))
    except OSError as error:
        raise NoKey(str(path)) from error


def new_key_words(home: Path) -> tuple[str, str]:
    """Return what to tell, in both languages, when a key was made."""
    return (
        f"已生成备份密钥 {home / KEY_NAME}。请抄存到别处：没有它，备份打不开。",
        f"A backup key was made: {home / KEY_NAME}. Keep a copy elsewhere: "
        "without it no backup opens.",
    )


def _checked(secret: str, where: str) -> BackupKey:
    if len(secret) < SHORTEST:
        raise Rejected(
            f"备份密钥（{where}）太短，请用至少 {SHORTEST} 个字符。",
            f"The backup key ({where}) is too short: use {SHORTEST} characters or more.",
            field=where,
        )
    return BackupKey(secret.encode())


@cache
def _stretched(secret: bytes, salt: bytes) -> bytes:
    # A passphrase is worth what one guess costs: 128 MB and a third of a second.
    return Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(secret)


def _drawn(master: bytes, salt: bytes, purpose: str) -> bytes:
    context = f"linli backup 1 {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=context).derive(master)
