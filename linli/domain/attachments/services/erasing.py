"""Photographs go: with the person who sent them, when their time is over, or as nobody's.

Serves: X01.
"""

from datetime import datetime, timedelta

from django.db import transaction

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.attachments.events import PhotosErased
from linli.domain.attachments.models import Attachment, RecordPhoto
from linli.domain.attachments.selectors import SMALL, file_store
from linli.domain.audit.services import record
from linli.kernel.errors import NotPermitted

# A file is written before its row; no request lives this long.
GRACE = timedelta(hours=1)
AT_ONCE = 500


@transaction.atomic
def erase_photos(ref: str, *, actor: Actor = SYSTEM_ACTOR, at: datetime) -> int:
    """Delete what the resident of a case has shown; returns how many photographs it was.

    The rows stay and name nothing; the files go with the next sweep, after the transaction holds.
    Records PhotosErased. Raises NotPermitted for persons: this follows from what was decided.
    """
    if not actor.is_system:
        raise NotPermitted(
            "照片随本人的删除请求或保存期限由系统删除。请登记该请求。",
            "Photographs are deleted by the platform after a request was decided or their time "
            "is over. Register the request.",
        )
    rows = Attachment.objects.filter(case__public_id=ref, author_id=None).exclude(file="")
    count = rows.update(file="", sha256="")
    if count:
        record(PhotosErased(ref, count), actor=actor, at=at)
    return count


def sweep_files(*, at: datetime) -> int:
    """Remove files that no row names: left by a crash, or of what was deleted. Returns how many.

    May run at any time, also twice at once: a file younger than an hour is let be, and a name is
    never used again.
    """
    removed = 0
    names: list[str] = []
    for name in file_store().names(before=at - GRACE):
        names.append(name)
        if len(names) == AT_ONCE:
            removed += _sweep(names)
            names = []
    return removed + _sweep(names)


def _sweep(names: list[str]) -> int:
    plain = {name.removesuffix(SMALL) for name in names}
    named = {
        file
        for model in (Attachment, RecordPhoto)
        for file in model._default_manager.filter(file__in=plain).values_list("file", flat=True)
    }
    orphans = [name for name in names if name.removesuffix(SMALL) not in named]
    for name in orphans:
        file_store().remove(name)
    return len(orphans)
