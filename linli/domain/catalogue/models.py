"""What packs have put in force. Rows come from publishing a pack and from nowhere else."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.domain.catalogue.rules.bodies import parsed_ledger, parsed_standard
from linli.domain.catalogue.rules.ledger import LedgerDef
from linli.domain.catalogue.rules.standard import StandardDef

CONFIDENCE = [("verified", _("已核对")), ("unverified", _("待核对"))]


class Pack(models.Model):
    """One published version of a pack, with all that it says; unchangeable once stored."""

    class Status(models.TextChoices):
        """Whether a version is the one in force of its pack."""

        PUBLISHED = "published", _("已发布")
        RETIRED = "retired", _("已停用")

    code = models.CharField(max_length=64)
    version = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    valid_from = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=64)
    status = models.CharField(max_length=16, choices=Status)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="pack_version_once"),
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(status="published"),
                name="pack_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Source(models.Model):
    """A law, standard, notice or decision of ours on which a value stands."""

    pack_code = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=100, blank=True)
    article = models.CharField(max_length=100, blank=True)
    url = models.CharField(max_length=500, blank=True)
    seen_on = models.DateField()
    confidence = models.CharField(max_length=16, choices=CONFIDENCE)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack_code", "code"], name="source_once_a_pack"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number} {self.article}".strip()


class Matter(models.Model):
    """A topic that residents bring, in a tree; names the standard and clock class it takes.

    `path` holds the codes from the root down, each ending in a slash, for prefix searches.
    `standard_code` and `clock_code` are already inherited from the parent.
    """

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="matters")
    code = models.CharField(max_length=128, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.TextField(db_collation="C", unique=True)
    level = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    standard_code = models.CharField(max_length=64, blank=True)
    clock_code = models.CharField(max_length=64, blank=True)
    synonyms = ArrayField(models.CharField(max_length=100), default=list)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class StandardVersion(models.Model):
    """One version of a standard; a trigger refuses any change of it after publication."""

    class Status(models.TextChoices):
        """Where a version stands; a retired one still rules the cases begun under it."""

        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        RETIRED = "retired", _("已停用")

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="standards")
    code = models.CharField(max_length=64)
    version = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=16, choices=Status)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="standard_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    @property
    def definition(self) -> StandardDef:
        """The body as typed objects, parsed once for each different body."""
        return parsed_standard(self.sha256, lambda: self.body)


class LedgerVersion(models.Model):
    """One version of a ledger; a trigger refuses any change of it after publication."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="ledgers")
    code = models.CharField(max_length=64)
    version = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=16, choices=Pack.Status)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="ledger_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    @property
    def definition(self) -> LedgerDef:
        """The body as typed objects, parsed once for each different body."""
        return parsed_ledger(self.sha256, lambda: self.body)


class CalendarYear(models.Model):
    """A year of a region for which a notice is held."""

    class Status(models.TextChoices):
        """Whether the notice has been published or the year is only foreseen."""

        CONFIRMED = "confirmed", _("已公布")
        PROVISIONAL = "provisional", _("暂定")

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="+")
    region = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=16, choices=Status)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "year"], name="calendar_year_once"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.year}"


class CalendarDay(models.Model):
    """A day off or a make-up working day that a notice names."""

    class Kind(models.TextChoices):
        """Whether the day is worked."""

        WORK = "work", _("上班")
        REST = "rest", _("放假")

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="+")
    region = models.CharField(max_length=16)
    date = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    status = models.CharField(max_length=16, choices=CalendarYear.Status)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "date"], name="calendar_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class WorkingHours(models.Model):
    """The working periods of a working day in a region, as pairs of local wall times."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="+")
    region = models.CharField(max_length=16)
    zone = models.CharField(max_length=64)
    periods = models.JSONField()
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "valid_from"], name="hours_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.valid_from}"


class Parameter(models.Model):
    """A number that a method or rule needs, with unit, validity and source."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="+")
    code = models.CharField(max_length=128)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    value = models.FloatField()
    unit = models.CharField(max_length=32)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    confidence = models.CharField(max_length=16, choices=CONFIDENCE)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="parameter_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code} = {self.value} {self.unit}"


class Example(models.Model):
    """A sentence as a resident might say it, written by us, that belongs to a matter."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="examples")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text


class UrgencyWord(models.Model):
    """A word that makes a message urgent, and the kind of danger it speaks of."""

    class Level(models.TextChoices):
        """How fast somebody must look."""

        EMERGENCY = "emergency", _("特急")
        URGENT = "urgent", _("加急")

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="+")
    word = models.CharField(max_length=64, unique=True)
    level = models.CharField(max_length=16, choices=Level)
    kind = models.CharField(max_length=64)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.word


class PackDraft(models.Model):
    """The next version of a pack while people work on it; a second person puts it in force.

    `hands` are the accounts that changed it: none of them decides on it. `seq` grows with each
    change, so that nobody overwrites what another wrote meanwhile.
    """

    class State(models.TextChoices):
        """Where a draft stands."""

        OPEN = "open", _("编辑中")
        PROPOSED = "proposed", _("待审批")
        ENACTED = "enacted", _("已生效")
        DROPPED = "dropped", _("已作废")

    public_id = models.CharField(max_length=26, unique=True)
    pack_code = models.CharField(max_length=64)
    base_version = models.CharField(max_length=16, blank=True)
    content = models.JSONField()
    seq = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    hands = ArrayField(models.BigIntegerField(), default=list)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=128)
    changed_at = models.DateTimeField()
    why = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=128, blank=True)
    decision = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pack_code"],
                condition=models.Q(state__in=["open", "proposed"]),
                name="draft_one_a_pack",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack_code} {self.state}"
