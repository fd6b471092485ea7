"""Reading the journal."""

import json
from dataclasses import dataclass
from datetime import datetime

from linli.domain.audit.models import Effect, Journal, Outbox


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


def fact(journal_id: int) -> Fact | None:
    """Return one fact by its row id, or None."""
    row = Journal.objects.filter(pk=journal_id).first()
    return None if row is None else _fact(row)


def facts_about(subject_type: str, subject_id: str) -> list[Fact]:
    """Return everything recorded about a subject, oldest first."""
    rows = Journal.objects.filter(subject_type=subject_type, subject_id=subject_id)
    # By position, which is chained; a row's id is not.
    return [_fact(row) for row in rows.order_by("stream", "seq")]


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
