"""The one policy table: which role may do which act, and how far it reaches.

A reach says which rows an act may touch:

- ``area``: every case whose place lies inside the post's area;
- ``unit``: every case in which the post's unit has, or had, a piece of work;
- ``unit_or_area``: either of the two;
- ``none`` is expressed by leaving the act out.

Nothing else decides: pages, API, exports and counts all ask this table.

Serves: R033 R129.
"""

from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a post is for. Residents need no post; they hold a receipt code."""

    CLERK = "clerk"
    HANDLER = "handler"
    SUPERVISOR = "supervisor"
    ANALYST = "analyst"
    LEADER = "leader"
    ADMIN = "admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"


class Reach(StrEnum):
    """How far an act reaches."""

    AREA = "area"
    UNIT = "unit"
    UNIT_OR_AREA = "unit_or_area"


LOOK = ("case.view", "case.list", "case.count")
CLERK_ACTS = (
    "case.triage",
    "case.dispatch",
    "case.follow_up",
    "case.note",
    "case.link",
    "case.propose_exclusion",
    "case.export",
    "message.create",
)
HANDLER_ACTS = (
    "case.handle",
    "case.return",
    "case.request_extension",
    "case.pause",
    "case.note",
    "case.propose_exclusion",
)
SUPERVISOR_ACTS = (
    "case.review_objection",
    "case.approve_extension",
    "case.approve_exclusion",
    "case.pause",
    "case.supervise",
    "case.dispatch",
    "case.note",
    "case.link",
    "case.export",
    "cockpit.view",
)

POLICY: MappingProxyType[Role, dict[str, Reach]] = MappingProxyType(
    {
        Role.CLERK: dict.fromkeys((*LOOK, *CLERK_ACTS, "import.run", "person.view"), Reach.AREA),
        Role.HANDLER: dict.fromkeys((*LOOK, *HANDLER_ACTS, "person.view"), Reach.UNIT),
        Role.SUPERVISOR: dict.fromkeys((*LOOK, *SUPERVISOR_ACTS, "person.view"), Reach.AREA),
        Role.ANALYST: dict.fromkeys((*LOOK, "case.export", "cockpit.view"), Reach.AREA),
        Role.LEADER: dict.fromkeys((*LOOK, "cockpit.view"), Reach.AREA),
        Role.ADMIN: dict.fromkeys(
            ("catalogue.publish", "organisation.manage", "place.manage"), Reach.AREA
        ),
        Role.SECURITY_ADMIN: dict.fromkeys(("user.manage",), Reach.AREA),
        Role.AUDITOR: dict.fromkeys(("audit.verify", "audit.view"), Reach.AREA),
    }
)

ACTS: frozenset[str] = frozenset(act for acts in POLICY.values() for act in acts)


def reach_of(role: str, act: str) -> Reach | None:
    """Return how far a role's act reaches, or None where the table does not grant it."""
    try:
        return POLICY[Role(role)].get(act)
    except ValueError:
        return None
