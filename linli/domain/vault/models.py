"""Keys that are wrapped and values that are sealed; all of it lies in the schema `vault`.

Django knows no schemas, so migrations move each table there and the search path finds it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class MasterKey(models.Model):
    """That a generation of the master key exists, and how to tell it; the key is elsewhere."""

    generation = models.PositiveIntegerField(primary_key=True)
    suite = models.CharField(max_length=16)
    check_value = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-generation"]

    def __str__(self) -> str:
        return f"generation {self.generation}"


class DataKey(models.Model):
    """The key of one case's personal data, wrapped; without it they cannot be read by anybody.

    Once erased the row stays, so that nothing is taken for the case again. While locked it is
    kept and opened to nobody, because a duty to keep stands against erasing it.
    """

    subject = models.CharField(max_length=64)
    suite = models.CharField(max_length=16)
    wrapped = models.BinaryField(null=True)
    generation = models.ForeignKey(MasterKey, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject"], name="data_key_once"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, wrapped__isnull=False, generation__isnull=False)
                | Q(erased_at__isnull=False, wrapped__isnull=True, generation__isnull=True),
                name="data_key_wrapped_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"data key of {self.subject}"


class SealedField(models.Model):
    """One value about a person, sealed under the case's key and bound to table, case and field."""

    # The constraint's index finds the fields of a key.
    key = models.ForeignKey(DataKey, models.PROTECT, related_name="fields", db_index=False)
    field = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "field"], name="sealed_field_once"),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.key_id}"


class BlindIndex(models.Model):
    """A value's keyed digest, by which the like of it is found for one purpose and no other."""

    purpose = models.CharField(max_length=32)
    digest = models.BinaryField()
    key = models.ForeignKey(DataKey, models.PROTECT, related_name="digests")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purpose", "digest", "key"], name="blind_index_once"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.key_id}"


class PurposeKey(models.Model):
    """The key of one purpose, wrapped: one that looks up, or one that seals what is no person's."""

    purpose = models.CharField(max_length=32, primary_key=True)
    suite = models.CharField(max_length=16)
    wrapped = models.BinaryField()
    generation = models.ForeignKey(MasterKey, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"key of {self.purpose}"
