"""The tokens of the process: who has what to do, until when, and what rings when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.domain.cases.models.case import Case
from linli.domain.organisations.models import Unit


class WorkItem(models.Model):
    """One piece of work of one stage, for one unit or one role.

    A main item moves the case when it is done; a side item (an extension asked for, an
    exclusion proposed, a supervision) never does.
    """

    class Kind(models.TextChoices):
        """Whether the item moves the case."""

        MAIN = "main", _("主线")
        SIDE = "side", _("旁线")

    class State(models.TextChoices):
        """Where the item stands."""

        OPEN = "open", _("待办")
        DONE = "done", _("已办")
        CANCELLED = "cancelled", _("已取消")

    case = models.ForeignKey(Case, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.MAIN)
    stage = models.CharField(max_length=64)
    round = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=32)
    is_lead = models.BooleanField(default=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "due_at"],
                name="item_open_unit",
                condition=models.Q(state="open"),
            ),
            models.Index(
                fields=["role", "due_at"],
                name="item_open_role",
                condition=models.Q(state="open"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage}#{self.round} {self.state}"


class Clock(models.Model):
    """A limit that runs for a case or one of its items: policy + facts; the due time follows.

    `facts` is a list of `{"kind": start|pause|resume|stop|extend, "at": ISO, …}` that only
    grows; `due_at` is what the facts gave when they last changed, under calendar `calendar`.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    item = models.ForeignKey(WorkItem, models.PROTECT, null=True, related_name="clocks")
    kind = models.CharField(max_length=32)
    limit_value = models.PositiveIntegerField()
    limit_unit = models.CharField(max_length=16)
    source = models.CharField(max_length=200)
    facts = models.JSONField(default=list)
    due_at = models.DateTimeField(null=True)
    is_provisional = models.BooleanField(default=False)
    is_running = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="clock_running", condition=models.Q(is_running=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.due_at}"


class Timer(models.Model):
    """Something to do at a share of a clock's limit, or a lead before or after its end.

    `share` is null where a lead counts: `lead_value` of `lead_unit`, after the end where
    `is_after`. `fire_at` is empty while paused.
    """

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="timers")
    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="timers")
    do = models.CharField(max_length=16)
    share = models.FloatField(null=True)
    lead_value = models.PositiveSmallIntegerField(null=True)
    lead_unit = models.CharField(max_length=16, blank=True)
    is_after = models.BooleanField(default=False)
    fire_at = models.DateTimeField(null=True)
    fired_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["fire_at"], name="timer_waiting", condition=models.Q(fired_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.do} {self.fire_at}"
