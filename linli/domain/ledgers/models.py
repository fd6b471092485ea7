"""Records of ledgers, what happened to them, and what they name."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.domain.catalogue.models import LedgerVersion
from linli.domain.organisations.models import Unit
from linli.domain.places.models import Area, AreaPathField


class Record(models.Model):
    """One entry of a ledger, as it stands now, under the version it was last written under.

    `area_path`, `unit_ids`, `respondent_ids` (always empty: nobody complains about a record),
    `confidentiality` and `status` are what the visibility predicate asks; `is_public` says whether
    its ledger is open to everybody. `data` holds field code → value, see `FieldKind`.
    """

    class Status(models.TextChoices):
        """Whether the record is in use."""

        OPEN = "open", _("在用")
        CLOSED = "closed", _("停用")

    public_id = models.CharField(max_length=26, unique=True)
    number = models.CharField(max_length=32, unique=True)
    ledger = models.CharField(max_length=64)
    version = models.ForeignKey(LedgerVersion, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    area_path = AreaPathField()
    owner = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    respondent_ids = ArrayField(models.BigIntegerField(), default=list)
    confidentiality = models.CharField(max_length=16, default="ordinary")
    is_public = models.BooleanField(default=False)
    status = models.CharField(max_length=16, choices=Status, default=Status.OPEN)
    state = models.CharField(max_length=64, blank=True)
    lng = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    reviewed_on = models.DateField(null=True)
    review_due_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=128)
    updated_at = models.DateTimeField()
    updated_by = models.CharField(max_length=128)
    closed_at = models.DateTimeField(null=True)
    seq = models.PositiveIntegerField(default=0)
    search_text = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["ledger", "-updated_at", "-id"], name="record_newest"),
            models.Index(fields=["ledger", "area_path"], name="record_area"),
            models.Index(
                fields=["review_due_on"], name="record_review", condition=models.Q(status="open")
            ),
            GinIndex(fields=["unit_ids"], name="record_units"),
            GinIndex(fields=["data"], name="record_data", opclasses=["jsonb_path_ops"]),
            GinIndex(fields=["search_text"], name="record_trigrams", opclasses=["gin_trgm_ops"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status="open") ^ models.Q(closed_at__isnull=False),
                name="record_closed_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(lng__isnull=True, lat__isnull=True)
                | models.Q(lng__range=(-180, 180), lat__range=(-90, 90)),
                name="record_point_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RecordEvent(models.Model):
    """One fact of a record: gapless by `seq`, never changed (trigger).

    `before` and `after` hold the fields that it changed. `key` is the idempotency key of the
    command that made it; a repeated key changes nothing.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    activity = models.CharField(max_length=64)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=128)
    key = models.CharField(max_length=128, null=True)
    journal_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "seq"], name="record_event_gapless"),
            models.UniqueConstraint(fields=["record", "key"], name="record_command_once"),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(seq=1), name="record_added_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}#{self.seq} {self.activity}"


class RecordKey(models.Model):
    """A value that no other record in use of the ledger may have."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="keys")
    ledger = models.CharField(max_length=64)
    field = models.CharField(max_length=64)
    value = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ledger", "field", "value"], name="record_value_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ledger}.{self.field}={self.value}"


class RecordLink(models.Model):
    """What a link field of a record names: another record, or a case by its public id."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="links_out")
    field = models.CharField(max_length=64)
    other = models.ForeignKey(Record, models.PROTECT, null=True, related_name="links_in")
    case_ref = models.CharField(max_length=26, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["case_ref"], name="record_link_case", condition=~models.Q(case_ref="")
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "field", "other", "case_ref"],
                name="record_link_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(other__isnull=False) ^ ~models.Q(case_ref=""),
                name="record_link_to_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}.{self.field} → {self.other_id or self.case_ref}"


class MoveProposal(models.Model):
    """A move of a record that one person proposes and another decides on."""

    class State(models.TextChoices):
        """How far it has come."""

        ASKED = "asked"
        GRANTED = "granted"
        REFUSED = "refused"

    record = models.ForeignKey(Record, models.PROTECT, related_name="proposals")
    move = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    proposed_by = models.BigIntegerField(null=True)
    proposer_name = models.CharField(max_length=128)
    proposed_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decider_name = models.CharField(max_length=128, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(state="asked"), name="move_waits_once"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | models.Q(proposed_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="move_decided_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked") ^ models.Q(decided_at__isnull=False),
                name="move_decided_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.move} {self.state}"
