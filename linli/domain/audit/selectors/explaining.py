"""What was done to a stream that is not whole: asked only where something is wrong.

Serves: X02.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from linli.domain.audit.models import JournalHead
from linli.domain.audit.ports import AnchorStore, SealKeys
from linli.domain.audit.rules.faults import Fault
from linli.domain.audit.rules.pieces import pieces_of
from linli.domain.audit.rules.seals import Head
from linli.domain.audit.rules.walking import explain
from linli.domain.audit.selectors.anchoring import anchor_reader, lines_of
from linli.domain.audit.selectors.rows import LAST, rows_between, server_connection, stray_rows

MOST_STRAYS = 1_000


@dataclass(frozen=True)
class Anchored:
    """Where the seals lie, who vouches for them, after which of them and how far is looked.

    `upto` counts lines: those added since were made of rows that came since.
    """

    store: AnchorStore
    keys: SealKeys
    since: int
    upto: int

    def lines(self) -> Iterator[bytes]:
        """Yield the lines that were read before."""
        return islice(lines_of(self.store), self.upto)


def explained_streams(
    anchored: Anchored, streams: Collection[int]
) -> tuple[dict[int, list[Fault]], dict[int, Head]]:
    """Say what was done to some streams; returns faults by stream, and where each ends.

    Streams of which a seal is lost are left out: their rows have no marks to be told by.
    """
    if not streams:
        return {}, {}
    reader = anchor_reader(anchored.keys)
    whole = list(pieces_of(reader, anchored.lines(), since=anchored.since, only=streams))
    found: dict[int, list[Fault]] = {}
    ends: dict[int, Head] = {}
    for stream, stretch in whole[-1].items() if whole else ():
        if not stretch.is_marked:
            continue
        rows = [
            row
            for _, some in rows_between(server_connection(), {stream: (stretch.before[0], LAST)})
            for row in some
        ]
        faults, ends[stream] = explain(stretch, rows)
        found[stream] = faults or [Fault(stream, stretch.end[0], "altered")]
    return found, ends


def head_faults(ends: Mapping[int, Head]) -> list[Fault]:
    """Compare the heads that the database keeps with where its rows end."""
    held = {h.stream: (h.seq, bytes(h.hash)) for h in JournalHead.objects.all()}
    found = []
    for stream, (seq, last) in ends.items():
        head: Head = held.get(stream, (-1, b""))
        if head[0] > seq:
            found.append(Fault(stream, seq, "tail_cut"))
        elif head != (seq, last):
            found.append(Fault(stream, seq, "head_altered"))
    return found


def dated(anchored: Anchored, faults: Sequence[Fault]) -> list[Fault]:
    """Tell tails that were cut from older states put back: there the heads went back as well."""
    heads = {h.stream: h.seq for h in JournalHead.objects.all()}
    back = {
        f.stream: f.seq for f in faults if f.kind == "tail_cut" and heads.get(f.stream) == f.seq
    }
    if not back:
        return list(faults)
    reader, number = anchor_reader(anchored.keys), 0
    for seal in reader.read(anchored.lines()):
        if all(move.seq <= back.get(stream, move.seq) for stream, move in seal.moved.items()):
            number = seal.number
        else:
            break
    return [
        replace(f, kind="rolled_back", seal=number)
        if f.kind == "tail_cut" and f.stream in back
        else f
        for f in faults
    ]


def stray() -> list[Fault]:
    """Return the rows that stand where no row can."""
    strays = stray_rows(server_connection(), limit=MOST_STRAYS)
    return [Fault(stream, seq, "inserted") for stream, seq in strays]
