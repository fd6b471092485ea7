"""From seals to pieces of the journal that can each be checked by themselves, in any order.

Serves: X02.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from linli.domain.audit.rules.anchor import AnchorReader
from linli.domain.audit.rules.chain import STREAM_COUNT
from linli.domain.audit.rules.seals import MARK_BYTES, Head, Moved, Seal
from linli.domain.audit.rules.times import Window
from linli.domain.audit.rules.walking import Stretch

Piece = Mapping[int, Stretch]
ALL = range(STREAM_COUNT)


@dataclass
class _Growing:
    before: Head
    end: Head
    marks: list[bytes] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)

    def stretch(self, stream: int) -> Stretch:
        return Stretch(stream, self.before, self.end, b"".join(self.marks), tuple(self.windows))


def pieces_of(
    reader: AnchorReader,
    lines: Iterable[bytes],
    *,
    since: int,
    rows: float = float("inf"),
    only: Collection[int] = ALL,
) -> Iterator[Piece]:
    """Yield pieces of about so many rows, from after seal `since` to the last; the reader reads.

    With `only`, of these streams alone; without `rows`, all in one.
    A restart begins anew: what was sealed before it and is gone is told by the restart itself.
    """
    growing: dict[int, _Growing] = {}
    size = 0
    for seal in reader.read(lines):
        if seal.number <= since:
            continue
        if seal.restart:
            growing, size = {}, 0
        size += _add(growing, reader, seal, only)
        if size >= rows:
            yield _piece(growing)
            growing, size = {}, 0
    if growing:
        yield _piece(growing)


def marks_by_stream(seal: Seal) -> Iterator[tuple[int, Moved, bytes]]:
    """Yield each stream that moved, how far, and the marks of its rows."""
    at = 0
    for stream, move in sorted(seal.moved.items()):
        end = at + MARK_BYTES * (move.seq - move.start)
        yield stream, move, seal.marks[at:end]
        at = end


def _add(
    growing: dict[int, _Growing], reader: AnchorReader, seal: Seal, only: Collection[int]
) -> int:
    if seal.restart:
        return 0
    for stream, move, marks in marks_by_stream(seal):
        if stream not in only:
            continue
        head = reader.heads[stream]
        grown = growing.setdefault(stream, _Growing(head, head))
        # Where a seal is lost, its rows have no marks: the stretch is walked by its chain alone.
        grown.marks.append(marks)
        grown.windows.append(Window(move.seq, reader.whole_at, seal.at))
        grown.end = (move.seq, move.hash)
    return len(seal.marks) // MARK_BYTES


def _piece(growing: Mapping[int, _Growing]) -> Piece:
    return {
        stream: grown.stretch(stream)
        for stream, grown in growing.items()
        if grown.end[0] > grown.before[0]
    }
