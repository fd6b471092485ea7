"""Proving that the journal is whole: by itself, or against the seals that lie elsewhere.

Serves: X02.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Generic, TypeVar

import psycopg
from django.db import connection

from linli.domain.audit.ports import AnchorStore, SealKeys
from linli.domain.audit.rules.anchor import AnchorReader
from linli.domain.audit.rules.faults import Fault
from linli.domain.audit.rules.pieces import Piece, pieces_of
from linli.domain.audit.rules.seals import Head, Heads, Seal, beginning
from linli.domain.audit.rules.walking import BROKEN, walk, walk_on
from linli.domain.audit.selectors.anchoring import (
    anchor_reader,
    begun_after,
    lines_of,
    noted_digests,
)
from linli.domain.audit.selectors.explaining import (
    Anchored,
    dated,
    explained_streams,
    head_faults,
    stray,
)
from linli.domain.audit.selectors.rows import (
    LAST,
    one_moment,
    rows_between,
    server_connection,
)

One = TypeVar("One")
PIECE_ROWS = 50_000
PIECES_AHEAD = 3  # for each process: enough to keep it busy, few enough to bound memory


@dataclass(frozen=True)
class VerifyReport:
    """What checking found.

    Parameters
    ----------
    checked : rows looked at. unsealed : of these, rows that no seal vouches for yet.
    seals : seals read. upto : number of the last one, 0 without any.
    restarts : seals by which somebody let the journal begin anew, with the reason.
    """

    checked: int
    faults: tuple[Fault, ...]
    unsealed: int = 0
    seals: int = 0
    upto: int = 0
    restarts: tuple[Seal, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is altered, missing, put in, moved or cut."""
        return not self.faults


def verify_chain(*, limit_faults: int = 100) -> VerifyReport:
    """Check every row of every stream against its neighbours and the heads, without seals."""
    with one_moment():
        found, ends, checked = _tail(beginning())
        found = sorted([*stray(), *found, *head_faults(ends)])
    return VerifyReport(checked, tuple(found[:limit_faults]), unsealed=checked)


def verify_journal(
    store: AnchorStore,
    keys: SealKeys,
    *,
    since: int = 0,
    processes: int = 0,
    limit_faults: int = 100,
) -> VerifyReport:
    """Check every row after seal `since` against the seals, and the seals against each other.

    Parameters
    ----------
    since : number of a seal up to which all is known to be whole; 0 for everything.
    processes : how many others to share the work with, each with a connection of its own; with 0
        it is done here, inside the present transaction.
    limit_faults : report at most so many.
    """
    since = max(since, begun_after(store, keys))
    reader, noted, lines = anchor_reader(keys), noted_digests(), Counted(lines_of(store))
    pieces = pieces_of(reader, lines, since=since, rows=PIECE_ROWS)
    checked, found = 0, []
    for count, faults in _walked(pieces, processes):
        checked += count
        found += faults
    # What sealed rows are never changes; whatever still grows is read at one moment, which comes
    # after the last seal was read: whoever writes and seals meanwhile is left to the next check.
    with one_moment():
        of_seals = reader.close(noted=noted | _noted_upto(reader))
        tail, ends, unsealed = _tail(reader.heads)
        of_rows = _told(Anchored(store, keys, since, lines.seen), found, tail, ends)
        strays = stray()
    return VerifyReport(
        checked=checked + unsealed,
        faults=tuple([*of_seals, *strays, *of_rows][:limit_faults]),
        unsealed=unsealed,
        seals=len(reader.digests),
        upto=reader.last.number if reader.last else 0,
        restarts=tuple(reader.restarts),
    )


def walk_piece(server: psycopg.Connection, piece: Piece) -> tuple[int, list[Fault]]:
    """Fetch a piece's rows and check them; returns how many there were, and the faults."""
    spans = {stream: (one.before[0], one.end[0]) for stream, one in piece.items()}
    found: list[Fault] = []
    checked, left = 0, dict(piece)
    for stream, rows in rows_between(server, spans):
        stretch = left.pop(stream)
        there = list(rows)
        checked += len(there)
        found += walk(stretch, there)
    for stretch in left.values():
        found += walk(stretch, [])
    return checked, found


def _noted_upto(reader: AnchorReader) -> dict[int, bytes]:
    """Return the notes of the seals that were read; those made since are nobody's loss."""
    newest = reader.last.number if reader.last else 0
    return {number: held for number, held in noted_digests().items() if number <= newest}


def _walked(pieces: Iterator[Piece], processes: int) -> Iterator[tuple[int, list[Fault]]]:
    if processes < 1:
        server = server_connection()
        yield from (walk_piece(server, piece) for piece in pieces)
        return
    conninfo = _conninfo()
    # Forked: a fresh process would first load Django for seconds. Each connects for itself.
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        yield from _spread(
            lambda piece: pool.submit(_walk_apart, conninfo, piece),
            pieces,
            ahead=processes * PIECES_AHEAD,
        )


def _spread(
    submit: Callable[[Piece], Future[tuple[int, list[Fault]]]],
    pieces: Iterator[Piece],
    *,
    ahead: int,
) -> Iterator[tuple[int, list[Fault]]]:
    """Hand pieces out, never more than `ahead` at a time, and yield what comes back."""
    running = {submit(piece) for piece in islice(pieces, ahead)}
    while running:
        done, running = wait(running, return_when=FIRST_COMPLETED)
        yield from (one.result() for one in done)
        running |= {submit(piece) for piece in islice(pieces, len(done))}


def _walk_apart(conninfo: str, piece: Piece) -> tuple[int, list[Fault]]:
    # A connection for each piece: a few milliseconds against the third of a second of its rows.
    with psycopg.connect(conninfo, autocommit=True) as server:
        return walk_piece(server, piece)


def _conninfo() -> str:
    params = connection.get_connection_params()
    known = {name: params[name] for name in _CONNECTING if params.get(name)}
    return psycopg.conninfo.make_conninfo(**known)


_CONNECTING = ("host", "port", "dbname", "user", "password", "options", "sslmode")


def _tail(heads: Heads) -> tuple[list[Fault], dict[int, Head], int]:
    """Walk what no seal vouches for yet; returns faults, where each stream ends, rows seen."""
    found: list[Fault] = []
    checked, ends = 0, dict(heads)
    spans = {stream: (seq, LAST) for stream, (seq, _) in heads.items()}
    for stream, rows in rows_between(server_connection(), spans):
        counted = Counted(rows)
        faults, ends[stream] = walk_on(stream, heads[stream], counted)
        found += faults
        checked += counted.seen
    return found, ends, checked


def _told(
    anchored: Anchored, found: list[Fault], tail: list[Fault], ends: dict[int, Head]
) -> list[Fault]:
    """Say what was done to the streams that are not whole, and each thing once."""
    broken = {fault.stream for fault in found if fault.kind == BROKEN}
    explained, ends_there = explained_streams(anchored, broken)
    clear = [f for f in [*found, *tail] if f.stream not in explained]
    faults = [*clear, *(fault for faults in explained.values() for fault in faults)]
    return dated(anchored, sorted({*faults, *head_faults({**ends, **ends_there})}))


class Counted(Generic[One]):
    """Rows or lines that are counted as they pass."""

    def __init__(self, rows: Iterable[One]) -> None:
        self._rows = iter(rows)
        self.seen = 0

    def __iter__(self) -> "Counted[One]":
        return self

    def __next__(self) -> One:
        row = next(self._rows)
        self.seen += 1
        return row
