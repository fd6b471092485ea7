"""Opening records: for a reason of the list, the look written down first and with them.

Serves: R129 R142.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.audit.services import record
from linli.domain.care.events import CareViewed
from linli.domain.care.models import CareEntry
from linli.domain.care.rules.kinds import CARD, require_reason, subject_of
from linli.domain.care.selectors import VIEW, care_case, state_of
from linli.domain.cases.services.steps import lock_for
from linli.domain.vault.services import open_sealed


@dataclass(frozen=True)
class CareWords:
    """A record that was opened; its words are never printed."""

    number: int
    kind: str
    at: datetime
    by: str
    words: Mapping[str, str] = field(repr=False)


@transaction.atomic
def open_records(ref: str, *, reason: str, actor: Actor, at: datetime) -> list[CareWords]:
    """Return what the records of a counselling case say, oldest first.

    The look is recorded first and in the same transaction: where it cannot be written down,
    nothing is shown. A crisis card that ran out is not opened, nor what was destroyed.

    Parameters
    ----------
    reason : a reason of the list.

    Records CareViewed. Raises NotFound, UnknownKind, SealBroken, KeyMissing.
    """
    case = care_case(ref, actor)
    lock_for(case.public_id, act=VIEW, actor=actor)
    why = require_reason(reason)
    rows = [row for row in CareEntry.objects.filter(case=case) if _is_to_be_seen(row, at)]
    role, office = actor.post
    numbers: list[str | int] = [row.number for row in rows]
    fact = CareViewed(case.public_id, numbers, why, role, office)
    record(fact, actor=actor, at=at)
    return [_opened(row, case.public_id) for row in rows]


def _is_to_be_seen(row: CareEntry, at: datetime) -> bool:
    state = state_of(row, at)
    return state == "open" or (state in ("ended", "expired") and row.kind != CARD)


def _opened(row: CareEntry, ref: str) -> CareWords:
    words = open_sealed(subject_of(ref, row.number))
    return CareWords(row.number, row.kind, row.at, row.by_name, words)
