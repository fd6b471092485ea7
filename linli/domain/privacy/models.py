"""What persons ask about their own data, what came of it, and what was deleted when."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.domain.cases.models import Case


class PersonalRequest(models.Model):
    """What a person asks about the data kept with one case; a case of its own, with clocks.

    `words` is what a correction should say; a corrected name or telephone number waits in the
    vault, under the request's own key. Whether it waits or was refused is told by the case.
    """

    class Kind(models.TextChoices):
        """What is asked for (articles 44 to 48)."""

        COPY = "copy", _("查阅、复制")
        CORRECT = "correct", _("更正")
        DELETE = "delete", _("删除")
        EXPLAIN = "explain", _("说明处理规则")
        WITHDRAW = "withdraw", _("撤回同意")

    case = models.OneToOneField(
        Case, models.PROTECT, primary_key=True, related_name="personal_request"
    )
    about = models.ForeignKey(Case, models.PROTECT, related_name="personal_requests")
    kind = models.CharField(max_length=16, choices=Kind)
    by = models.CharField(max_length=16)
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    fulfilled_at = models.DateTimeField(null=True)
    # Codes of the duties that stood against a deletion, and when it follows of itself.
    duties = models.JSONField(default=list)
    erase_after = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    fetch_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.about_id}"


class Amendment(models.Model):
    """What a person set right; the words that they wrote first stay beside it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="amendments")
    request = models.ForeignKey(PersonalRequest, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"amendment of {self.case_id}"


class LegalHold(models.Model):
    """That nothing of a case may be deleted, and why; until somebody lifts it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=128)
    lifted_at = models.DateTimeField(null=True)
    lifted_by_name = models.CharField(max_length=128, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(lifted_at__isnull=True), name="hold_once"
            ),
        ]

    def __str__(self) -> str:
        return f"hold on {self.case_id}"


class Deletion(models.Model):
    """A batch of one run that deleted: what kind, how many, when; nothing of anybody.

    Never changed or deleted (trigger). `commitment` is a digest over the references, sorted, by
    which whoever still has one from a backup can show that it was among them.
    """

    run = models.CharField(max_length=26)
    at = models.DateTimeField()
    keep = models.CharField(max_length=32)
    count = models.PositiveIntegerField()
    reason = models.CharField(max_length=32)
    since = models.DateTimeField()
    until = models.DateTimeField()
    commitment = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=128)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.keep}: {self.count}"
