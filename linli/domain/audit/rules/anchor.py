"""Reading the seals in their order: which of them hold, and what is wrong with the others.

Serves: X02.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from linli.domain.audit.rules.faults import Fault, seal_fault
from linli.domain.audit.rules.seals import (
    Head,
    Seal,
    after,
    beginning,
    digest,
    first_previous,
    heads_root,
    read_line,
)

# algorithm, public key, what was signed, signature
Verifier = Callable[[str, bytes, bytes, bytes], bool]


@dataclass
class AnchorReader:
    """Reads seals one after the other and keeps what stands after each.

    Parameters
    ----------
    trusted : (algorithm, public key) of those who may sign.
    heads : the heads as the last good seal left them.
    whole_at : when a seal last left no row waiting; "" since a beginning.
    is_unbroken : whether no seal was lost since `heads` were last known in full.
    """

    trusted: Sequence[tuple[str, bytes]]
    verifies: Verifier
    heads: dict[int, Head] = field(default_factory=beginning)
    last: Seal | None = None
    whole_at: str = ""
    restarts: list[Seal] = field(default_factory=list)
    is_unbroken: bool = True
    missing: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    digests: dict[int, bytes] = field(default_factory=dict)

    def read(self, lines: Iterable[bytes]) -> Iterator[Seal]:
        """Yield the seals that hold, each before `heads` moves on to it."""
        for line in lines:
            seal = read_line(line)
            # A line that is no seal is the trace of a power cut, or a seal made unreadable;
            # then its number is missing.
            if seal is not None and self._takes(seal):
                yield seal
                self.heads = after(self.heads, seal)
                self.last = seal
                if seal.restart or seal.is_caught_up:
                    self.whole_at = "" if seal.restart else seal.at

    def close(self, *, noted: Mapping[int, bytes]) -> list[Fault]:
        """Return all that is wrong with the seals, once every line has been read.

        Parameters
        ----------
        noted : what the database noted, number → digest; the last may be noted and not yet kept.
        """
        told = {fault.seal for fault in self.faults if fault.kind != "seal_clock"}
        newest = self.last.number if self.last else 0
        lost = self.missing | {number for number in noted if number > newest}
        self.faults += [seal_fault("seal_missing", n) for n in sorted(lost - told)]
        noticed = range(min(noted, default=0), newest)
        self.faults += [
            seal_fault("seal_note", number)
            for number, held in self.digests.items()
            if (number in noticed and noted.get(number) != held)
            or (number == newest and noted.get(number, held) != held)
        ]
        return sorted(set(self.faults), key=lambda fault: (fault.seal, fault.kind))

    def _takes(self, seal: Seal) -> bool:
        """Whether a seal holds and comes in its turn; what is wrong is written down."""
        expected = self.last.number + 1 if self.last else 1
        if not self._is_signed(seal):
            return False
        if seal.number < expected:
            self.missing.discard(seal.number)
            self.faults.append(seal_fault("seal_reordered", seal.number))
            return False
        if seal.number > expected:
            self.missing |= set(range(expected, seal.number))
            self.is_unbroken = False
        self._compare(seal, is_next=seal.number == expected)
        self.digests[seal.number] = seal.digest()
        return True

    def _is_signed(self, seal: Seal) -> bool:
        if (seal.signed_by, seal.public_key) not in self.trusted:
            self.faults.append(seal_fault("seal_unknown_key", seal.number))
            return False
        is_good = self.verifies(
            seal.signed_by, seal.public_key, seal.body(), seal.signature
        ) and seal.marks_digest == digest(seal.algorithm, seal.marks)
        if not is_good:
            self.faults.append(seal_fault("seal_altered", seal.number))
        return is_good

    def _compare(self, seal: Seal, *, is_next: bool) -> None:
        """Compare a seal with the one ahead of it."""
        if len(seal.moved) == len(self.heads):
            self.is_unbroken = True
        if seal.restart:
            self.restarts.append(seal)
        elif self.is_unbroken and seal.heads_root != heads_root(
            after(self.heads, seal), seal.algorithm
        ):
            self.faults.append(seal_fault("seal_altered", seal.number))
        ahead = self.last.digest() if self.last else first_previous(seal.algorithm)
        if is_next and seal.previous != ahead:
            self.faults.append(seal_fault("seal_altered", max(1, seal.number - 1)))
        if self.last and seal.at <= self.last.at:
            self.faults.append(seal_fault("seal_clock", seal.number))
