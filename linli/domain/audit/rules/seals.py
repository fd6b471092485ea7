"""What a seal says, how it is written as a line, and how it is read again.

A seal states the head of every stream, signed, chained to the seal before. Its `marks`, six bytes
a row, let whoever finds a difference name the row; they are under the signature by their digest.

Serves: X02.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from linli.domain.audit.rules.chain import STREAM_COUNT, genesis
from linli.domain.audit.rules.merkle import leaf_of, root_of

MARK_BYTES = 6
Head = tuple[int, bytes]
Heads = Mapping[int, Head]


@dataclass(frozen=True)
class Moved:
    """How far a stream has come: the row it stood at, the row it stands at, and that one's hash."""

    start: int
    seq: int
    hash: bytes


@dataclass(frozen=True)
class Seal:
    """One seal.

    Parameters
    ----------
    number : from 1, without gaps.
    at : when it was made, UTC, as `moment` writes it.
    server : the database server's own mark.
    rows : rows of the whole journal.
    moved : streams that have moved since the seal before; the first of a file has all 64.
    heads_root : over all 64 heads. rows_root : over the hashes of the rows that are new.
    marks_digest : of `marks`, which stand beside what is signed.
    previous : digest of the seal before.
    algorithm : of digests and roots. signed_by, public_key : who signed.
    is_caught_up : whether no row had to wait for the next seal.
    restart : why the journal begins anew after a restore; "" else.
    """

    number: int
    at: str
    server: str
    rows: int
    moved: Mapping[int, Moved]
    heads_root: bytes
    rows_root: bytes
    marks_digest: bytes
    previous: bytes
    algorithm: str
    signed_by: str
    public_key: bytes
    is_caught_up: bool = True
    restart: str = ""
    signature: bytes = b""
    marks: bytes = field(default=b"", repr=False)

    def body(self) -> bytes:
        """Return what is signed."""
        return _canonical(_said(self))

    def line(self) -> bytes:
        """Return the line that is kept, without its end."""
        return _canonical(
            {"seal": _said(self), "signature": self.signature.hex(), "marks": _b64(self.marks)}
        )

    def digest(self) -> bytes:
        """Return what the next seal is chained to."""
        return digest(self.algorithm, self.body() + self.signature)

    def signed(self, signature: bytes) -> "Seal":
        """Return the seal with its signature."""
        return replace(self, signature=signature)


def first_previous(algorithm: str) -> bytes:
    """Return what the first seal is chained to."""
    return digest(algorithm, b"linli seals")


def digest(algorithm: str, data: bytes) -> bytes:
    """Hash data by an algorithm that seals may use."""
    return hashlib.new(algorithm, data).digest()


def mark_of(row_id: int, rest: bytes) -> bytes:
    """Return what tells a row's content from every other's, wherever it stands in its stream."""
    return hashlib.sha256(b"%d\x1f" % row_id + rest).digest()[:MARK_BYTES]


def beginning() -> dict[int, Head]:
    """Return the heads of an empty journal."""
    return {stream: (0, genesis(stream)) for stream in range(STREAM_COUNT)}


def heads_root(heads: Heads, algorithm: str) -> bytes:
    """Return the root over all heads, stream by stream."""
    return root_of(
        [
            leaf_of(b"%d\x1f%d\x1f" % (stream, seq) + held, algorithm)
            for stream, (seq, held) in sorted(heads.items())
        ],
        algorithm,
    )


def rows_root(hashes: Sequence[bytes], algorithm: str) -> bytes:
    """Return the root over the hashes of rows, in the order of stream and position."""
    return root_of([leaf_of(one, algorithm) for one in hashes], algorithm)


def after(heads: Heads, seal: Seal) -> dict[int, Head]:
    """Return the heads as they stand once a seal is made."""
    moved = {stream: (move.seq, move.hash) for stream, move in seal.moved.items()}
    return {**(beginning() if seal.restart else heads), **moved}


def read_line(line: bytes) -> Seal | None:
    """Read a line; None where it is not exactly what a seal writes."""
    try:
        kept = json.loads(line)
        seal = _read(kept)
        return seal if seal.line() == line else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _said(seal: Seal) -> dict[str, object]:
    return {
        "number": seal.number,
        "at": seal.at,
        "server": seal.server,
        "rows": seal.rows,
        "moved": {
            str(stream): [move.start, move.seq, move.hash.hex()]
            for stream, move in sorted(seal.moved.items())
        },
        "heads_root": seal.heads_root.hex(),
        "rows_root": seal.rows_root.hex(),
        "marks_digest": seal.marks_digest.hex(),
        "previous": seal.previous.hex(),
        "algorithm": seal.algorithm,
        "signed_by": seal.signed_by,
        "public_key": seal.public_key.hex(),
        "is_caught_up": seal.is_caught_up,
        "restart": seal.restart,
    }


def _read(kept: dict[str, dict[str, str]]) -> Seal:
    said: dict[str, object] = dict(kept["seal"])
    moved = said["moved"]
    if not isinstance(moved, dict):
        raise ValueError
    return Seal(
        number=int(str(said["number"])),
        at=str(said["at"]),
        server=str(said["server"]),
        rows=int(str(said["rows"])),
        moved={
            int(stream): Moved(int(start), int(seq), bytes.fromhex(held))
            for stream, (start, seq, held) in moved.items()
        },
        **{
            name: bytes.fromhex(str(said[name]))
            for name in ("heads_root", "rows_root", "marks_digest", "previous", "public_key")
        },
        algorithm=str(said["algorithm"]),
        signed_by=str(said["signed_by"]),
        is_caught_up=said["is_caught_up"] is True,
        restart=str(said["restart"]),
        signature=bytes.fromhex(str(kept["signature"])),
        marks=base64.b64decode(str(kept["marks"]), validate=True),
    )


def _canonical(said: Mapping[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
