"""What has happened to a case, and what people said about it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.domain.cases.models.case import Case
from linli.domain.cases.models.work import WorkItem
from linli.domain.organisations.models import Unit


class CaseEvent(models.Model):
    """One fact of a case: gapless by `seq`, never changed (trigger), the source for mining.

    `key` is the idempotency key of the command that made it; a repeated key changes nothing.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    activity = models.CharField(max_length=64)
    stage = models.CharField(max_length=64)
    round = models.PositiveSmallIntegerField()
    item = models.ForeignKey(WorkItem, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=128)
    attrs = models.JSONField(default=dict)
    key = models.CharField(max_length=128, null=True)
    journal_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "seq"], name="event_gapless"),
            models.UniqueConstraint(fields=["case", "key"], name="event_command_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["key"], name="event_opening_key", condition=models.Q(seq=1)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq} {self.activity}"


class Note(models.Model):
    """Words that staff add to a case; public notes are shown to the resident."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    text = models.TextField()
    is_public = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=128)

    def __str__(self) -> str:
        return self.text[:40]


class Feedback(models.Model):
    """What the resident says of the answer: contacted, solved and satisfied are three facts."""

    class Solved(models.TextChoices):
        """Whether the problem is gone."""

        SOLVED = "solved", _("已解决")
        PARTLY = "partly", _("部分解决")
        UNSOLVED = "unsolved", _("未解决")
        UNREACHABLE = "unreachable", _("联系不上")

    class Satisfied(models.TextChoices):
        """How the person feels about the handling."""

        SATISFIED = "satisfied", _("满意")
        BASIC = "basic", _("基本满意")
        DISSATISFIED = "dissatisfied", _("不满意")
        NO_COMMENT = "no_comment", _("未评价")

    case = models.ForeignKey(Case, models.PROTECT, related_name="feedback")
    round = models.PositiveSmallIntegerField()
    contacted = models.BooleanField(null=True)
    solved = models.CharField(max_length=16, choices=Solved)
    satisfied = models.CharField(max_length=16, choices=Satisfied)
    comment = models.TextField(blank=True)
    by = models.CharField(max_length=16)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.solved}"


class Notice(models.Model):
    """Something that the people of a unit, or all of a role in an area, should know now."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=32, blank=True)
    kind = models.CharField(max_length=32)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "-at"], name="notice_unseen", condition=models.Q(seen_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
