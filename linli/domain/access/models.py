"""Who may sign in. What a person may do hangs on posts (organisations), never on the account."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from linli.kernel.ids import public_id


class User(AbstractBaseUser):
    """A member of staff's account; residents need none."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=64)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="zh-hans")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.username


class ApiToken(models.Model):
    """A key for another system, acting for one account within scopes; only its digest is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class PostProposal(models.Model):
    """A post of weight that one person proposes to give, and another decides on.

    It names unit, post and area by their codes: those rows stand on the floors above.
    """

    class State(models.TextChoices):
        """How far it has come."""

        PROPOSED = "proposed"
        APPROVED = "approved"
        REFUSED = "refused"

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    user = models.ForeignKey(User, models.PROTECT, related_name="post_proposals")
    role = models.CharField(max_length=20)
    unit_code = models.CharField(max_length=40)
    post_code = models.CharField(max_length=40)
    area_code = models.CharField(max_length=40)
    area_path = models.CharField(max_length=200, db_collation="C")
    until = models.DateField(null=True)
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="proposals_made")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="proposals_decided"
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "unit_code", "post_code", "area_code"],
                condition=models.Q(state="proposed"),
                name="post_proposed_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(user=models.F("proposed_by")),
                name="post_proposed_for_another",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by"))
                & ~models.Q(decided_by=models.F("user")),
                name="post_decided_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state="proposed", decided_by__isnull=True)
                | ~models.Q(state="proposed") & models.Q(decided_by__isnull=False),
                name="post_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.state}"


class Opening(models.Model):
    """A way in that one person asks for, and another decides on: one case, for a few minutes.

    It names the case by its public id: those rows stand on the floors above. A number that no case
    bears is kept all the same, and waits like any other.
    """

    class Kind(models.TextChoices):
        """What it opens."""

        GLASS = "glass"
        PERSON = "person"

    class State(models.TextChoices):
        """How far it has come."""

        ASKED = "asked"
        GRANTED = "granted"
        REFUSED = "refused"

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    user = models.ForeignKey(User, models.PROTECT, related_name="openings")
    office = models.CharField(max_length=64, blank=True)
    number = models.CharField(max_length=24)
    case_ref = models.CharField(max_length=26, blank=True)
    reason = models.CharField(max_length=24)
    words = models.CharField(max_length=200, blank=True)
    is_urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="openings_decided")
    decided_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="openings_ended")
    ended_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "kind", "ends_at"], name="opening_of_user"),
            models.Index(fields=["case_ref", "-asked_at"], name="opening_of_case"),
            models.Index(
                fields=["decide_by"], name="opening_waiting", condition=models.Q(state="asked")
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("user")),
                name="opening_decided_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked") ^ models.Q(decided_by__isnull=False),
                name="opening_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True, ends_at__isnull=True)
                | ~models.Q(case_ref="") & models.Q(ends_at__gt=models.F("starts_at")),
                name="opening_has_a_case_and_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True)
                | models.Q(state="granted")
                | models.Q(is_urgent=True, kind="glass"),
                name="opening_after_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.number} {self.state}"


class AccountNotice(models.Model):
    """Something about an account that its holder should know, until it is seen."""

    user = models.ForeignKey(User, models.PROTECT, related_name="account_notices")
    kind = models.CharField(max_length=24)
    proposal = models.ForeignKey(PostProposal, models.PROTECT, null=True, related_name="notices")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
