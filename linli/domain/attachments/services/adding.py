"""Photographs come in: drawn anew, written to the disk, then named by a row.

The file goes first, so that no row ever names what is not there; where the transaction fails, the
file is one that nobody names, and the sweeper takes it away.

Serves: R041 R081 R109.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from linli.domain.access.selectors import RESIDENT_ACTOR, Actor
from linli.domain.attachments.errors import TooManyPhotos
from linli.domain.attachments.events import PhotosAdded
from linli.domain.attachments.models import Attachment, RecordPhoto
from linli.domain.attachments.selectors import SMALL, file_store
from linli.domain.cases.selectors import Case
from linli.domain.cases.services.steps import is_repeat, lock_for, require_working, write
from linli.domain.catalogue.selectors import parameter
from linli.domain.ledgers.selectors import Record, files_of
from linli.domain.ledgers.services import attach_files
from linli.domain.needs.services import NewMessage, Received, receive_message
from linli.kernel.bounds import MOST_PICTURE
from linli.kernel.ids import public_id
from linli.kernel.pictures import Picture, drawn_anew

MOST, MOST_OF_A_CASE = "photos.report_max", "photos.case_max"


class SupportsRead(Protocol):
    """What bytes can be read from."""

    def read(self, most: int, /) -> bytes: ...


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name, of which only the ending counts, and where its bytes are."""

    name: str
    file: SupportsRead


@dataclass(frozen=True)
class _Kept:
    """A picture whose bytes are on the disk."""

    file: str
    picture: Picture


def report_with_photos(
    new: NewMessage, uploads: Sequence[Upload], *, actor: Actor, at: datetime, key: str
) -> Received:
    """Take a message in with what it shows; all of it or nothing, once however often it is sent.

    Records MessageReceived, CaseOpened and PhotosAdded. Raises what `receive_message` raises,
    TooManyPhotos, the refusals of `kernel.pictures`, Unavailable.
    """
    kept = _keep(uploads, most=MOST, at=at)
    with transaction.atomic():
        received = receive_message(new, actor=actor, at=at, key=key)
        if not received.is_repeat:
            _name(received.case, kept, is_public=True, actor=actor, at=at, key=f"{key}:photos")
    return received


def add_photos(
    ref: str,
    uploads: Sequence[Upload],
    *,
    is_public: bool,
    actor: Actor,
    at: datetime,
    key: str,
) -> Case:
    """Add what an office shows to a case; the resident sees it where `is_public` says so.

    Records PhotosAdded. Raises NotFound, NotPermitted, TooManyPhotos, the refusals of
    `kernel.pictures`, Unavailable.
    """
    kept = _keep(uploads, most=MOST, at=at)
    with transaction.atomic():
        case = lock_for(ref, act="case.note", actor=actor)
        if is_repeat(case, key):
            return case
        require_working(case, actor, "case.note", or_done=True)
        most = int(parameter(MOST_OF_A_CASE, at).value)
        if Attachment.objects.filter(case=case).count() + len(kept) > most:
            raise TooManyPhotos(most)
        _name(case, kept, is_public=is_public, actor=actor, at=at, key=key)
    return case


def add_record_photos(
    ref: str, uploads: Sequence[Upload], *, field: str, actor: Actor, at: datetime, key: str
) -> Record:
    """Add photographs to a file field of a record of a ledger; all of them or none.

    Raises what `attach_files` raises, TooManyPhotos, the refusals of `kernel.pictures`,
    Unavailable.
    """
    kept = _keep(uploads, most=MOST, at=at)
    ids = [public_id() for _ in kept]
    mark = hashlib.sha256(key.encode()).hexdigest()[:32]
    with transaction.atomic():
        record = attach_files(ref, field=field, files=ids, actor=actor, at=at, key=key)
        if not set(ids) <= set(files_of(record, field)):
            return record  # the command came before
        RecordPhoto.objects.bulk_create(
            RecordPhoto(
                public_id=photo,
                record=record,
                key=f"{record.pk}:{mark}:{number}",
                **_described(one, actor, at),
            )
            for number, (photo, one) in enumerate(zip(ids, kept, strict=True))
        )
    return record


def _keep(uploads: Sequence[Upload], *, most: str, at: datetime) -> list[_Kept]:
    """Draw all anew first, so that one that is refused leaves nothing; then write them."""
    limit = int(parameter(most, at).value)
    if len(uploads) > limit:
        raise TooManyPhotos(limit)
    drawn = [drawn_anew(upload.name, upload.file.read(MOST_PICTURE + 1)) for upload in uploads]
    return [_kept(picture) for picture in drawn]


def _kept(picture: Picture) -> _Kept:
    store, name = file_store(), public_id()
    store.put(name + SMALL, picture.small)
    store.put(name, picture.data)
    return _Kept(name, picture)


def _name(
    case: Case, kept: Iterable[_Kept], *, is_public: bool, actor: Actor, at: datetime, key: str
) -> None:
    rows = [
        Attachment(
            public_id=public_id(),
            case=case,
            is_public=is_public,
            key=f"{case.pk}:{key}:{number}",
            **_described(one, actor, at),
        )
        for number, one in enumerate(kept)
    ]
    if rows:
        Attachment.objects.bulk_create(rows)
        write(case, PhotosAdded(case.public_id, len(rows), is_public), actor=actor, at=at, key=key)


def _described(one: _Kept, actor: Actor, at: datetime) -> dict[str, Any]:
    """What a row says of a photograph, whatever it belongs to."""
    return {
        "file": one.file,
        "sha256": hashlib.sha256(one.picture.data).hexdigest(),
        "size": len(one.picture.data),
        "width": one.picture.width,
        "height": one.picture.height,
        "author_id": actor.user_id,
        "author_name": "" if actor == RESIDENT_ACTOR else actor.name,
        "added_at": at,
    }
