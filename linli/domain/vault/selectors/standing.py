"""How the keys stand, and whether all that is sealed still opens."""

from collections.abc import Iterator
from dataclasses import dataclass

from linli.domain.vault.errors import KeyMissing
from linli.domain.vault.models import DataKey, MasterKey, PurposeKey
from linli.domain.vault.selectors.keys import keeper, opened, opened_purpose
from linli.domain.vault.selectors.persons import opened_fields
from linli.kernel.crypto import SealBroken

AT_ONCE = 500
MOST_TOLD = 20


@dataclass(frozen=True)
class GenerationStanding:
    """A generation of the master key.

    Parameters
    ----------
    uses : keys that are wrapped under it.
    is_kept : whether the key is where it should be.
    is_right : whether it is the one that was registered.
    """

    generation: int
    suite: str
    uses: int
    is_kept: bool
    is_right: bool


@dataclass(frozen=True)
class SealReport:
    """What came of opening everything.

    Parameters
    ----------
    keys, fields : how many were opened, keys of purposes included.
    broken : references of cases, or names of purposes, of which something stays shut; the first 20.
    faults : how many there are.
    """

    keys: int
    fields: int
    broken: tuple[str, ...]
    faults: int


def key_standing() -> list[GenerationStanding]:
    """Every registered generation, newest first."""
    return [_standing(row) for row in MasterKey.objects.order_by("-generation")]


def uses_of(generation: int) -> int:
    """How many keys are wrapped under a generation."""
    return (
        DataKey.objects.filter(generation=generation).count()
        + PurposeKey.objects.filter(generation=generation).count()
    )


def verify_seals() -> SealReport:
    """Open everything that is sealed and throw it away; nothing of it is shown or kept."""
    keys = fields = faults = 0
    broken: list[str] = []
    for key in _all_keys():
        keys += 1
        try:
            fields += _opened(key)
        except (SealBroken, KeyMissing):
            faults += 1
            if faults <= MOST_TOLD:
                broken.append(key.purpose if isinstance(key, PurposeKey) else key.subject)
    return SealReport(keys, fields, tuple(broken), faults)


def _all_keys() -> Iterator[DataKey | PurposeKey]:
    yield from PurposeKey.objects.order_by("purpose")
    waiting = DataKey.objects.filter(erased_at__isnull=True).prefetch_related("fields")
    yield from waiting.order_by("id").iterator(chunk_size=AT_ONCE)


def _opened(key: DataKey | PurposeKey) -> int:
    if isinstance(key, PurposeKey):
        opened_purpose(key.purpose)
        return 0
    return len(opened_fields(key, opened(key)))


def _standing(row: MasterKey) -> GenerationStanding:
    try:
        is_kept, is_right = True, keeper().check_value(row.generation) == row.check_value
    except KeyMissing:
        is_kept = is_right = False
    return GenerationStanding(row.generation, row.suite, uses_of(row.generation), is_kept, is_right)
