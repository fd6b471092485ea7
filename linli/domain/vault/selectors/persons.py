"""Persons found for one purpose, or shown masked."""

from collections.abc import Iterable
from typing import Literal

from linli.domain.vault.models import BlindIndex, DataKey
from linli.domain.vault.rules.masks import masked
from linli.domain.vault.rules.places import place_of_field
from linli.domain.vault.rules.purposes import lookup_of
from linli.domain.vault.rules.traces import traces_in
from linli.domain.vault.selectors.keys import OpenKey, opened, opened_purpose

MOST_FOUND = 200
Keeping = Literal["none", "kept", "locked", "erased"]


def find_by(purpose: str, value: str) -> list[str]:
    """The cases for which a value was given, newest first, at most 200; for one purpose.

    Raises PurposeUnknown: without a key of its own nothing can be looked up. Which of the cases
    the asker may see is for the caller to say.
    """
    lookup = lookup_of(purpose)
    same = lookup.same(value)
    secret = opened_purpose(purpose) if same else None
    if secret is None:
        return []
    rows = BlindIndex.objects.filter(
        purpose=purpose, digest=secret.suite.mac(secret.key, same.encode())
    )
    return list(rows.order_by("-id").values_list("key__subject", flat=True)[:MOST_FOUND])


def masked_fields(subject: str) -> dict[str, str]:
    """What of a case's personal data may stand without a reason, by field; masked.

    Of whoever is locked or erased there is nothing. Raises SealBroken, KeyMissing.
    """
    rows = DataKey.objects.filter(subject=subject, erased_at__isnull=True, locked_at__isnull=True)
    key = rows.first()
    if key is None:
        return {}
    values = opened_fields(key, opened(key))
    return {field: masked(field, value) for field, value in values.items()}


def traces_of(subjects: Iterable[str], text: str) -> frozenset[str]:
    """Which fields of the persons behind cases stand in a text; no value comes out.

    For texts that must not give a person away. Whoever was erased leaves nothing to compare with.
    Raises SealBroken, KeyMissing.
    """
    rows = DataKey.objects.filter(subject__in=list(subjects), erased_at__isnull=True)
    found: set[str] = set()
    for key in rows.prefetch_related("fields"):
        found |= traces_in(text, opened_fields(key, opened(key)))
    return frozenset(found)


def is_erased(subject: str) -> bool:
    """Whether the personal data of a case were erased."""
    return DataKey.objects.filter(subject=subject, erased_at__isnull=False).exists()


def keeping_of(subject: str) -> Keeping:
    """How the personal data of a case stand."""
    row = DataKey.objects.filter(subject=subject).values_list("erased_at", "locked_at").first()
    if row is None:
        return "none"
    return "erased" if row[0] else "locked" if row[1] else "kept"


def subjects_kept(subjects: Iterable[str]) -> set[str]:
    """Those of some cases whose personal data are still there."""
    rows = DataKey.objects.filter(subject__in=list(subjects), erased_at__isnull=True)
    return set(rows.values_list("subject", flat=True))


def opened_fields(key: DataKey, secret: OpenKey) -> dict[str, str]:
    """All values sealed for a case. For services, which write the look down. Raises SealBroken."""
    return {
        row.field: secret.suite.open(
            secret.key, bytes(row.sealed), bound=place_of_field(key.subject, row.field)
        ).decode()
        for row in sorted(key.fields.all(), key=lambda row: row.field)
    }
