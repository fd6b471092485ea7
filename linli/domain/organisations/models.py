"""Units, the posts in them, who holds a post where and when, and the duty list."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.domain.access.selectors import Level
from linli.domain.organisations.rules.kinds import ActorKind, Confidence, DutyNature, UnitKind
from linli.domain.places.models import Area, AreaPathField

UNIT_KIND_NAMES = [
    (UnitKind.DEPARTMENT.value, _("职能部门")),
    (UnitKind.STREET_OFFICE.value, _("街道办事处、乡镇政府")),
    (UnitKind.CENTER.value, _("中心")),
    (UnitKind.COMMUNITY.value, _("社区居委会、村委会")),
    (UnitKind.STATION.value, _("站所")),
    (UnitKind.PARTNER.value, _("共建单位")),
    (UnitKind.VOLUNTEER_TEAM.value, _("志愿服务队")),
]
ACTOR_KIND_NAMES = [
    (ActorKind.PARTY.value, _("党组织")),
    (ActorKind.GOVERNMENT.value, _("政府")),
    (ActorKind.SELF_GOVERNMENT.value, _("自治组织")),
    (ActorKind.SOCIAL.value, _("社会组织")),
    (ActorKind.ENTERPRISE.value, _("企业")),
]
DUTY_NATURE_NAMES = [
    (DutyNature.BASIC.value, _("基本履职")),
    (DutyNature.ASSIST.value, _("配合履职")),
    (DutyNature.RECOVERED.value, _("上级收回")),
]
CONFIDENCE_NAMES = [
    (Confidence.VERIFIED.value, _("已核实")),
    (Confidence.UNVERIFIED.value, _("未核实")),
]

CLEARANCE_NAMES = [
    (Level.SENSITIVE.value, _("可接触敏感工单")),
    (Level.SEALED.value, _("可接触封存工单")),
]


def _not_backwards(name: str) -> models.CheckConstraint:
    """A constraint: the last day does not lie before the first."""
    fits = models.Q(valid_to__isnull=True) | models.Q(valid_from__isnull=True)
    return models.CheckConstraint(
        condition=fits | models.Q(valid_to__gte=models.F("valid_from")), name=name
    )


class Unit(models.Model):
    """Whoever can be handed work: a department, a street office, a community, a partner."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=20, choices=UNIT_KIND_NAMES)
    actor_kind = models.CharField(max_length=16, blank=True, choices=ACTOR_KIND_NAMES)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="units")
    area_path = AreaPathField()
    phone = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    class Meta:
        ordering: ClassVar = ["code"]
        indexes: ClassVar = [models.Index(fields=["area_path"], name="unit_area_path")]
        constraints: ClassVar = [_not_backwards("unit_not_backwards")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A seat in a unit; its role says what whoever holds it may do.

    A clearance lets it reach cases that are more confidential than its role may see.
    """

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=20)
    clearance = models.CharField(max_length=16, blank=True, choices=CLEARANCE_NAMES)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")

    class Meta:
        ordering: ClassVar = ["unit__code", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "code"], name="post_once_in_unit")
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A person in a post, for an area and from one day to another, the last day included."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="members")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="members")
    area_path = AreaPathField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appointments_made",
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "valid_from"], name="member_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.post_id} {self.valid_from}"


class Duty(models.Model):
    """Who leads and who helps in a matter inside an area, and on what legal basis.

    The lead may be one unit, or a kind ("the street office of the place"), so that one
    entry serves every street.
    """

    matter_code = models.CharField(max_length=120)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="duties")
    area_path = AreaPathField()
    lead = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="duties_led"
    )
    lead_kind = models.CharField(max_length=20, blank=True, choices=UNIT_KIND_NAMES)
    assistants = models.ManyToManyField(Unit, blank=True, related_name="duties_assisted")
    assistant_kinds = models.JSONField(default=list, blank=True)
    nature = models.CharField(max_length=12, choices=DUTY_NATURE_NAMES)
    legal_basis = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300)
    confidence = models.CharField(
        max_length=12, choices=CONFIDENCE_NAMES, default=Confidence.VERIFIED.value
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["matter_code", "area_path"]
        verbose_name_plural = "duties"
        indexes: ClassVar = [
            models.Index(fields=["matter_code", "area_path"], name="duty_matter_area")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(lead__isnull=True) ^ models.Q(lead_kind=""),
                name="duty_one_lead",
            ),
            models.UniqueConstraint(
                fields=["matter_code", "area", "valid_from"], name="duty_once_a_day"
            ),
            _not_backwards("duty_not_backwards"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_code} {self.area_path}"


class OrganisationImport(models.Model):
    """One import of a duty list or of units, with where it came from."""

    content = models.CharField(max_length=16)
    source = models.CharField(max_length=200, blank=True)
    rows = models.PositiveIntegerField()
    created = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.content} {self.imported_at:%Y-%m-%d}"


class DutyProposal(models.Model):
    """An entry that a ruling suggests where the duty list says nothing; an administrator decides.

    `case_ref` is the public id of the case that was ruled on: an id, since cases stand above.
    """

    class State(models.TextChoices):
        """Where the proposal stands."""

        OPEN = "open", _("待定")
        TAKEN = "taken", _("已列入")
        LEFT = "left", _("不列入")

    public_id = models.CharField(max_length=26, unique=True)
    matter_code = models.CharField(max_length=120)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    area_path = AreaPathField()
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=26)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=128, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter_code", "area", "lead"],
                condition=models.Q(state="open"),
                name="duty_proposal_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_code} {self.area_path} {self.state}"
