"""What becomes of renditions when the case moves on under them. Not public."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from linli.domain.access.selectors import Actor
from linli.domain.cases.events import RenditionCarried, RenditionWithdrawn
from linli.domain.cases.models import Case, Rendition
from linli.domain.cases.selectors.renditions import OPEN
from linli.domain.cases.services.steps import write

State, Why = Rendition.State, Rendition.Why


def open_renditions(case: Case) -> QuerySet[Rendition]:
    """The renditions of a locked case that nobody has answered or withdrawn yet."""
    rows = Rendition.objects.filter(case=case, state__in=OPEN).select_related("unit")
    return rows.order_by("pk")


def withdraw(
    case: Case,
    rendition: Rendition,
    *,
    why: Rendition.Why,
    actor: Actor,
    at: datetime,
    key: str = "",
) -> None:
    """Take a rendition back; what was sent can be read no more. Records RenditionWithdrawn."""
    rendition.state = State.WITHDRAWN
    rendition.withdrawn_at = at
    rendition.withdrawn_why = why
    rendition.save(update_fields=["state", "withdrawn_at", "withdrawn_why"])
    fact = RenditionWithdrawn(case.public_id, rendition.public_id, rendition.unit.code, why.value)
    write(case, fact, actor=actor, at=at, key=key, unit=rendition.unit)


def withdraw_all(
    case: Case, *, why: Rendition.Why, units: Collection[int] = (), actor: Actor, at: datetime
) -> None:
    """Take back what is open of a case, for some units or for all that it complains about."""
    if not case.respondent_ids and not units:
        return
    rows = open_renditions(case)
    for rendition in rows.filter(unit_id__in=units) if units else rows:
        withdraw(case, rendition, why=why, actor=actor, at=at)


def carry_over(case: Case, other: Case, *, actor: Actor, at: datetime) -> None:
    """Let the open renditions of a case that is merged go on with the other one.

    The unit must not see that two persons complain: it has one to answer. What was sent stays;
    where the other case does not complain about the unit, it is withdrawn.
    """
    if not case.respondent_ids:
        return
    there = {one.unit_id: one for one in open_renditions(other)}
    for mine in open_renditions(case):
        theirs = there.get(mine.unit_id)
        if mine.unit_id not in other.respondent_ids or _is_ahead(theirs, mine):
            withdraw(case, mine, why=Why.CASE_MERGED, actor=actor, at=at)
            continue
        if theirs is not None:
            withdraw(other, theirs, why=Why.CASE_MERGED, actor=actor, at=at)
        mine.case = other
        mine.save(update_fields=["case"])
        fact = RenditionCarried(
            other.public_id, mine.public_id, mine.unit.code, other_ref=case.public_id
        )
        write(other, fact, actor=actor, at=at, unit=mine.unit)


def _is_ahead(theirs: Rendition | None, mine: Rendition) -> bool:
    """Whether the other case's rendition is as far as this one's, or further."""
    if theirs is None:
        return False
    if mine.sent_at is None or theirs.sent_at is None:
        return mine.sent_at is None
    return theirs.sent_at <= mine.sent_at
