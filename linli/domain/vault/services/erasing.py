"""A person is erased by destroying the key of their data; or locked, where they must be kept.

Serves: X01.
"""

from datetime import datetime

from django.db import transaction

from linli.domain.audit.ports import Who
from linli.domain.audit.services import record
from linli.domain.vault.events import PersonErased, PersonLocked
from linli.domain.vault.models import BlindIndex, DataKey, SealedField


@transaction.atomic
def erase_person(ref: str, *, actor: Who, at: datetime) -> bool:
    """Destroy the key of a case's personal data, and all that was sealed or digested with it.

    Returns False, and changes nothing, where there is none or it is gone already. Backups keep the
    wrapped key until they are gone themselves, or the master key that it needs is.

    Records PersonErased, which holds the case's reference alone.
    """
    if not erase_key(ref, at=at):
        return False
    record(PersonErased(ref), actor=actor, at=at)
    return True


@transaction.atomic
def erase_key(subject: str, *, at: datetime) -> bool:
    """Destroy the key of a subject, and all that was sealed or digested with it.

    Returns False, and changes nothing, where there is none or it is gone already. Records nothing:
    what it belongs to is a fact of the caller's.
    """
    # Not whole rows: whoever erases by schedule may read no keys.
    held = DataKey.objects.filter(subject=subject, erased_at__isnull=True)
    key = held.select_for_update().values_list("id", flat=True).first()
    if key is None:
        return False
    BlindIndex.objects.filter(key_id=key).delete()
    SealedField.objects.filter(key_id=key).delete()
    DataKey.objects.filter(id=key).update(wrapped=None, generation=None, erased_at=at)
    return True


@transaction.atomic
def lock_person(ref: str, *, actor: Who, at: datetime) -> bool:
    """Shut the personal data of a case: kept, opened to nobody, found by nobody.

    Returns False, and changes nothing, where there are none, or they are locked or gone already.

    Records PersonLocked, which holds the case's reference alone.
    """
    held = DataKey.objects.filter(subject=ref, erased_at__isnull=True, locked_at__isnull=True)
    key = held.select_for_update().values_list("id", flat=True).first()
    if key is None:
        return False
    BlindIndex.objects.filter(key_id=key).delete()
    DataKey.objects.filter(id=key).update(locked_at=at)
    record(PersonLocked(ref), actor=actor, at=at)
    return True
