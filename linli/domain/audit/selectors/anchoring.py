"""Where the seals lie, as far as this process may read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from linli.domain.audit.models import SealNote
from linli.domain.audit.ports import AnchorStore, SealKeys
from linli.domain.audit.rules.anchor import AnchorReader
from linli.kernel.crypto import verifies

# Stands in the line of every seal that begins nothing anew; saves reading it.
NOT_BEGUN = b'"restart":""'


@dataclass(frozen=True)
class LastSeal:
    """The newest seal, as the database noted it."""

    number: int
    at: datetime
    rows: int


def anchor_store() -> AnchorStore:
    """Return where this installation keeps its seals."""
    store: AnchorStore = settings.LINLI_ANCHOR
    return store


def seal_keys() -> SealKeys:
    """Return what signs this installation's seals."""
    keys: SealKeys = settings.LINLI_SEAL_KEYS
    return keys


def anchor_reader(keys: SealKeys) -> AnchorReader:
    """Return a reader that believes these keys alone."""
    return AnchorReader(trusted=keys.trusted(), verifies=verifies)


def lines_of(store: AnchorStore) -> Iterator[bytes]:
    """Yield all lines of an anchor, oldest first."""
    for day in store.days():
        yield from store.lines(day)


def begun_after(store: AnchorStore, keys: SealKeys) -> int:
    """Return the number of the last seal by which a person let the journal begin anew, or 0."""
    number = 0
    for line in lines_of(store):
        if NOT_BEGUN in line:
            continue
        for seal in anchor_reader(keys).read([line]):
            number = seal.number if seal.restart else number
    return number


def last_seal() -> LastSeal | None:
    """Return the newest seal that the database knows of, or None."""
    note = SealNote.objects.order_by("-number").first()
    return None if note is None else LastSeal(note.number, note.at, note.rows)


def noted_digests() -> dict[int, bytes]:
    """Return number → digest of the seals that the database still notes."""
    return {int(n): bytes(d) for n, d in SealNote.objects.values_list("number", "digest")}
