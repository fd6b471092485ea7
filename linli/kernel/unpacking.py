"""Reading files from outside with an end: what is packed grows no further than it may."""

import gzip
import io
import zlib
from typing import BinaryIO

from linli.kernel.archives import ArchiveBroken, Bomb, TooLarge
from linli.kernel.bounds import MOST_TEXT, MOST_TIMES, TIMES_COUNT_ABOVE

PACKED = b"\x1f\x8b"


def read_bounded(file: BinaryIO, *, most: int) -> bytes:
    """Read a whole file of at most `most` bytes. Raises TooLarge before more are held."""
    data = file.read(most + 1)
    if len(data) > most:
        raise TooLarge(file.seek(0, io.SEEK_END) if file.seekable() else len(data), most)
    return data


def unpacked(file: BinaryIO) -> BinaryIO:
    """Open a gzip file for reading. Reading raises Bomb and ArchiveBroken.

    Parameters
    ----------
    file : seekable, at its beginning.
    """
    return io.BufferedReader(_Gunzip(file), io.DEFAULT_BUFFER_SIZE * 8)


class _Gunzip(io.RawIOBase):
    """Counts what comes out against what went in."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._reader = gzip.GzipFile(fileobj=file)
        self._count = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go back to a place that has been read, or to the beginning."""
        self._count = self._reader.seek(offset, whence)
        return self._count

    def tell(self) -> int:
        return self._count

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # as BufferedReader
        try:
            data = self._reader.read(len(buffer))
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise ArchiveBroken(str(error)) from error
        self._count += len(data)
        if self._count > MOST_TEXT:
            raise Bomb
        if self._count > TIMES_COUNT_ABOVE and self._count > self._file.tell() * MOST_TIMES:
            raise Bomb
        buffer[: len(data)] = data
        return len(data)
