"""How a journal row is written out and hashed, so that anyone can check it.

Serves: X02.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

STREAM_COUNT = 64


@dataclass(frozen=True)
class Entry:
    """A journal row as plain values; `at` and `recorded_at` are UTC, microseconds kept."""

    stream: int
    seq: int
    at: datetime
    recorded_at: datetime
    event: str
    subject_type: str
    subject_id: str
    actor_id: int | None
    actor_name: str
    payload: str
    algorithm: str
    previous: bytes
    hash: bytes


@dataclass(frozen=True)
class Fault:
    """What is wrong with the chain, where.

    `kind` is one of altered, missing, reordered, tail_cut.
    """

    stream: int
    seq: int
    kind: str

    def text(self, lang: str = "zh-hans") -> str:
        """Say the fault in words."""
        zh, en = FAULT_WORDS[self.kind]
        words = en if lang.startswith("en") else zh
        return words.format(stream=self.stream, seq=self.seq)


FAULT_WORDS = {
    "altered": (
        "第 {stream} 链第 {seq} 条记录被改动",
        "row {seq} of stream {stream} has been altered",
    ),
    "missing": (
        "第 {stream} 链第 {seq} 条记录缺失",
        "row {seq} of stream {stream} is missing",
    ),
    "reordered": (
        "第 {stream} 链第 {seq} 条记录不在原来的位置",
        "row {seq} of stream {stream} is not where it was written",
    ),
    "tail_cut": (
        "第 {stream} 链在第 {seq} 条之后被截断",
        "stream {stream} has been cut after row {seq}",
    ),
}


def stream_of(subject_id: str) -> int:
    """Return the stream, 0–63, in which the facts about a subject are chained."""
    return hashlib.sha256(subject_id.encode()).digest()[0] % STREAM_COUNT


def genesis(stream: int) -> bytes:
    """Return the hash that stands before the first row of a stream."""
    return hashlib.sha256(f"linli journal stream {stream}".encode()).digest()


def moment(at: datetime) -> str:
    """Write a moment as the chain does: UTC, microseconds, Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def text_of(entry: Entry) -> str:
    """Join the fields of a row in the order that is hashed."""
    actor = "" if entry.actor_id is None else str(entry.actor_id)
    return "\x1f".join(
        (
            str(entry.stream),
            str(entry.seq),
            moment(entry.at),
            moment(entry.recorded_at),
            entry.event,
            entry.subject_type,
            entry.subject_id,
            actor,
            entry.actor_name,
            entry.payload,
            entry.algorithm,
        )
    )


def hash_of(entry: Entry) -> bytes:
    """Return the hash that a row must carry, by its own algorithm (sha256 or sm3).

    Raises ValueError where this machine's OpenSSL lacks the algorithm.
    """
    return hashlib.new(entry.algorithm, entry.previous + text_of(entry).encode()).digest()


def faults_in(entries: Iterable[Entry], heads: dict[int, tuple[int, bytes]]) -> Iterator[Fault]:
    """Yield every fault of the chain.

    Parameters
    ----------
    entries : all rows, ordered by stream and position.
    heads : stream → (last position, last hash).
    """
    last: dict[int, tuple[int, bytes]] = {s: (0, genesis(s)) for s in heads}
    for entry in entries:
        seq, previous = last.get(entry.stream, (0, genesis(entry.stream)))
        for gap in range(seq + 1, entry.seq):
            yield Fault(entry.stream, gap, "missing")
        follows = entry.seq == seq + 1
        if hash_of(entry) != entry.hash:
            yield Fault(entry.stream, entry.seq, "altered")
        elif follows and entry.previous != previous:
            yield Fault(entry.stream, entry.seq, "reordered")
        last[entry.stream] = (entry.seq, entry.hash)
    for stream, (seq, head_hash) in sorted(heads.items()):
        at, held = last[stream]
        if at < seq or held != head_hash:
            yield Fault(stream, at, "tail_cut")
