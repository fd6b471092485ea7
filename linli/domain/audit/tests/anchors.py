"""An anchor in memory, and a key that is nobody's: what the ports ask for, no more."""

from collections.abc import Iterator, Sequence
from datetime import date

from linli.kernel.crypto import Ed25519Signer, Signer


class MemoryAnchor:
    """Keeps lines in memory; tests reach into `kept` as an attacker reaches into files."""

    def __init__(self) -> None:
        self.kept: dict[date, list[bytes]] = {}

    def append(self, line: bytes, *, day: date) -> None:
        """Keep a line under a day."""
        self.kept.setdefault(max([day, *self.kept]), []).append(line)

    def days(self) -> list[date]:
        """Return the days that have lines."""
        return sorted(self.kept)

    def lines(self, day: date) -> Iterator[bytes]:
        """Yield the lines of a day."""
        yield from self.kept[day]


class MemoryKeys:
    """One key, made of its number."""

    def __init__(self, number: int = 1) -> None:
        self._signer = Ed25519Signer(bytes([number]) * 32)

    def signer(self) -> Signer:
        """Return what signs."""
        return self._signer

    def renew(self) -> Signer:
        """Keep the key: tests take another of these instead."""
        return self._signer

    def trusted(self) -> Sequence[tuple[str, bytes]]:
        """Return the one key."""
        return [(self._signer.name, self._signer.public_key)]
