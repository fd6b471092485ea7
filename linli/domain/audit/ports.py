"""What the journal asks of whoever acts, and of where its seals are kept."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from linli.kernel.crypto import Signer


class Who(Protocol):
    """An actor, as far as the journal cares."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...


class Viewer(Who, Protocol):
    """Someone who looks, in a post."""

    @property
    def post(self) -> tuple[str, str]:
        """Role and code of the unit of the post; "" twice for whoever has none."""


class AnchorStore(Protocol):
    """Keeps the lines of seals where the database's owner cannot reach: only ever added to.

    A folder of our own by default; a write-once disk or another organisation as well.
    """

    def append(self, line: bytes, *, day: date) -> None:
        """Keep a line under a day; once this returns, it survives a power cut.

        A day before the last one that has lines counts as that one: order is order of arrival.
        """

    def days(self) -> list[date]:
        """Return the days under which there are lines, oldest first."""

    def lines(self, day: date) -> Iterator[bytes]:
        """Yield the lines of a day in the order in which they came, without their ends."""


class SealKeys(Protocol):
    """Holds the key that signs seals, and vouches for those that have signed."""

    def signer(self) -> Signer:
        """Return what signs now; made at the first call."""

    def renew(self) -> Signer:
        """Sign with a new key from now on; what earlier ones have signed stays valid."""

    def trusted(self) -> Sequence[tuple[str, bytes]]:
        """Return name of the algorithm and public key of every key that has signed here."""
