"""How a journal row is written out and hashed, so that anyone can check it.

Serves: X02.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

STREAM_COUNT = 64
# A row as it is walked: seq, row id, algorithm, previous, hash, and the text after stream and seq.
Row = tuple[int, int, str, bytes, bytes, bytes]


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
