"""A sealed journal, and the hands of whoever owns the database and found the anchor's folder."""

# ruff: noqa: S608 -- an attacker writes his SQL as he likes, of numbers that we chose

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random

from django.db import connection, transaction

from linli.config.anchor import FolderAnchor
from linli.config.seal_keys import FileSealKeys
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.events import PersonalDataViewed
from linli.domain.audit.services import record_all, seal_journal
from linli.kernel.clock import utc_now
from linli.kernel.crypto import Ed25519Signer, Signer

STREAMS = 64
RECHAIN = """
DO $$ DECLARE
    entry audit_journal;
    last bytea := sha256(convert_to('linli journal stream {stream}', 'UTF8'));
BEGIN
    FOR entry IN SELECT * FROM audit_journal WHERE stream = {stream} AND seq > 0 ORDER BY seq LOOP
        UPDATE audit_journal SET previous = last,
            hash = sha256(last || convert_to(linli_journal_text(entry), 'UTF8'))
        WHERE id = entry.id RETURNING hash INTO last;
    END LOOP;
END $$
"""
HEAD = """
UPDATE audit_journalhead SET (seq, hash) = (
    SELECT coalesce(max(seq), 0), coalesce(
        (array_agg(hash ORDER BY seq DESC))[1],
        sha256(convert_to('linli journal stream {stream}', 'UTF8'))
    ) FROM audit_journal WHERE stream = {stream} AND seq > 0
) WHERE stream = {stream}
"""


class Scene:
    """The journal and its anchor as they stand for one act; `begin` puts the anchor back."""

    def __init__(self, home: Path) -> None:
        self.keys = FileSealKeys(home / "tamper-keys", algorithm="ed25519")
        self.kept = FolderAnchor(home / "tamper-kept")
        self.anchor = FolderAnchor(home / "tamper-anchor")
        self.history: list[dict[int, int]] = []
        self.sealed: dict[int, int] = {}

    def fill(self, rows: int, *, seals: int) -> None:
        """Write facts and seal them, as often."""
        for place in range(seals):
            with transaction.atomic():
                for n in range(rows // seals):
                    look(f"case-{place}-{n}")
            seal_journal(self.kept, self.keys)
            self.history.append(self._heads())
        self.sealed = self.history[-1]

    def begin(self) -> None:
        """Start from an anchor that nobody has touched."""
        shutil.rmtree(self.anchor.folder, ignore_errors=True)
        shutil.copytree(self.kept.folder, self.anchor.folder)

    def row(self, chance: Random) -> tuple[int, int]:
        """Choose a row that is sealed."""
        stream = self.stream_of_at_least(1, chance)
        return stream, chance.randrange(1, self.sealed[stream] + 1)

    def stream_of_at_least(self, rows: int, chance: Random) -> int:
        """Choose a stream that has so many sealed rows."""
        return chance.choice([stream for stream, seq in self.sealed.items() if seq >= rows])

    def last(self, stream: int) -> int:
        """Return the last position of a stream."""
        return self._heads(stream)[stream]

    def owner(self, *statements: str) -> None:
        """Do what only the owner can: past the triggers."""
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_journal DISABLE TRIGGER USER")
            for sql in statements:
                cursor.execute(sql)
            cursor.execute("ALTER TABLE audit_journal ENABLE TRIGGER USER")

    def rehash(self, stream: int, seq: int) -> None:
        """Give one row the hash of its new fields."""
        self.owner(
            "UPDATE audit_journal AS j SET hash ="
            " sha256(previous || convert_to(linli_journal_text(j), 'UTF8'))"
            f" WHERE stream = {stream} AND seq = {seq}"
        )

    def rechain(self, stream: int) -> None:
        """Reckon a whole stream anew, and its head."""
        self.owner(RECHAIN.format(stream=stream), self.head_sql(stream))

    def head_sql(self, stream: int) -> str:
        """Return what lets a head fit its rows."""
        return HEAD.format(stream=stream)

    def shift(self, stream: int, *, after: int, by: int) -> None:
        """Move the positions of all later rows."""
        where = f"WHERE stream = {stream} AND seq"
        self.owner(
            f"UPDATE audit_journal SET seq = -1000000 - seq {where} > {after}",
            f"UPDATE audit_journal SET seq = -1000000 - seq + {by} {where} < -1000000",
        )

    def exchange(self, stream: int, one: int, other: int, *, column: str) -> None:
        """Let two rows exchange a number that no two may share."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {column} FROM audit_journal"
                " WHERE stream = %s AND seq IN (%s, %s) ORDER BY seq",
                [stream, one, other],
            )
            (first, a), (second, b) = cursor.fetchall()
        aside = -9_000_000_001
        if column == "id":
            steps = [(aside, first), (a, second), (b, aside)]
        else:
            steps = [(aside, first), (a, second), (b, first)]
        self.owner(
            *(f"UPDATE audit_journal SET {column} = {v} WHERE id = {row}" for v, row in steps)
        )

    def write_fact(self, chance: Random) -> tuple[int, int]:
        """Write a fact as the platform does; returns where it stands."""
        before = self._heads()
        look(f"late-{chance.random()}")
        return next((s, seq) for s, seq in self._heads().items() if seq != before[s])

    def seal(self) -> None:
        """Seal as the platform does."""
        seal_journal(self.anchor, self.keys)

    def lines(self) -> list[bytes]:
        """Return the lines of the anchor."""
        return [line for day in self.anchor.days() for line in self.anchor.lines(day)]

    def write(self, lines: Sequence[bytes]) -> None:
        """Put other lines into the anchor."""
        first, *rest = self.anchor.days()
        for day in rest:
            self.anchor.path_of(day).unlink()
        self.anchor.path_of(first).write_bytes(b"".join(line + b"\n" for line in lines))

    def resigned(self, line: bytes, said: dict[str, object]) -> bytes:
        """Return a seal that says something else, signed by a key of the attacker's own."""
        return _signed(line, said, Ed25519Signer(b"\x07" * 32))

    def next_seal(self, line: bytes, *, at: str) -> bytes:
        """Return the seal after one, made by the platform under a clock that was set."""
        kept = json.loads(line)
        body = _canonical(kept["seal"]) + bytes.fromhex(kept["signature"])
        said: dict[str, object] = {
            "number": kept["seal"]["number"] + 1,
            "at": at,
            "moved": {},
            "previous": hashlib.sha256(body).hexdigest(),
            "marks_digest": hashlib.sha256(b"").hexdigest(),
        }
        return _signed(line, said, self.keys.signer(), marks="")

    def _heads(self, *streams: int) -> dict[int, int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT stream, seq FROM audit_journalhead WHERE stream = ANY(%s)",
                [list(streams or range(STREAMS))],
            )
            return {int(stream): int(seq) for stream, seq in cursor.fetchall()}


def look(*refs: str) -> None:
    """Write down that cases were looked at; the commonest fact there is."""
    views = [PersonalDataViewed(ref, ["body"], "handle") for ref in refs]
    record_all(views, actor=SYSTEM_ACTOR, at=utc_now())


def _signed(
    line: bytes, said: dict[str, object], signer: Signer, *, marks: str | None = None
) -> bytes:
    kept = json.loads(line)
    kept["seal"] |= {**said, "public_key": signer.public_key.hex()}
    kept["signature"] = signer.sign(_canonical(kept["seal"])).hex()
    if marks is not None:
        kept["marks"] = marks
    return _canonical(kept)


def _canonical(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
