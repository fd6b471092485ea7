"""Secrets of second factors lie sealed in the database.

Serves: X02 R109.
"""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from linli.domain.vault.selectors import SECOND_FACTOR, is_sealed
from linli.domain.vault.services import open_secret, seal_secret
from linli.kernel.clock import utc_now

# What allauth keeps of a time code, and of recovery codes; of passkeys it keeps nothing secret.
SECRET_VALUES, SECRET_LISTS = ("secret", "seed"), ("migrated_codes",)


class SealingMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Seals what allauth stores of a second factor, under a key of that purpose."""

    def encrypt(self, text: str) -> str:
        """Return a secret sealed."""
        return seal_secret(SECOND_FACTOR, text, at=utc_now())

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret; one that somebody planted in clear is refused (SealBroken)."""
        return open_secret(SECOND_FACTOR, encrypted_text, at=utc_now())


def seal_second_factors() -> int:
    """Seal what earlier versions left in clear; returns how many factors were changed."""
    changed = 0
    for factor in Authenticator.objects.order_by("id"):
        sealed = _sealed(factor.data)
        if sealed != factor.data:
            Authenticator.objects.filter(pk=factor.pk).update(data=sealed)
            changed += 1
    return changed


def _sealed(data: dict[str, object]) -> dict[str, object]:
    anew = dict(data)
    for name in SECRET_VALUES:
        if isinstance(value := data.get(name), str):
            anew[name] = _once(value)
    for name in SECRET_LISTS:
        if isinstance(values := data.get(name), list):
            anew[name] = [_once(str(value)) for value in values]
    return anew


def _once(text: str) -> str:
    return text if is_sealed(text) else seal_secret(SECOND_FACTOR, text, at=utc_now())
