"""What a unit complained about is told of the complaint, and what it says to it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.domain.cases.models.case import Case
from linli.domain.organisations.models import Unit


class Rendition(models.Model):
    """A complaint in a clerk's own words, for the unit complained about; never the original.

    Its text never changes: whoever approves it approves what is sent. `findings` holds what the
    last check said of the text, `reason` and `approval_reason` why it may stay.
    """

    class State(models.TextChoices):
        """How far it is; each state follows the one before, and any but the last is withdrawn."""

        DRAFT = "draft", _("草稿")
        APPROVED = "approved", _("已批准")
        SENT = "sent", _("已发出")
        ANSWERED = "answered", _("已说明")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Why(models.TextChoices):
        """Why it was withdrawn; the unit is not told."""

        BY_HAND = "by_hand", _("人工撤回")
        REPLACED = "replaced", _("另写一件")
        CLEARED = "cleared", _("不再是被投诉单位")
        CASE_CLOSED = "case_closed", _("工单已结束")
        CASE_MERGED = "case_merged", _("并入的工单已有一件")

    public_id = models.CharField(max_length=26, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="renditions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField()
    findings = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    written_at = models.DateTimeField()
    written_by = models.BigIntegerField(null=True)
    written_by_name = models.CharField(max_length=128)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.BigIntegerField(null=True)
    approved_by_name = models.CharField(max_length=128, blank=True)
    approval_reason = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_is_provisional = models.BooleanField(default=False)
    reply = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=128, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=16, choices=Why, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "-sent_at"],
                name="rendition_sent",
                condition=Q(sent_at__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "unit"],
                condition=Q(state__in=["draft", "approved", "sent"]),
                name="rendition_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("written_by")), name="rendition_by_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(approved_at__isnull=False),
                name="rendition_sent_once_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"
