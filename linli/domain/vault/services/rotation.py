"""The master key changes: every key is wrapped anew, nothing is sealed anew.

Serves: X02.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from linli.domain.audit.ports import Who
from linli.domain.audit.services import record
from linli.domain.vault.errors import KeyCurrent, KeyInUse, KeyMissing
from linli.domain.vault.events import MasterKeyMade, MasterKeyRetired
from linli.domain.vault.models import DataKey, MasterKey, PurposeKey
from linli.domain.vault.rules.places import place_of_data_key, place_of_purpose_key
from linli.domain.vault.selectors.keys import keeper, newest_master_key
from linli.domain.vault.selectors.standing import uses_of
from linli.domain.vault.services.keys import current_master_key, make_generation

AT_ONCE = 1000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Rotation:
    """What a rotation did.

    Parameters
    ----------
    generation : the one in use afterwards.
    moved : keys wrapped anew.
    is_resumed : whether it went on with one that had been broken off.
    """

    generation: int
    moved: int
    is_resumed: bool


def rotate_master_key(
    *, actor: Who, at: datetime, at_once: int = AT_ONCE, progress: Progress | None = None
) -> Rotation:
    """Make a new master key and wrap every key under it, batch after batch.

    Broken off, the next call goes on instead of making another. Former master keys stay until
    they are retired. What is sealed meanwhile goes under the new one, save for transactions that
    had begun before; the next call takes those along.

    Parameters
    ----------
    at_once : keys that are moved in one transaction.
    progress : told after each batch how many were moved so far.

    Records MasterKeyMade. Raises KeyMissing, KeyChanged, SealBroken.
    """
    master = current_master_key(at=at)
    is_resumed = _is_waiting(master)
    if not is_resumed:
        with transaction.atomic():
            master = make_generation(master.generation + 1, at=at)
            record(MasterKeyMade(master.generation, master.suite), actor=actor, at=at)
    moved = _move_purposes(master)
    while batch := _move(master, at_once):
        moved += batch
        if progress is not None:
            progress(moved)
    return Rotation(master.generation, moved, is_resumed)


def retire_master_key(generation: int, *, actor: Who, at: datetime) -> None:
    """Destroy a former master key that nothing needs any more; backups that need it die with it.

    Whoever is wrapping under it at this moment fails, because its row is gone, and loses nothing.

    Records MasterKeyRetired. Raises KeyCurrent, KeyInUse, KeyMissing.
    """
    newest = newest_master_key()
    if newest is not None and generation >= newest.generation:
        raise KeyCurrent(generation)
    with transaction.atomic():
        row = MasterKey.objects.select_for_update().filter(generation=generation).first()
        if row is None:
            raise KeyMissing(generation)
        uses = uses_of(generation)
        if uses:
            raise KeyInUse(generation, uses)
        row.delete()
        record(MasterKeyRetired(generation), actor=actor, at=at)
    keeper().destroy(generation)


def _is_waiting(master: MasterKey) -> bool:
    purposes = PurposeKey.objects.filter(generation__lt=master.generation)
    return _waiting(master).exists() or purposes.exists()


def _waiting(master: MasterKey) -> QuerySet[DataKey]:
    return DataKey.objects.filter(generation__lt=master.generation)


@transaction.atomic
def _move_purposes(master: MasterKey) -> int:
    rows = PurposeKey.objects.select_for_update().filter(generation__lt=master.generation)
    moved = list(rows.order_by("purpose"))
    for row in moved:
        bound = place_of_purpose_key(row.purpose)
        bare = keeper().unwrap(row.generation_id, bytes(row.wrapped), bound=bound)
        row.wrapped = keeper().wrap(master.generation, bare, bound=bound)
        row.generation = master
        row.save(update_fields=["wrapped", "generation"])
    return len(moved)


@transaction.atomic
def _move(master: MasterKey, most: int) -> int:
    """Wrap the next keys anew; returns how many."""
    rows = _waiting(master).select_for_update().order_by("id")[:most]
    anew = [(row.id, _wrapped_anew(row, master)) for row in rows]
    if not anew:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault_datakey AS held SET wrapped = anew.wrapped, generation_id = %s"
            " FROM unnest(%s::bigint[], %s::bytea[]) AS anew (id, wrapped)"
            " WHERE held.id = anew.id",
            [master.generation, [one[0] for one in anew], [one[1] for one in anew]],
        )
    return len(anew)


def _wrapped_anew(row: DataKey, master: MasterKey) -> bytes:
    if row.generation_id is None or row.wrapped is None:
        raise RuntimeError("a key that was erased is not among those that wait")
    bound = place_of_data_key(row.subject)
    bare = keeper().unwrap(row.generation_id, bytes(row.wrapped), bound=bound)
    return keeper().wrap(master.generation, bare, bound=bound)
