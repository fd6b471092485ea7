"""A file in sealed chunks: AES-256-GCM, so that no bit, no order and no end can be changed unseen.

Layout: magic (8 bytes) · salt of the key (16) · salt of the file (32) · chunks. A chunk is 1 MiB
of content (the last may be shorter) and a tag of 16 bytes; its nonce is its number and whether it
is the last. The file's name in the backup folder is authenticated too: swapped files do not open.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from linli.config.backup.errors import Damaged
from linli.config.backup.keys import SALT_BYTES, BackupKey

MAGIC = b"LINLIBK1"
FILE_SALT_BYTES = 32
CHUNK = 1 << 20
TAG = 16
PARTIAL = ".partial"


class SealedWriter(RawIOBase):
    """Takes plain bytes and writes sealed chunks; `sha256` and `size` are of what was written."""

    def __init__(self, out: BinaryIO, key: BackupKey, *, salt: bytes, name: str) -> None:
        super().__init__()
        file_salt = os.urandom(FILE_SALT_BYTES)
        self._out = out
        self._cipher = AESGCM(key.of_file(salt, file_salt, name))
        self._name = name.encode()
        self._held = bytearray()
        self._number = 0
        self._hash = hashlib.sha256()
        self.size = 0
        self._put(MAGIC + salt + file_salt)

    def writable(self) -> bool:
        """Return that bytes may be written."""
        return True

    def write(self, data: object) -> int:
        """Take plain bytes."""
        piece = bytes(data)  # type: ignore[call-overload]  # any buffer, as RawIOBase promises
        self._held += piece
        while len(self._held) > CHUNK:
            self._seal(bytes(self._held[:CHUNK]), is_last=False)
            del self._held[:CHUNK]
        return len(piece)

    def finish(self) -> None:
        """Write the last chunk."""
        self._seal(bytes(self._held), is_last=True)
        self._held.clear()

    @property
    def sha256(self) -> str:
        """SHA-256 of all that was written, in hex."""
        return self._hash.hexdigest()

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._put(self._cipher.encrypt(nonce, plain, self._name))
        self._number += 1

    def _put(self, data: bytes) -> None:
        self._out.write(data)
        self._hash.update(data)
        self.size += len(data)


class _SealedReader(RawIOBase):
    def __init__(self, file: BinaryIO, key: BackupKey, *, name: str, place: str) -> None:
        super().__init__()
        self._file = file
        self._place = place
        self._name = name.encode()
        head = file.read(len(MAGIC) + SALT_BYTES + FILE_SALT_BYTES)
        if not head.startswith(MAGIC) or len(head) < len(MAGIC) + SALT_BYTES + FILE_SALT_BYTES:
            raise Damaged(place, "文件头不对", "its head is not one of ours")
        salts = head[len(MAGIC) :]
        self._cipher = AESGCM(key.of_file(salts[:SALT_BYTES], salts[SALT_BYTES:], name))
        self._number = 0
        self._ahead = file.read(CHUNK + TAG)
        self._plain = memoryview(b"")
        self._is_done = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # any buffer, as RawIOBase promises
        while not self._plain and not self._is_done:
            self._open_next()
        count = min(len(view), len(self._plain))
        view[:count] = self._plain[:count]
        self._plain = self._plain[count:]
        return count

    def _open_next(self) -> None:
        sealed, self._ahead = self._ahead, self._file.read(CHUNK + TAG)
        self._is_done = not self._ahead
        try:
            nonce = _nonce(self._number, is_last=self._is_done)
            self._plain = memoryview(self._cipher.decrypt(nonce, sealed, self._name))
        except (InvalidTag, ValueError) as error:
            raise Damaged(
                self._place,
                f"第 {self._number + 1} 段内容被改动、缺失或移位",
                f"part {self._number + 1} was altered, cut off or moved",
            ) from error
        self._number += 1


@contextmanager
def sealing(path: Path, key: BackupKey, *, salt: bytes, name: str) -> Iterator[SealedWriter]:
    """Write a sealed file for a block; it gets its name only when it is whole and on the disk."""
    draft = path.with_name(path.name + PARTIAL)
    try:
        with draft.open("wb") as out:
            writer = SealedWriter(out, key, salt=salt, name=name)
            yield writer
            writer.finish()
            out.flush()
            os.fsync(out.fileno())
        draft.rename(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextmanager
def opened(path: Path, key: BackupKey, *, name: str) -> Iterator[BinaryIO]:
    """Read a sealed file as plain bytes; what the block leaves unread is checked at its end.

    Raises Damaged naming the file where it is missing or not what was written.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise Damaged(name, "文件缺失", "it is missing") from error
    with file:
        reader = BufferedReader(_SealedReader(file, key, name=name, place=name), CHUNK)
        yield reader
        while reader.read(CHUNK):
            pass


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
