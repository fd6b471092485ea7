"""Public verbs of the vault. Whether somebody may see a case is for the caller to ask."""

from linli.domain.vault.errors import (
    KeyMissing,
    PersonErased,
    PersonLocked,
    PurposeUnknown,
    ReasonMissing,
)
from linli.domain.vault.services.erasing import erase_key, erase_person, lock_person
from linli.domain.vault.services.keys import begin_keys
from linli.domain.vault.services.opening import open_fields, open_sealed
from linli.domain.vault.services.rotation import (
    Rotation,
    retire_master_key,
    rotate_master_key,
)
from linli.domain.vault.services.sealing import Person, seal_many, seal_person
from linli.domain.vault.services.secrets import digester, open_secret, seal_secret

__all__ = [
    "KeyMissing",
    "Person",
    "PersonErased",
    "PersonLocked",
    "PurposeUnknown",
    "ReasonMissing",
    "Rotation",
    "begin_keys",
    "digester",
    "erase_key",
    "erase_person",
    "lock_person",
    "open_fields",
    "open_sealed",
    "open_secret",
    "retire_master_key",
    "rotate_master_key",
    "seal_many",
    "seal_person",
    "seal_secret",
]
