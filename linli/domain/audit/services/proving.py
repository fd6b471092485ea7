"""Handing out the facts about a case with proof that they are sealed.

Serves: X02 X10.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.domain.audit.models import Journal
from linli.domain.audit.ports import AnchorStore, SealKeys, Who
from linli.domain.audit.rules.chain import moment, stream_of
from linli.domain.audit.rules.merkle import leaf_of, path_to
from linli.domain.audit.rules.seals import Seal
from linli.domain.audit.selectors.anchoring import anchor_reader, begun_after, lines_of
from linli.domain.audit.selectors.rows import rows_between, server_connection
from linli.domain.audit.services.journal import record_export
from linli.kernel.errors import NotFound
from linli.kernel.proof import FORMAT


@dataclass(frozen=True)
class Proof:
    """A proof as text.

    Parameters
    ----------
    rows : how many rows it proves. unsealed : how many are left out, not being sealed yet.
    """

    text: str
    rows: int
    unsealed: int


@transaction.atomic
def take_proof(store: AnchorStore, keys: SealKeys, ref: str, *, actor: Who, at: datetime) -> Proof:
    """Return the facts about a subject, each with its path to the root that a seal states.

    Records RowsExported. Raises NotFound where the journal knows nothing of it.
    """
    rows = list(Journal.objects.filter(subject_id=ref).order_by("seq"))
    if not rows:
        raise NotFound
    by_seal, seals = _sealing(store, keys, rows, stream_of(ref))
    told = []
    for number, own in sorted(by_seal.items()):
        paths = _paths(seals[number], own)
        told += [_told(row, number, path) for row, path in zip(own, paths, strict=True)]
    kept = [
        {
            "number": number,
            "seal": json.loads(seal.body()),
            "signature": seal.signature.hex(),
        }
        for number, (seal, _) in sorted(seals.items())
    ]
    record_export(rows=len(told), query=f"proof {ref}", actor=actor, at=at)
    text = json.dumps({"format": FORMAT, "rows": told, "seals": kept}, ensure_ascii=False, indent=1)
    return Proof(text, len(told), len(rows) - len(told))


Spans = Mapping[int, tuple[int, int]]


def _sealing(
    store: AnchorStore, keys: SealKeys, rows: Sequence[Journal], stream: int
) -> tuple[dict[int, list[Journal]], dict[int, tuple[Seal, Spans]]]:
    """Find the seals that cover some rows of a stream, with the rows that each seal covers."""
    waiting = list(rows)
    by_seal: dict[int, list[Journal]] = {}
    seals: dict[int, tuple[Seal, Spans]] = {}
    begun = begun_after(store, keys)
    reader = anchor_reader(keys)
    for seal in reader.read(lines_of(store)):
        move = seal.moved.get(stream)
        if seal.number <= begun or move is None:
            continue
        own = [row for row in waiting if move.start < row.seq <= move.seq]
        if own:
            by_seal[seal.number] = own
            spans = {s: (m.start, m.seq) for s, m in seal.moved.items() if m.seq > m.start}
            seals[seal.number] = (seal, spans)
            waiting = waiting[len(own) :]
    return by_seal, seals


def _paths(sealed: tuple[Seal, Spans], own: Sequence[Journal]) -> list[list[tuple[str, str]]]:
    seal, spans = sealed
    places: dict[tuple[int, int], int] = {}
    leaves: list[bytes] = []
    for stream, rows in rows_between(server_connection(), spans):
        for row in rows:
            places[stream, row[0]] = len(leaves)
            leaves.append(leaf_of(row[4], seal.algorithm))
    return [
        [
            (side, sister.hex())
            for side, sister in path_to(leaves, places[row.stream, row.seq], seal.algorithm)
        ]
        for row in own
    ]


def _told(row: Journal, number: int, path: list[tuple[str, str]]) -> dict[str, object]:
    said = {
        "stream": row.stream,
        "seq": row.seq,
        "at": moment(row.at),
        "recorded_at": moment(row.recorded_at),
        "event": row.event,
        "subject_type": row.subject_type,
        "subject_id": row.subject_id,
        "actor_id": "" if row.actor_id is None else row.actor_id,
        "actor_name": row.actor_name,
        "payload": row.payload,
        "algorithm": row.algorithm,
        "previous": bytes(row.previous).hex(),
    }
    return {"row": said, "seal": number, "path": path}
