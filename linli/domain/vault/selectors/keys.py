"""Keys unwrapped for the length of an act; none is kept in memory."""

from dataclasses import dataclass, field

from django.conf import settings

from linli.domain.vault.errors import PersonErased
from linli.domain.vault.models import DataKey, MasterKey, PurposeKey
from linli.domain.vault.ports import KeyKeeper
from linli.domain.vault.rules.places import place_of_data_key, place_of_purpose_key
from linli.kernel.crypto import Suite, suite_named


@dataclass(frozen=True)
class OpenKey:
    """A key that seals, unwrapped, and the family that it is for; never printed."""

    suite: Suite
    key: bytes = field(repr=False)


def keeper() -> KeyKeeper:
    """Who keeps the master keys of this installation."""
    return settings.LINLI_KEY_KEEPER


def newest_master_key() -> MasterKey | None:
    """The generation under which new keys are wrapped; None before the first."""
    return MasterKey.objects.order_by("-generation").first()


def opened(key: DataKey) -> OpenKey:
    """The key of a case's personal data. Raises PersonErased, KeyMissing, SealBroken."""
    if key.wrapped is None or key.generation_id is None:
        raise PersonErased
    bound = place_of_data_key(key.subject)
    bare = keeper().unwrap(key.generation_id, bytes(key.wrapped), bound=bound)
    return OpenKey(suite_named(key.suite), bare)


def opened_purpose(purpose: str) -> OpenKey | None:
    """The key of a purpose, None where it was never made. Raises KeyMissing, SealBroken."""
    row = PurposeKey.objects.filter(purpose=purpose).first()
    if row is None:
        return None
    bound = place_of_purpose_key(purpose)
    bare = keeper().unwrap(row.generation_id, bytes(row.wrapped), bound=bound)
    return OpenKey(suite_named(row.suite), bare)
