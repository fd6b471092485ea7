"""Walking along a stream: does each row say what was written, where it was written, in turn?

Two ways. Where seals vouch for rows, each is compared with its mark, so that a difference is
named even if the whole chain was reckoned anew. Beyond the last seal only the chain itself speaks.

Serves: X02.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from linli.domain.audit.rules.chain import Row
from linli.domain.audit.rules.faults import Fault
from linli.domain.audit.rules.seals import MARK_BYTES, Head, mark_of
from linli.domain.audit.rules.times import Window, clock_faults, is_set_back

ALGORITHMS: dict[str, Callable[[bytes], "hashlib._Hash"]] = {"sha256": hashlib.sha256}
if "sm3" in hashlib.algorithms_available:
    ALGORITHMS["sm3"] = lambda data: hashlib.new("sm3", data)

# A stretch that is not whole; `explain` says why, once all of the stream is at hand.
BROKEN = "relinked"


@dataclass(frozen=True)
class Stretch:
    """A piece of a stream between two heads that seals vouch for.

    Parameters
    ----------
    before, end : the head ahead of the piece, and the one at its end.
    marks : six bytes a row of the piece.
    windows : within which times rows up to a position must have been recorded.
    """

    stream: int
    before: Head
    end: Head
    marks: bytes
    windows: tuple[Window, ...] = ()

    @property
    def is_marked(self) -> bool:
        """Whether there is a mark for every row: not where a seal is lost."""
        return len(self.marks) == MARK_BYTES * (self.end[0] - self.before[0])


def is_own(stream: int, row: Row) -> bool:
    """Whether a row's hash is that of its own fields."""
    seq, _, algorithm, previous, held, rest = row
    make = ALGORITHMS.get(algorithm)
    return (
        make is not None
        and make(previous + b"%d\x1f%d\x1f" % (stream, seq) + rest).digest() == held
    )


def walk(stretch: Stretch, rows: Sequence[Row]) -> list[Fault]:
    """Return every fault of a piece, given all its rows in their order."""
    if not stretch.is_marked:
        found, last = walk_on(stretch.stream, stretch.before, rows)
        if not found and last != stretch.end:
            found.append(_end_fault(stretch, last))
        return found
    if _is_whole(stretch, rows):
        return clock_faults(stretch.stream, rows, stretch.windows)
    return [Fault(stretch.stream, stretch.before[0] + 1, BROKEN)]


def explain(stretch: Stretch, rows: Sequence[Row]) -> tuple[list[Fault], Head]:
    """Say what was done to a stream, given its whole stretch and all rows from there on.

    Returns the faults, and the head at which the rows end. What lies beyond the stretch is
    compared with nothing but itself.
    """
    stream, first = stretch.stream, stretch.before[0] + 1
    wanted = [
        stretch.marks[at : at + MARK_BYTES] for at in range(0, len(stretch.marks), MARK_BYTES)
    ]
    there = [mark_of(row[1], row[5]) for row in rows]
    found, beyond = _content_faults(stream, first, wanted, there, rows)
    named = {fault.seq for fault in found}
    found |= {
        Fault(stream, row[0], "altered")
        for row in rows[:beyond]
        if row[0] not in named and not is_own(stream, row)
    }
    if not found:
        found = set(_links(stretch, rows[:beyond]))
    end = (rows[beyond - 1][0], rows[beyond - 1][4]) if beyond else stretch.before
    tail, last = walk_on(stream, end, rows[beyond:])
    return sorted(found | set(tail)), last


def walk_on(stream: int, before: Head, rows: Iterable[Row]) -> tuple[list[Fault], Head]:
    """Walk beyond what is sealed; returns the faults, and the head at which the rows end."""
    found: list[Fault] = []
    last_seq, last_hash = before
    ahead = b""
    for row in rows:
        seq, _, _, previous, held, rest = row
        follows = seq == last_seq + 1
        if seq <= last_seq:
            found.append(Fault(stream, seq, "inserted"))
        found += [Fault(stream, gap, "missing") for gap in range(last_seq + 1, seq)]
        if not is_own(stream, row):
            found.append(Fault(stream, seq, "altered"))
        elif follows and previous != last_hash:
            found.append(Fault(stream, seq, "reordered"))
        elif ahead and is_set_back(ahead, rest):
            found.append(Fault(stream, seq, "clock"))
        last_seq, last_hash, ahead = max(seq, last_seq), held, rest
    return found, (last_seq, last_hash)


def _is_whole(stretch: Stretch, rows: Sequence[Row]) -> bool:
    """Whether every row is as it was; the quick way, for nearly all pieces are."""
    (seq, last), stream, marks = stretch.before, stretch.stream, stretch.marks
    at = 0
    for row_seq, row_id, algorithm, previous, held, rest in rows:
        seq += 1
        make = ALGORITHMS.get(algorithm)
        if (
            row_seq != seq
            or previous != last
            or make is None
            or make(b"%b%d\x1f%d\x1f%b" % (previous, stream, seq, rest)).digest() != held
            or hashlib.sha256(b"%d\x1f%b" % (row_id, rest)).digest()[:MARK_BYTES]
            != marks[at : at + MARK_BYTES]
        ):
            return False
        last, at = held, at + MARK_BYTES
    return (seq, last) == stretch.end


def _content_faults(
    stream: int, first: int, wanted: Sequence[bytes], there: Sequence[bytes], rows: Sequence[Row]
) -> tuple[set[Fault], int]:
    """Name what was changed, taken out, put in or moved, from the marks alone.

    Returns the faults, and how many of the rows are not beyond what the marks know.
    """
    gone: dict[bytes, int] = {}
    come: dict[bytes, int] = {}
    changed: list[tuple[int, bytes, bytes]] = []
    beyond = len(there)
    for does, i1, i2, j1, j2 in SequenceMatcher(None, wanted, there, autojunk=False).get_opcodes():
        if does == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        changed += [(first + i1 + n, wanted[i1 + n], there[j1 + n]) for n in range(pairs)]
        gone |= {wanted[i]: first + i for i in range(i1 + pairs, i2)}
        if i2 == len(wanted):
            beyond = j1 + pairs
        else:
            come |= {there[j]: rows[j][0] for j in range(j1 + pairs, j2)}
    was = {before for _, before, _ in changed} | gone.keys()
    is_now = {now for _, _, now in changed} | come.keys() | set(there[beyond:])
    found = {
        Fault(stream, seq, "reordered" if now in was else "altered") for seq, _, now in changed
    }
    found |= {
        Fault(stream, seq, "reordered" if mark in was else "inserted") for mark, seq in come.items()
    }
    moved_out = {mark for mark in there[beyond:] if mark in gone}
    found |= {Fault(stream, gone[mark], "reordered") for mark in moved_out}
    lost = sorted(seq for mark, seq in gone.items() if mark not in is_now)
    return found | set(_gone(stream, lost, first + len(wanted))), beyond


def _gone(stream: int, seqs: Sequence[int], end: int) -> Iterator[Fault]:
    """Name rows that are gone: one by one, or the whole tail at once."""
    kept = list(seqs)
    tail = end
    while kept and kept[-1] == tail - 1:
        tail = kept.pop()
    yield from (Fault(stream, seq, "missing") for seq in kept)
    if tail != end:
        yield Fault(stream, tail - 1, "tail_cut")


def _links(stretch: Stretch, rows: Sequence[Row]) -> Iterator[Fault]:
    """Find where rows that are each as they were hang together otherwise."""
    seq, last = stretch.before
    for row in rows:
        if row[3] != last or row[0] != seq + 1:
            yield Fault(stretch.stream, row[0], "relinked")
            return
        seq, last = row[0], row[4]
    if (seq, last) != stretch.end:
        yield Fault(stretch.stream, seq, "relinked")


def _end_fault(stretch: Stretch, last: Head) -> Fault:
    kind = "tail_cut" if last[0] < stretch.end[0] else "relinked"
    return Fault(stretch.stream, last[0], kind)
