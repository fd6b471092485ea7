"""Public reads of counselling records: that they exist, never what they say.

Serves: R129.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q, QuerySet

from linli.domain.access.selectors import Actor, may_on, visible
from linli.domain.care.models import CareEntry
from linli.domain.care.rules.kinds import CARD, CARE, CareField, CareKind
from linli.domain.cases.models import Case
from linli.kernel.errors import NotFound

__all__ = [
    "CARE",
    "VIEW",
    "WRITE",
    "CareField",
    "CareKind",
    "CareLine",
    "care_case",
    "care_lines",
    "has_care",
    "may_write_care",
]

VIEW, WRITE = "care.view", "care.write"
State = Literal["open", "ended", "expired", "erased"]


@dataclass(frozen=True)
class CareLine:
    """A record without its words.

    Parameters
    ----------
    state : open; ended (taken back or replaced); expired; erased, where nothing is left of it.
    """

    number: int
    kind: str
    at: datetime
    by: str
    until: datetime | None
    state: State


def care_case(ref: str, actor: Actor) -> Case:
    """Return a case whose counselling records the actor may open. Raises NotFound."""
    rows = Case.objects.filter(Q(public_id=ref) | Q(number=ref))
    found = visible(rows.select_related("area"), actor, VIEW).first()
    if found is None:
        raise NotFound
    return found


def care_lines(ref: str, actor: Actor, *, at: datetime) -> list[CareLine]:
    """Return the records of a case, oldest first, without their words. Raises NotFound."""
    case = care_case(ref, actor)
    return [
        CareLine(row.number, row.kind, row.at, row.by_name, row.until, state_of(row, at))
        for row in CareEntry.objects.filter(case=case).order_by("number")
    ]


def has_care(case: Case, actor: Actor) -> bool:
    """Whether the actor may open the counselling records of a case."""
    return case.confidentiality == "sealed" and may_on(actor, VIEW, case)


def may_write_care(case: Case, actor: Actor) -> bool:
    """Whether the actor may write counselling records of a case."""
    return has_care(case, actor) and may_on(actor, WRITE, case)


def state_of(entry: CareEntry, at: datetime) -> State:
    """How a record stands at a moment."""
    if entry.erased_at is not None:
        return "erased"
    if entry.ended_at is not None:
        return "ended"
    return "expired" if entry.until is not None and entry.until <= at else "open"


def in_force(case: Case, kind: str, at: datetime) -> QuerySet[CareEntry]:
    """The records of a kind that hold at a moment; a card that ran out is none."""
    rows = CareEntry.objects.filter(case=case, kind=kind, ended_at__isnull=True)
    return rows.filter(erased_at__isnull=True, until__gt=at)


def cards_over(at: datetime) -> QuerySet[CareEntry]:
    """Crisis cards that ran out and whose words are still there."""
    return CareEntry.objects.filter(kind=CARD, erased_at__isnull=True, until__lte=at)
