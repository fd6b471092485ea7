"""Public reads of the vault; none of them shows a value whole."""

from linli.domain.vault.rules.purposes import FINGERPRINT, NAME, PHONE, SECOND_FACTOR
from linli.domain.vault.rules.secrets import is_sealed
from linli.domain.vault.selectors.persons import (
    Keeping,
    find_by,
    is_erased,
    keeping_of,
    masked_fields,
    subjects_kept,
    traces_of,
)
from linli.domain.vault.selectors.standing import (
    GenerationStanding,
    SealReport,
    key_standing,
    verify_seals,
)

__all__ = [
    "FINGERPRINT",
    "NAME",
    "PHONE",
    "SECOND_FACTOR",
    "GenerationStanding",
    "Keeping",
    "SealReport",
    "find_by",
    "is_erased",
    "is_sealed",
    "keeping_of",
    "key_standing",
    "masked_fields",
    "subjects_kept",
    "traces_of",
    "verify_seals",
]
