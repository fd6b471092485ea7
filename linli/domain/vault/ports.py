"""What the vault asks of whoever keeps the master keys, a file or a key management service."""

from typing import Protocol


class KeyKeeper(Protocol):
    """Keeps master keys outside the database, numbered from 1; none of them ever leaves it.

    `bound` says what the wrapped key is for; a key wrapped for one thing does not unwrap for
    another.
    """

    def make(self, generation: int, *, suite: str) -> None:
        """Make the master key of a generation; where it is there already, leave it."""

    def generations(self) -> list[int]:
        """Return the generations that are kept, oldest first."""

    def wrap(self, generation: int, key: bytes, *, bound: bytes) -> bytes:
        """Return a key sealed under the master key. Raises KeyMissing."""

    def unwrap(self, generation: int, wrapped: bytes, *, bound: bytes) -> bytes:
        """Return what was wrapped. Raises KeyMissing, SealBroken."""

    def check_value(self, generation: int) -> str:
        """Return what tells this master key from every other without giving it away.

        Raises KeyMissing.
        """

    def destroy(self, generation: int) -> None:
        """Make a master key unrecoverable here; nothing to do where it is not kept."""
