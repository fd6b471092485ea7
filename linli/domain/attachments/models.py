"""What is known of an attachment; its bytes lie in a file whose name nobody chose."""

from typing import ClassVar

from django.db import models

from linli.domain.cases.models import Case
from linli.domain.ledgers.models import Record


class Photograph(models.Model):
    """What is known of a photograph, drawn anew when it came.

    `file` is its name in the store, "" once it was deleted: the sweeper takes away whatever no row
    names.
    """

    public_id = models.CharField(max_length=26, unique=True)
    file = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=128)
    key = models.CharField(max_length=100, unique=True)
    added_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.public_id


class Attachment(Photograph):
    """One photograph of a case.

    `is_public` says whether the resident sees it; their own they always do.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    is_public = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["file"], name="attachment_file", condition=~models.Q(file="")),
        ]


class RecordPhoto(Photograph):
    """One photograph of a record of a ledger; a file field of the record names it."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["file"], name="record_photo_file", condition=~models.Q(file="")),
        ]
