"""That a counselling record exists, of which kind, until when; what it says lies in the vault.

Serves: R129.
"""

from typing import ClassVar

from django.db import models

from linli.domain.cases.models import Case


class CareEntry(models.Model):
    """One record of the care team. Its words are sealed in the vault under a key of their own.

    Parameters
    ----------
    until : when consent or crisis card run out; None for a session.
    ended_at : when a consent was taken back, or another record took its place.
    erased_at : when its words were destroyed.
    key : of the command that wrote it.
    """

    class Kind(models.TextChoices):
        CONSENT = "consent", "知情同意"
        SESSION = "session", "谈话记录"
        CARD = "card", "危机卡"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=Kind)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=128)
    key = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar = ["case_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="care_entry_number"),
            models.UniqueConstraint(fields=["case", "key"], name="care_entry_key"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["until"],
                name="care_cards_open",
                condition=models.Q(kind="card", erased_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
