"""Photographs in forms and pages: chosen several at a time, shown small in the page itself.

The small ones are part of the page, so that who looked is written down once, with the page; nothing
of a photograph lies at an address that a browser could keep.
"""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import get_language

from linli.domain.attachments.selectors import Attachment, RecordPhoto, photo_of, small_photo_of
from linli.domain.attachments.services import Upload
from linli.kernel.bounds import MOST_PICTURE
from linli.kernel.errors import NotFound
from linli.kernel.pictures import PictureTooLarge

ACCEPT = ".jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp"
# Nothing in a file may run, load or be framed, whatever a browser takes it for.
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


class PhotosInput(forms.FileInput):
    """A file control that takes several."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ACCEPT})


class PhotosField(forms.FileField):
    """Several photographs, each within bounds; what they are is looked at when they are kept."""

    widget = PhotosInput

    def clean(self, data: object, initial: object = None) -> list[Upload]:
        """Return the files that were chosen, none for an empty field."""
        files = data if isinstance(data, list) else [data] if data else []
        one = super().clean
        found = [cast("UploadedFile[bytes]", one(file)) for file in files]
        for file in found:
            if (file.size or 0) > MOST_PICTURE:
                raise ValidationError(
                    PictureTooLarge(file.name or "").message(get_language() or "")
                )
        return [Upload(file.name or "", file) for file in found]


@dataclass(frozen=True)
class SmallPhoto:
    """A photograph as a page shows it."""

    photo: Attachment | RecordPhoto
    src: str


def small_photos(photos: Iterable[Attachment | RecordPhoto]) -> Iterator[SmallPhoto]:
    """Yield photographs as they stand in a page; one whose file is gone is left out."""
    for photo in photos:
        try:
            data = small_photo_of(photo)
        except NotFound:
            continue
        yield SmallPhoto(photo, f"data:image/jpeg;base64,{base64.b64encode(data).decode()}")


def photo_answer(photo: Attachment | RecordPhoto) -> HttpResponse:
    """Return a photograph as an answer in which nothing can run. Raises NotFound."""
    answer = HttpResponse(photo_of(photo), content_type="image/jpeg")
    answer.headers["Content-Disposition"] = f'inline; filename="{photo.public_id}.jpg"'
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer
