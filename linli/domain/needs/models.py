"""Messages, what the machine made of them, and what it has learnt from.

Who sent them lies in the vault, sealed.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.domain.cases.models import Case


class Message(models.Model):
    """The words as they came in; never changed. Seen only through the case it opened.

    `key` makes a repeated submission answer with the first; `fingerprint`, a keyed digest, tells
    whether the repetition says the same and nothing of who said it.
    """

    public_id = models.CharField(max_length=26, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    key = models.CharField(max_length=128, unique=True)
    fingerprint = models.CharField(max_length=64)
    source = models.CharField(max_length=64, blank=True)
    source_id = models.CharField(max_length=128, blank=True)
    channel = models.CharField(max_length=32)
    title = models.CharField(max_length=200)
    body = models.TextField()
    address = models.CharField(max_length=300, blank=True)
    lng = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    received_at = models.DateTimeField()
    stored_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~Q(source_id=""),
                name="message_source_once",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Reading(models.Model):
    """What the machine made of a message, and beside it what a person decided.

    The suggestions are never changed; the decision may be, until the case is dispatched.
    """

    message = models.OneToOneField(
        Message, models.PROTECT, primary_key=True, related_name="reading"
    )
    model = models.CharField(max_length=64, blank=True)
    matters = models.JSONField(default=list)
    abstained = models.BooleanField()
    area = models.CharField(max_length=24, blank=True)
    area_origin = models.CharField(max_length=16, blank=True)
    area_names = models.JSONField(default=list)
    area_others = models.JSONField(default=list)
    urgency = models.CharField(max_length=16)
    urgency_words = models.JSONField(default=list)
    petition_type = models.CharField(max_length=32)
    duplicates = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    decided_matter = models.CharField(max_length=128, blank=True)
    decided_area = models.CharField(max_length=24, blank=True)
    decided_urgency = models.CharField(max_length=16, blank=True)
    decided_petition_type = models.CharField(max_length=32, blank=True)
    decided_by = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=128, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["decided_at"],
                name="reading_decided",
                condition=Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"reading of {self.message_id}"


class ReadingModel(models.Model):
    """A learnt reader: its bytes, their digest, what it was learnt from and how well it does."""

    sha256 = models.CharField(max_length=64, unique=True)
    trained_at = models.DateTimeField()
    learnt_from = models.CharField(max_length=128)
    examples = models.PositiveIntegerField()
    matters = models.PositiveIntegerField()
    metrics = models.JSONField(default=dict)
    artefact = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["-trained_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learnt_from"], name="model_once_for_examples"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]
