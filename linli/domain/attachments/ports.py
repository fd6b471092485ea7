"""Where the bytes of attachments lie."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol


class FileStore(Protocol):
    """Keeps files under names of ours; what `put` returned from survives a power cut."""

    def put(self, name: str, data: bytes) -> None:
        """Keep a file that is not there yet, whole or not at all.

        Raises Unavailable where there is no room, leaving nothing behind.
        """

    def get(self, name: str) -> bytes | None:
        """Return a file, None where there is none."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""

    def names(self, *, before: datetime) -> Iterator[str]:
        """Yield the names of files written before a moment, also of those left half-written."""
