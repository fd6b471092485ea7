"""What is known of an attachment; its bytes lie in a file whose name nobody chose."""

from typing import ClassVar

from django.db import models

from linli.domain.cases.models import Case


class Attachment(models.Model):
    """One photograph of a case, drawn anew when it came.

    `file` is its name in the store, "" once it was deleted: the sweeper takes away whatever no row
    names. `is_public` says whether the resident sees it; their own they always do.
    """

    public_id = models.CharField(max_length=26, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    file = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    is_public = models.BooleanField(default=False)
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=128)
    key = models.CharField(max_length=100, unique=True)
    added_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["file"], name="attachment_file", condition=~models.Q(file="")),
        ]

    def __str__(self) -> str:
        return self.public_id
