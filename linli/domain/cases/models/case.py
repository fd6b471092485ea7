"""The case and its links to other cases."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.domain.catalogue.models import Matter, StandardVersion
from linli.domain.organisations.models import Unit
from linli.domain.places.models import Area, AreaPathField
from linli.kernel.calendar import WorkingCalendar


class Case(models.Model):
    """One matter from one person on its way through one version of one standard.

    `area_path`, `unit_ids`, `respondent_ids` (units complained about), `confidentiality` and
    `status` are what the visibility predicate asks; `stage`, `round` and
    `due_at` repeat what the open work items say, so that lists need no joins. `marks` holds the
    moments that limits count from, name → ISO; `origin_unit` is the unit that opened it by hand.
    """

    class Urgency(models.TextChoices):
        """How fast somebody must look."""

        ORDINARY = "ordinary", _("一般")
        URGENT = "urgent", _("加急")
        EMERGENCY = "emergency", _("特急")

    class Status(models.TextChoices):
        """Whether work is still to be done."""

        OPEN = "open", _("办理中")
        CLOSED = "closed", _("已办结")

    public_id = models.CharField(max_length=26, unique=True)
    number = models.CharField(max_length=24, unique=True)
    standard = models.ForeignKey(StandardVersion, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    petition_type = models.CharField(max_length=32)
    channel = models.CharField(max_length=32)
    urgency = models.CharField(max_length=16, choices=Urgency, default=Urgency.ORDINARY)
    confidentiality = models.CharField(max_length=16, default="ordinary")
    clock_code = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    body = models.TextField()
    address = models.CharField(max_length=300, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    area_path = AreaPathField()
    lng = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    respondent_ids = ArrayField(models.BigIntegerField(), default=list)
    lead_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=64)
    round = models.PositiveSmallIntegerField(default=1)
    bounces = models.PositiveSmallIntegerField(default=0)
    origin_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    marks = models.JSONField(default=dict)
    status = models.CharField(max_length=16, choices=Status, default=Status.OPEN)
    outcome = models.CharField(max_length=64, blank=True)
    route = models.CharField(max_length=64, blank=True)
    exclusion = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    contacted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_is_provisional = models.BooleanField(default=False)
    held_at = models.DateTimeField(null=True)
    deferred_at = models.DateTimeField(null=True)
    receipt_hash = models.CharField(max_length=64, null=True, unique=True)
    seq = models.PositiveIntegerField(default=0)
    search_text = models.TextField(default="")
    search = SearchVectorField(null=True)

    # Not stored: the calendar that its clocks count by, looked up once each time it is loaded.
    calendar: WorkingCalendar | None = None

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["area_path", "-received_at"], name="case_area_received"),
            models.Index(fields=["-received_at", "-id"], name="case_received"),
            models.Index(
                fields=["due_at"], name="case_open_due", condition=models.Q(status="open")
            ),
            models.Index(fields=["matter", "-received_at"], name="case_matter_received"),
            GinIndex(fields=["unit_ids"], name="case_units"),
            GinIndex(
                fields=["respondent_ids"],
                name="case_respondents",
                condition=~models.Q(respondent_ids=[]),
            ),
            GinIndex(fields=["search"], name="case_search"),
            GinIndex(fields=["search_text"], name="case_trigrams", opclasses=["gin_trgm_ops"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status="open") ^ models.Q(closed_at__isnull=False),
                name="case_closed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Link(models.Model):
    """How a case belongs to another: `case` is a part of, a duplicate of, follows `other`."""

    class Kind(models.TextChoices):
        """What the link says."""

        PART = "part", _("子工单")
        DUPLICATE = "duplicate", _("重复件")
        FOLLOWS = "follows", _("后续件")

    case = models.ForeignKey(Case, models.PROTECT, related_name="links_out")
    other = models.ForeignKey(Case, models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=16, choices=Kind)
    linked_at = models.DateTimeField()
    linked_by = models.CharField(max_length=128)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "other", "kind"], name="link_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(kind__in=["part", "duplicate"]),
                name="link_one_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(case=models.F("other")), name="link_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"
