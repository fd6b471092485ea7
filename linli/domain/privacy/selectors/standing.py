"""What stands against deleting anything of a case, for one case or for many in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.domain.access import wall
from linli.domain.cases.models import Case, Link, WorkItem
from linli.domain.cases.rules.closing import reopen_until
from linli.domain.cases.selectors import calendar_for
from linli.domain.cases.selectors.reckoning import calendar_of
from linli.domain.catalogue.selectors import StandardVersion
from linli.domain.privacy.models import LegalHold, PersonalRequest
from linli.domain.privacy.rules.retention import CaseStanding, Duty, duties_on
from linli.domain.privacy.selectors.lengths import RECORD, end_of

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def duties_of(case: Case, *, at: datetime, besides: PersonalRequest | None = None) -> list[Duty]:
    """Return what stands against deleting, from what holds everything to what holds the words.

    Parameters
    ----------
    besides : a request that is being decided and does not count as waiting.
    """
    standing = CaseStanding(
        closed_at=case.closed_at,
        is_held=LegalHold.objects.filter(case=case, lifted_at__isnull=True).exists(),
        is_waiting=_is_waiting(case, besides),
        reopen_until=_reopen_until(case, at),
    )
    record_until = end_of(RECORD, case.closed_at, at) if case.closed_at else None
    return duties_on(standing, record_until=record_until, at=at)


def hold_on(case: Case) -> LegalHold | None:
    """Return the hold on a case; None where there is none."""
    return LegalHold.objects.filter(case=case, lifted_at__isnull=True).first()


@dataclass(frozen=True)
class Marks:
    """Whether there is more to ask about a case, in one question."""

    is_held: bool
    is_asked: bool


def marks_on(case: Case) -> Marks:
    """Say whether a case is on hold, and whether somebody asked about its data."""
    held = LegalHold.objects.filter(case=OuterRef("pk"), lifted_at__isnull=True)
    asked = PersonalRequest.objects.filter(about=OuterRef("pk"))
    row = Case.objects.filter(pk=case.pk).values_list(Exists(held), Exists(asked)).get()
    return Marks(*row)


def free_cases() -> QuerySet[Case]:
    """The closed cases against which nothing stands but time and the right to reopen."""
    mine = {"about": OuterRef("pk"), "case__status": Case.Status.OPEN}
    return Case.objects.filter(status=Case.Status.CLOSED).exclude(
        Exists(LegalHold.objects.filter(case=OuterRef("pk"), lifted_at__isnull=True))
        | Exists(WorkItem.objects.filter(case=OuterRef("pk"), state="open"))
        | Exists(Link.objects.filter(other=OuterRef("pk"), case__status=Case.Status.OPEN))
        | Exists(Link.objects.filter(case=OuterRef("pk"), other__status=Case.Status.OPEN))
        | Exists(PersonalRequest.objects.filter(**mine))
    )


@wall.wider("requests")
def _is_waiting(case: Case, besides: PersonalRequest | None) -> bool:
    asked = PersonalRequest.objects.filter(about=case, case__status=Case.Status.OPEN)
    others = asked.exclude(pk=besides.pk) if besides else asked
    linked = Q(other=case, case__status=Case.Status.OPEN)
    linked |= Q(case=case, other__status=Case.Status.OPEN)
    side = WorkItem.objects.filter(case=case, state="open", kind="side")
    return others.exists() or side.exists() or Link.objects.filter(linked).exists()


def past_reopening(cases: Sequence[Case], at: datetime) -> list[Case]:
    """Keep the closed cases that can no longer be reopened; a standard is read once for all."""
    versions = {case.standard_id for case in cases}
    standards = {row.pk: row.definition for row in StandardVersion.objects.filter(pk__in=versions)}
    days = calendar_of(at)
    return [
        case
        for case in cases
        if case.closed_at is not None
        and at > (reopen_until(standards[case.standard_id], case.closed_at, days) or LONG_AGO)
    ]


def _reopen_until(case: Case, at: datetime) -> datetime | None:
    if case.closed_at is None:
        return None
    return reopen_until(case.standard.definition, case.closed_at, calendar_for(case, at))
