"""Looking at a case: the look is written down in the transaction in which it is read.

Where it cannot be written down, nothing is shown.
Serves: X02 R109.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor, may_on
from linli.domain.audit.services import record_view
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.selectors import case_for, items_of, open_glass
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
    items: Sequence[WorkItem] | None = None,
) -> int:
    """Write down who looked at a case, in what post, and why; in the transaction of the look.

    The purpose is "task" for whoever has open work in it, "look_up" for all others, and the reason
    of emergency access where the look is by that alone; `also` are other cases of which the page
    shows a title, `items` the case's work items where they have been read. Returns the id of the
    row. Records PersonalDataViewed. Raises NotFound where emergency access has ended since the
    case was read.
    """
    viewer = _in_post(actor, case)
    if viewer is not None:
        work = items_of(case) if items is None else items
        purpose, opening = TASK if _has_work(actor, work) else LOOK_UP, ""
    else:
        glass = open_glass(case, actor, at=at)
        if glass is None:
            raise NotFound
        purpose, opening = glass.reason, glass.public_id
        viewer = _in_office(actor, glass.office)
    return record_view(
        case.public_id,
        fields=fields,
        purpose=purpose,
        actor=viewer,
        at=at,
        also=also,
        opening=opening,
    )


def _has_work(actor: Actor, items: Sequence[WorkItem]) -> bool:
    """Whether something that is open waits for a unit worked for, or for a role held."""
    units, roles = actor.units_for("case.handle"), actor.roles()
    return any(
        item.role in roles if item.unit_id is None else item.unit_id in units
        for item in items
        if item.state == "open"
    )


def _in_post(actor: Actor, case: Case) -> Actor | None:
    """Return the actor in the first post from which the case is within reach, or None."""
    for holding in actor.holdings:
        alone = replace(actor, holdings=(holding,), opened=())
        if may_on(alone, "case.view", case):
            return alone
    return actor if actor.is_system else None


def _in_office(actor: Actor, office: str) -> Actor:
    """Return the actor in the post from which emergency access was asked for, if it is held."""
    for holding in actor.holdings:
        if holding.unit_code == office:
            return replace(actor, holdings=(holding,))
    return actor
