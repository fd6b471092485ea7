"""The journal of facts, which is also the outbox; append-only by grants and by trigger."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

STREAMS = 64


class Journal(models.Model):
    """One fact. The database numbers and chains it (migration 0002); nobody can change it.

    `hash` = H(previous ‖ the fields joined by U+001F), one chain a stream, 64 streams: a single
    chain costs ten times the throughput.
    """

    stream = models.SmallIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    event = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=128)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=128)
    payload = models.TextField()
    algorithm = models.CharField(max_length=16, default="sha256")
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="journal_position")]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="journal_subject"),
            models.Index(fields=["event", "id"], name="journal_event"),
            models.Index(fields=["actor_id", "id"], name="journal_actor"),
            BrinIndex(fields=["recorded_at"], name="journal_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}/{self.seq} {self.event}"


class JournalHead(models.Model):
    """The last position and hash of each stream; kept by the trigger alone."""

    stream = models.SmallIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.stream}@{self.seq}"


class Outbox(models.Model):
    """A journal row whose reactions have not been queued yet; filled by the same trigger."""

    journal_id = models.BigIntegerField(primary_key=True)
    event = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.event} {self.journal_id}"


class Effect(models.Model):
    """That a reaction to a fact has taken effect; the key that makes twice count once."""

    journal_id = models.BigIntegerField()
    reaction = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journal_id", "reaction"], name="effect_once")
        ]

    def __str__(self) -> str:
        return f"{self.reaction} of {self.journal_id}"


class SealNote(models.Model):
    """That a seal was made; the seal itself lies in the anchor. Only the newest are kept."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    rows = models.BigIntegerField()
    digest = models.BinaryField()

    def __str__(self) -> str:
        return f"seal {self.number}"


class JournalCheck(models.Model):
    """A check of the journal against its seals, and what it found; only the newest are kept."""

    at = models.DateTimeField(db_index=True)
    actor_name = models.CharField(max_length=128)
    since = models.BigIntegerField()
    upto = models.BigIntegerField()
    rows = models.BigIntegerField()
    faults = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"check of {self.at:%Y-%m-%d %H:%M}"
