"""For what values are looked up or sealed: each purpose has its own key, and there are no others.

"All cases of a person across petitions, mediation and psychology" is not among them: without a
key there is no such query.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from linli.domain.vault.errors import PurposeUnknown

PHONE = "reporter_phone"
NAME = "reporter_name"
_COUNTRY = re.compile(r"^(?:\+|00)86(?=1\d{10}$)")
_BETWEEN = re.compile(r"[\s\-()\u2010-\u2015·.]+")


def same_phone(text: str) -> str:
    """Return a telephone number as it is compared: however it was written, the same digits.

    >>> same_phone("＋86 138-0000-1234"), same_phone("138 0000 1234"), same_phone("027-6555")
    ('13800001234', '13800001234', '0276555')
    """
    return _COUNTRY.sub("", _BETWEEN.sub("", unicodedata.normalize("NFKC", text)))


@dataclass(frozen=True)
class Lookup:
    """A purpose for which a field is looked up.

    Parameters
    ----------
    field : the field whose values are found.
    same : brings two ways of writing the same value to one.
    """

    field: str
    same: Callable[[str], str]


LOOKUPS = {"repeat_caller": Lookup(PHONE, same_phone)}
# Keys that look nothing up: what a submission said, and second factors.
FINGERPRINT, SECOND_FACTOR = "fingerprint", "second_factor"
PURPOSES = frozenset({*LOOKUPS, FINGERPRINT, SECOND_FACTOR})


def lookup_of(purpose: str) -> Lookup:
    """Return the look-up of a purpose. Raises PurposeUnknown."""
    if purpose not in LOOKUPS:
        raise PurposeUnknown(purpose)
    return LOOKUPS[purpose]


def known_purpose(purpose: str) -> str:
    """Return the purpose. Raises PurposeUnknown where it has no key."""
    if purpose not in PURPOSES:
        raise PurposeUnknown(purpose)
    return purpose


def lookups_over(field: str) -> list[tuple[str, Lookup]]:
    """Return the purposes for which a field is looked up."""
    return [(purpose, lookup) for purpose, lookup in LOOKUPS.items() if lookup.field == field]
