"""Master keys are numbered and checked, keys are made and wrapped under the newest.

Serves: X02.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from linli.domain.audit.ports import Who
from linli.domain.audit.services import record
from linli.domain.vault.errors import KeyChanged
from linli.domain.vault.events import MasterKeyMade
from linli.domain.vault.models import DataKey, MasterKey, PurposeKey
from linli.domain.vault.rules.places import place_of_data_key, place_of_purpose_key
from linli.domain.vault.rules.purposes import PURPOSES, known_purpose
from linli.domain.vault.selectors.keys import OpenKey, keeper, newest_master_key, opened_purpose
from linli.kernel.crypto import Suite, new_key, suite_named


@transaction.atomic
def begin_keys(*, actor: Who, at: datetime) -> None:
    """Make the first master key and the key of each purpose, where they are missing.

    For whoever makes the tables: the other processes may not make keys. Records MasterKeyMade.
    Raises KeyMissing, KeyChanged.
    """
    if newest_master_key() is None:
        made = make_generation(1, at=at)
        record(MasterKeyMade(made.generation, made.suite), actor=actor, at=at)
    for purpose in sorted(PURPOSES):
        purpose_key(purpose, at=at)


def current_suite() -> Suite:
    """Return the family by which new values are sealed."""
    return suite_named(settings.LINLI_CRYPTO)


def current_master_key(*, at: datetime) -> MasterKey:
    """Return the generation in use, made where there is none. Raises KeyMissing, KeyChanged."""
    row = newest_master_key() or make_generation(1, at=at)
    if keeper().check_value(row.generation) != row.check_value:
        raise KeyChanged(row.generation)
    return row


def make_generation(generation: int, *, at: datetime) -> MasterKey:
    """Have a master key made and register it; two that do so at once agree on one."""
    suite = current_suite().name
    keeper().make(generation, suite=suite)
    return MasterKey.objects.get_or_create(
        generation=generation,
        defaults={
            "suite": suite,
            "check_value": keeper().check_value(generation),
            "made_at": at,
        },
    )[0]


def make_data_keys(subjects: Sequence[str], *, at: datetime) -> dict[str, tuple[DataKey, OpenKey]]:
    """Make and store the keys of cases that have none, by case."""
    if not subjects:
        return {}
    master, suite = current_master_key(at=at), current_suite()
    bare = {subject: new_key(suite) for subject in subjects}
    rows = DataKey.objects.bulk_create(
        DataKey(
            subject=subject,
            suite=suite.name,
            wrapped=keeper().wrap(master.generation, key, bound=place_of_data_key(subject)),
            generation=master,
            made_at=at,
        )
        for subject, key in bare.items()
    )
    return {row.subject: (row, OpenKey(suite, bare[row.subject])) for row in rows}


def purpose_key(purpose: str, *, at: datetime) -> OpenKey:
    """Return the key of a purpose, made where there is none. Raises PurposeUnknown, KeyMissing."""
    found = opened_purpose(known_purpose(purpose))
    if found is not None:
        return found
    master, suite = current_master_key(at=at), current_suite()
    wrapped = keeper().wrap(master.generation, new_key(suite), bound=place_of_purpose_key(purpose))
    row = PurposeKey(
        purpose=purpose, suite=suite.name, wrapped=wrapped, generation=master, made_at=at
    )
    PurposeKey.objects.bulk_create([row], ignore_conflicts=True)  # another may have been first
    made = opened_purpose(purpose)
    if made is None:
        raise RuntimeError("a key that was just made is not there")
    return made
