"""Reading the journal, and proving that it is whole. Public reads of this app.

Serves: X02.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from linli.domain.audit.models import Effect, Journal, JournalHead, Outbox
from linli.domain.audit.rules.chain import Entry, Fault, faults_in

__all__ = [
    "Fact",
    "Fault",
    "VerifyReport",
    "effect_count",
    "fact",
    "facts_about",
    "outbox_size",
    "verify_chain",
]


@dataclass(frozen=True)
class Fact:
    """A journal row as readers see it."""

    id: int
    at: datetime
    event: str
    subject_type: str
    subject_id: str
    actor_name: str
    data: dict[str, object]


@dataclass(frozen=True)
class VerifyReport:
    """What checking the whole chain found."""

    checked: int
    faults: tuple[Fault, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is altered, missing, reordered or cut."""
        return not self.faults


def verify_chain(*, limit_faults: int = 100) -> VerifyReport:
    """Check every row of every stream against its neighbours and the heads.

    Stops after `limit_faults` faults; one altered row is one fault.
    """
    counted = 0

    def counting() -> Iterator[Entry]:
        nonlocal counted
        for entry in _entries():
            counted += 1
            yield entry

    heads = {h.stream: (h.seq, bytes(h.hash)) for h in JournalHead.objects.all()}
    found: list[Fault] = []
    for fault in faults_in(counting(), heads):
        found.append(fault)
        if len(found) >= limit_faults:
            break
    return VerifyReport(counted, tuple(found))


def fact(journal_id: int) -> Fact | None:
    """Return one fact by its row id, or None."""
    row = Journal.objects.filter(pk=journal_id).first()
    return None if row is None else _fact(row)


def facts_about(subject_type: str, subject_id: str) -> list[Fact]:
    """Return everything recorded about a subject, oldest first."""
    rows = Journal.objects.filter(subject_type=subject_type, subject_id=subject_id)
    return [_fact(row) for row in rows.order_by("id")]


def outbox_size() -> int:
    """How many facts wait for their reactions to be queued."""
    return Outbox.objects.count()


def effect_count(reaction: str) -> int:
    """How many times a reaction has taken effect."""
    return Effect.objects.filter(reaction=reaction).count()


def _fact(row: Journal) -> Fact:
    return Fact(
        id=row.pk,
        at=row.at,
        event=row.event,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        actor_name=row.actor_name,
        data=json.loads(row.payload),
    )


def _entries() -> Iterator[Entry]:
    fields = tuple(Entry.__dataclass_fields__)
    rows = Journal.objects.order_by("stream", "seq").values_list(*fields)
    for row in rows.iterator(chunk_size=5000):
        values = dict(zip(fields, row, strict=True))
        yield Entry(**{**values, "previous": bytes(row[-2]), "hash": bytes(row[-1])})
