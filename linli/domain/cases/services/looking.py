"""Looking at a case: the look is written down in the transaction in which it is read.

Where it cannot be written down, nothing is shown.
Serves: X02 R109.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from linli.domain.access.selectors import Actor, may_on
from linli.domain.audit.services import record_view
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.selectors import case_for
from linli.kernel.errors import NotFound

TASK, LOOK_UP = "task", "look_up"
WHOLE = ("title", "body", "address")


@transaction.atomic
def look_at_case(ref: str, *, actor: Actor, at: datetime, fields: Sequence[str] = WHOLE) -> Case:
    """Return a case by public id or number, and write the look down. Raises NotFound.

    Records PersonalDataViewed.
    """
    case = case_for(actor, ref)
    note_look(case, actor=actor, at=at, fields=fields)
    return case


def note_look(
    case: Case,
    *,
    actor: Actor,
    at: datetime,
    fields: Sequence[str] = WHOLE,
    also: Sequence[str] = (),
) -> None:
    """Write down who looked at a case, in what post, and why; in the transaction of the look.

    The purpose is "task" for whoever has open work in it, "look_up" for all others; `also` are
    other cases of which the page shows a title. Records PersonalDataViewed.
    """
    record_view(
        case.public_id,
        fields=fields,
        purpose=TASK if _has_work(actor, case) else LOOK_UP,
        actor=_in_post(actor, case),
        at=at,
        also=also,
    )


def _has_work(actor: Actor, case: Case) -> bool:
    mine = Q(unit_id__in=actor.units_for("case.handle")) | Q(
        unit__isnull=True, role__in=sorted(actor.roles())
    )
    return WorkItem.objects.filter(mine, case=case, state="open").exists()


def _in_post(actor: Actor, case: Case) -> Actor:
    """Return the actor in the first post from which the case is within reach."""
    for holding in actor.holdings:
        alone = replace(actor, holdings=(holding,))
        if may_on(alone, "case.view", case):
            return alone
    if actor.is_system:
        return actor
    raise NotFound
