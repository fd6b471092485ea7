"""Releases of figures. What is published stays as it is: triggers refuse any change."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.ids import public_id


class Release(models.Model):
    """The figures of one period, once and for all.

    `headings` name rows and columns as they were; `made_of` are the periods whose figures add up
    to these, `audited_with` all that was public within the period when it was audited.
    """

    class State(models.TextChoices):
        """Whether it is public."""

        PREPARED = "prepared", _("待公布")
        PUBLISHED = "published", _("已发布")

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    period = models.CharField(max_length=8, unique=True)
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=12, choices=State, default=State.PREPARED)
    number = models.PositiveIntegerField(null=True, unique=True)
    depth = models.PositiveSmallIntegerField()
    is_crossed = models.BooleanField()
    least = models.PositiveIntegerField()
    headings = models.JSONField()
    made_of = ArrayField(models.CharField(max_length=8), default=list)
    audited_with = ArrayField(models.CharField(max_length=8), default=list)
    sha256 = models.CharField(max_length=64)
    prepared_at = models.DateTimeField()
    prepared_by = models.BigIntegerField(null=True)
    prepared_by_name = models.CharField(max_length=128)
    published_at = models.DateTimeField(null=True)
    published_by = models.BigIntegerField(null=True)
    published_by_name = models.CharField(max_length=128, blank=True)

    class Meta:
        ordering: ClassVar = ["-first", "period"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="prepared", number=None, published_at=None)
                | models.Q(
                    state="published",
                    number__isnull=False,
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
                name="release_published_has_a_number",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by=None)
                | models.Q(prepared_by=None)
                | ~models.Q(published_by=models.F("prepared_by")),
                name="release_published_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.period


class ReleasedCell(models.Model):
    """One count of a release, by the codes of table, row and column; empty where withheld."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="cells")
    table = models.CharField(max_length=8)
    row = models.CharField(max_length=64, blank=True)
    column = models.CharField(max_length=128, blank=True)
    cases = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["release", "table", "row", "column"], name="released_cell_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.column}"


class ReleaseGround(models.Model):
    """All counts behind a release, the withheld ones too, as they were; never shown.

    A longer period is the sum of these, and its audit needs them.
    """

    release = models.OneToOneField(Release, models.CASCADE, primary_key=True, related_name="ground")
    counts = models.JSONField()

    def __str__(self) -> str:
        return f"ground of {self.release_id}"
