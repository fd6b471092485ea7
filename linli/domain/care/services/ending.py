"""Ending records: a consent taken back, a crisis card run out, the time to keep over.

Serves: R129 X01.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.audit.services import record
from linli.domain.care.errors import NothingInForce
from linli.domain.care.events import CareConsentWithdrawn, CareErased
from linli.domain.care.models import CareEntry
from linli.domain.care.rules.kinds import CONSENT, subject_of
from linli.domain.care.selectors import WRITE, cards_over, in_force
from linli.domain.cases.models import Case
from linli.domain.cases.services.steps import lock_for
from linli.domain.vault.services import erase_key

AT_ONCE = 200


@transaction.atomic
def withdraw_consent(ref: str, *, actor: Actor, at: datetime) -> None:
    """Take back the consent in force; no session is written from now on.

    Records CareConsentWithdrawn. Raises NotFound, NotPermitted, NothingInForce.
    """
    case = lock_for(ref, act=WRITE, actor=actor)
    entry = in_force(case, CONSENT, at).select_for_update().first()
    if entry is None:
        raise NothingInForce
    entry.ended_at = at
    entry.save(update_fields=["ended_at"])
    record(CareConsentWithdrawn(case.public_id, entry.number), actor=actor, at=at)


def expire_cards(*, at: datetime) -> int:
    """Destroy the words of crisis cards that ran out; returns how many. Records CareErased.

    Broken off anywhere, the next run goes on.
    """
    count = 0
    while done := _expire_some(at):
        count += done
    return count


@transaction.atomic
def _expire_some(at: datetime) -> int:
    rows = cards_over(at).select_for_update(of=("self",), skip_locked=True)
    cards = list(rows.select_related("case").order_by("pk")[:AT_ONCE])
    for card in cards:
        erase_entry(card, card.case.public_id, reason="expired", actor=SYSTEM_ACTOR, at=at)
    return len(cards)


def erase_care(cases: Iterable[Case], *, at: datetime) -> int:
    """Destroy the words of every record of some cases; returns how many. Records CareErased.

    For whoever deletes in time, who holds the cases locked.
    """
    rows = CareEntry.objects.filter(case__in=list(cases), erased_at__isnull=True)
    entries = list(rows.select_for_update(of=("self",)).select_related("case"))
    for entry in entries:
        erase_entry(entry, entry.case.public_id, reason="time", actor=SYSTEM_ACTOR, at=at)
    return len(entries)


def erase_entry(
    entry: CareEntry, case_ref: str, *, reason: str, actor: Actor, at: datetime
) -> None:
    """Destroy what a record says; that there was one stays. Records CareErased."""
    erase_key(subject_of(case_ref, entry.number), at=at)
    entry.erased_at = at
    entry.save(update_fields=["erased_at"])
    record(CareErased(case_ref, entry.number, reason), actor=actor, at=at)
