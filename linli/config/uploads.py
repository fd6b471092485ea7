"""How much may come with one form, refused before it is read."""

from typing import IO

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from linli.kernel.bounds import MOST_UPLOAD

HANDLERS = [
    "linli.config.uploads.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]


class BoundedUploads(FileUploadHandler):
    """Goes before Django's own handlers: a form that is too long is not written to the disk.

    What a form says of its length binds: the server reads no more than that.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803  # as the framework calls it
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse by the length that was announced."""
        if content_length > MOST_UPLOAD:
            raise RequestDataTooBig("a form with too many bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
