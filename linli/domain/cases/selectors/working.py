"""Whose turn it is: which piece of open work a person may finish, by unit or by role."""

from collections.abc import Sequence

from linli.domain.access.selectors import Actor, may_on
from linli.domain.cases.models import Case, WorkItem

HANDLING = "case.handle"
# By which act of the policy an item of a role is worked on.
ROLE_ACTS = {
    "clerk": "case.triage",
    "supervisor": "case.supervise",
    "handler": HANDLING,
    "leader": "case.decide",
}


def act_for(role: str, *, by_units: bool) -> str:
    """Return the act of the policy by which work of a unit, or of a role, is done."""
    return HANDLING if by_units else ROLE_ACTS.get(role, HANDLING)


def step_for(actor: Actor, case: Case, items: Sequence[WorkItem]) -> WorkItem | None:
    """Return the open piece of the stage's work that the actor may finish; None where none is.

    Parameters
    ----------
    items : the work items of the case, of any state.
    """
    units = actor.units_for(HANDLING)
    for item in items:
        if item.state != WorkItem.State.OPEN or item.kind != WorkItem.Kind.MAIN:
            continue
        if item.unit_id in units:
            return item
        if item.unit_id is None and may_on(actor, act_for(item.role, by_units=False), case):
            return item
    return None
