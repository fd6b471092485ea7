"""A person's data are opened for a reason, and the look is written down with them.

Serves: X01 X02 R109.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.domain.audit.ports import Viewer
from linli.domain.audit.services import record_view
from linli.domain.vault.errors import PersonErased, PersonLocked, ReasonMissing
from linli.domain.vault.models import DataKey
from linli.domain.vault.selectors.keys import opened
from linli.domain.vault.selectors.persons import opened_fields

LONGEST_REASON = 200


@transaction.atomic
def open_fields(
    ref: str,
    fields: Sequence[str],
    *,
    actor: Viewer,
    reason: str,
    at: datetime,
    opening: str = "",
) -> dict[str, str]:
    """Return values about the person behind a case, by field; those that nobody gave left out.

    The look is recorded first and in the same transaction: where it cannot be written down,
    nothing is shown. Asking for what nobody gave is a look as well.

    Records PersonalDataViewed. Raises ReasonMissing, PersonErased, PersonLocked,
    SealBroken, KeyMissing.
    """
    why = " ".join(reason.split())[:LONGEST_REASON]
    if not why:
        raise ReasonMissing
    key = DataKey.objects.filter(subject=ref).first()
    if key is not None and key.erased_at is not None:
        raise PersonErased
    if key is not None and key.locked_at is not None:
        raise PersonLocked
    record_view(ref, fields=fields, purpose=why, actor=actor, at=at, opening=opening)
    if key is None:
        return {}
    values = opened_fields(key, opened(key))
    return {name: values[name] for name in fields if name in values}


def open_sealed(subject: str) -> dict[str, str]:
    """Return every value sealed for a subject that is no person behind a case, by field.

    For verbs of the domain alone, which write the look down as a fact of their own before they
    call this, in one transaction. Records nothing. Raises PersonErased, PersonLocked, SealBroken,
    KeyMissing.
    """
    key = DataKey.objects.filter(subject=subject).first()
    if key is None:
        return {}
    if key.locked_at is not None:
        raise PersonLocked
    return opened_fields(key, opened(key))
