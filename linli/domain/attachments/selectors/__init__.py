"""Public reads of attachments: whoever sees the case, and the resident by the receipt code.

Serves: R109 X08.
"""

from django.conf import settings
from django.db.models import QuerySet

from linli.domain.access.selectors import Actor
from linli.domain.attachments.models import Attachment, Photograph, RecordPhoto
from linli.domain.attachments.ports import FileStore
from linli.domain.cases.selectors import Case, case_by_receipt, case_for
from linli.domain.ledgers.selectors import files_of, record_for
from linli.kernel.errors import NotFound

__all__ = [
    "Attachment",
    "FileStore",
    "RecordPhoto",
    "file_store",
    "photo_by_receipt",
    "photo_for",
    "photo_of",
    "photos_of",
    "record_photo_for",
    "record_photos",
    "small_photo_of",
]
SMALL = ".small"


def file_store() -> FileStore:
    """Return where this installation keeps the bytes."""
    store: FileStore = settings.LINLI_ATTACHMENTS
    return store


def photos_of(case: Case, *, public_only: bool = False) -> list[Attachment]:
    """Return the photographs of a case in reach, oldest first; those deleted are not among them."""
    rows = _kept().filter(case=case)
    return list((rows.filter(is_public=True) if public_only else rows).order_by("added_at", "id"))


def photo_for(actor: Actor, ref: str, photo: str) -> tuple[Case, Attachment]:
    """Return a photograph of a case that the actor may see. Raises NotFound."""
    case = case_for(actor, ref)
    return case, _one(_kept().filter(case=case), photo)


def photo_by_receipt(code: str, photo: str) -> Attachment:
    """Return a photograph that the holder of a receipt code may see. Raises NotFound."""
    return _one(_kept().filter(case=case_by_receipt(code), is_public=True), photo)


def record_photos(actor: Actor, ref: str, *, field: str) -> list[RecordPhoto]:
    """Return the photographs that a file field of a record names, as named. Raises NotFound."""
    record = record_for(actor, ref)
    names = files_of(record, field)
    rows = RecordPhoto.objects.filter(record=record, public_id__in=names).exclude(file="")
    return sorted(rows, key=lambda photo: names.index(photo.public_id))


def record_photo_for(actor: Actor, ref: str, photo: str) -> RecordPhoto:
    """Return a photograph of a record that the actor may see. Raises NotFound."""
    rows = RecordPhoto.objects.filter(record=record_for(actor, ref)).exclude(file="")
    found = rows.filter(public_id=photo).first() if photo.isalnum() else None
    if found is None:
        raise NotFound
    return found


def photo_of(attachment: Photograph) -> bytes:
    """Return the photograph, JPEG. Raises NotFound where its file is gone."""
    return _read(attachment.file)


def small_photo_of(attachment: Photograph) -> bytes:
    """Return the small one that stands in lists, JPEG. Raises NotFound where its file is gone."""
    return _read(attachment.file + SMALL)


def _kept() -> QuerySet[Attachment]:
    return Attachment.objects.exclude(file="")


def _one(rows: QuerySet[Attachment], photo: str) -> Attachment:
    found = rows.filter(public_id=photo).first() if photo.isalnum() else None
    if found is None:
        raise NotFound
    return found


def _read(name: str) -> bytes:
    data = file_store().get(name)
    if data is None:
        raise NotFound
    return data
