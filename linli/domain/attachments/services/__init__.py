"""Public verbs of attachments."""

from linli.domain.attachments.services.adding import (
    Upload,
    add_photos,
    add_record_photos,
    report_with_photos,
)
from linli.domain.attachments.services.erasing import erase_photos, sweep_files

__all__ = [
    "Upload",
    "add_photos",
    "add_record_photos",
    "erase_photos",
    "report_with_photos",
    "sweep_files",
]
