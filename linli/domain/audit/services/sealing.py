"""Sealing the journal: the heads of all streams, signed, kept where its owner cannot reach.

Serves: X02.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection, transaction

from linli.domain.audit.errors import AnchorUnreadable, JournalBehindSeal
from linli.domain.audit.models import SealNote
from linli.domain.audit.ports import AnchorStore, SealKeys
from linli.domain.audit.rules.anchor import AnchorReader
from linli.domain.audit.rules.chain import moment
from linli.domain.audit.rules.seals import (
    Head,
    Heads,
    Moved,
    Seal,
    beginning,
    digest,
    first_previous,
    heads_root,
    mark_of,
    rows_root,
)
from linli.domain.audit.selectors.anchoring import anchor_reader, last_seal, lines_of
from linli.domain.audit.selectors.rows import LAST, rows_between, server_connection

ROWS_A_SEAL = 100_000
NOTES_KEPT = 10_000
ALGORITHM_OF = {"ed25519": "sha256", "sm2": "sm3"}
LOCK = "SELECT pg_advisory_xact_lock(hashtext('linli seal'))"
SERVER = "SELECT system_identifier::text, clock_timestamp() FROM pg_control_system()"


def seal_journal(
    store: AnchorStore,
    keys: SealKeys,
    *,
    quiet_s: float = 0,
    rows: int = ROWS_A_SEAL,
) -> list[Seal]:
    """Seal what has been written since the last seal; returns the seals made.

    Parameters
    ----------
    quiet_s : where nothing was written, seal nevertheless once the last seal is so old; a missing
        heartbeat shows that sealing has stopped. 0 seals in any case.
    rows : most rows that one seal covers; more than that make more seals.

    Raises JournalBehindSeal, AnchorUnreadable.
    """
    made: list[Seal] = []
    while True:
        seal = _seal_once(store, keys, quiet_s=quiet_s if not made else float("inf"), rows=rows)
        if seal is not None:
            made.append(seal)
        if seal is None or seal.is_caught_up:
            return made


@transaction.atomic
def restart_seals(store: AnchorStore, keys: SealKeys, *, reason: str) -> Seal:
    """Let the journal as it stands now be sealed from its beginning: after a restore, by a person.

    Every later check tells of it, with the reason. Where the anchor did not come along to another
    machine, numbers begin anew as well.
    """
    if not reason.strip():
        raise ValueError("a restart is told with its reason")
    server, at = _lock()
    reader = _read_back(store, keys)
    SealNote.objects.filter(number__gt=reader.last.number if reader.last else 0).delete()
    genesis = {stream: Moved(0, *head) for stream, head in beginning().items()}
    return _keep(
        store, keys, _Draft(reader.last, beginning(), server, at, genesis, restart=reason.strip())
    )


@dataclass(frozen=True)
class _Draft:
    """What the next seal will say."""

    last: Seal | None
    before: Heads
    server: str
    at: datetime
    moved: dict[int, Moved]
    marks: Sequence[bytes] = ()
    hashes: Sequence[bytes] = ()
    is_caught_up: bool = True
    restart: str = ""

    @property
    def heads(self) -> dict[int, Head]:
        """The heads as they stand once the seal is made."""
        return {**self.before, **{s: (move.seq, move.hash) for s, move in self.moved.items()}}

    def seal(self, signed_by: str, public_key: bytes) -> Seal:
        """Return the seal, not signed yet."""
        algorithm = ALGORITHM_OF[signed_by]
        marks = b"".join(self.marks)
        return Seal(
            number=self.last.number + 1 if self.last else 1,
            at=moment(self.at),
            server=self.server,
            rows=sum(seq for seq, _ in self.heads.values()),
            moved=self.moved,
            heads_root=heads_root(self.heads, algorithm),
            rows_root=rows_root(self.hashes, algorithm),
            marks_digest=digest(algorithm, marks),
            previous=self.last.digest() if self.last else first_previous(algorithm),
            algorithm=algorithm,
            signed_by=signed_by,
            public_key=public_key,
            is_caught_up=self.is_caught_up,
            restart=self.restart,
            marks=marks,
        )


@transaction.atomic
def _seal_once(store: AnchorStore, keys: SealKeys, *, quiet_s: float, rows: int) -> Seal | None:
    server, at = _lock()
    reader = _read_end(store, keys)
    _require_sealed_rows(reader)
    moved, marks, hashes = _new_rows(reader, limit=rows)
    if not moved and _is_recent(reader, at, quiet_s):
        return None
    if reader.last is None or reader.last.at[:10] < moment(at)[:10]:
        # The first of a day states all heads, so that its file can be read by itself.
        resting = {
            stream: Moved(seq, seq, held)
            for stream, (seq, held) in reader.heads.items()
            if stream not in moved
        }
        moved = dict(sorted({**resting, **moved}.items()))
    is_caught_up = len(hashes) < rows
    draft = _Draft(reader.last, reader.heads, server, at, moved, marks, hashes, is_caught_up)
    return _keep(store, keys, draft)


def _lock() -> tuple[str, datetime]:
    """Let one seal at a time; returns the server's own mark and its time."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(SERVER)
        server, at = cursor.fetchone()
    return str(server), at.astimezone(UTC)


def _read_end(store: AnchorStore, keys: SealKeys) -> AnchorReader:
    """Read the last seals. Raises AnchorUnreadable where they do not go as far as was noted."""
    reader, known = _read_back(store, keys), last_seal()
    if known is not None and (reader.last is None or reader.last.number < known.number):
        raise AnchorUnreadable(known.number)
    return reader


def _read_back(store: AnchorStore, keys: SealKeys) -> AnchorReader:
    """Read the seals of the last day that has any that holds."""
    reader = anchor_reader(keys)
    for day in reversed(store.days()):
        reader = anchor_reader(keys)
        # From the middle: the first of a day states all heads.
        reader.is_unbroken = False
        for _ in reader.read(store.lines(day)):
            pass
        if reader.last is not None and reader.is_unbroken:
            break
    else:
        reader = anchor_reader(keys)
        for _ in reader.read(lines_of(store)):
            pass
    return reader


def _require_sealed_rows(reader: AnchorReader) -> None:
    """Raise JournalBehindSeal unless the rows at the sealed heads are still there."""
    spans = {s: (seq - 1, seq) for s, (seq, _) in reader.heads.items() if seq}
    there = {
        stream: (row[0], row[4])
        for stream, rows in rows_between(server_connection(), spans)
        for row in rows
    }
    if any(there.get(stream) != reader.heads[stream] for stream in spans):
        raise JournalBehindSeal(reader.last.number if reader.last else 0)


def _new_rows(
    reader: AnchorReader, *, limit: int
) -> tuple[dict[int, Moved], list[bytes], list[bytes]]:
    moved, marks, hashes = {}, [], []
    spans = {stream: (seq, LAST) for stream, (seq, _) in reader.heads.items()}
    for stream, rows in rows_between(server_connection(), spans, limit=limit):
        seq, held = start, _ = reader.heads[stream]
        for seq, row_id, _algorithm, _previous, held, rest in rows:  # noqa: B007  # the last is kept
            marks.append(mark_of(row_id, rest))
            hashes.append(held)
        moved[stream] = Moved(start, seq, held)
    return moved, marks, hashes


def _is_recent(reader: AnchorReader, at: datetime, quiet_s: float) -> bool:
    if reader.last is None or not quiet_s:
        return bool(quiet_s)  # where nothing was ever written, there is nothing to be silent about
    return (at - datetime.fromisoformat(reader.last.at)).total_seconds() < quiet_s


def _keep(store: AnchorStore, keys: SealKeys, draft: _Draft) -> Seal:
    """Sign, keep outside, and note here; outside first, so that no note is without its seal."""
    signer = keys.signer()
    seal = draft.seal(signer.name, signer.public_key)
    seal = seal.signed(signer.sign(seal.body()))
    store.append(seal.line(), day=_day(draft.at))
    if draft.last is not None:
        _note(draft.last)
    _note(seal)
    SealNote.objects.filter(number__lte=seal.number - NOTES_KEPT).delete()
    return seal


def _note(seal: Seal) -> None:
    SealNote.objects.get_or_create(
        number=seal.number,
        defaults={
            "at": datetime.fromisoformat(seal.at),
            "rows": seal.rows,
            "digest": seal.digest(),
        },
    )


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()
