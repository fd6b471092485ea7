"""Kinds of units, what a duty demands of them, and how one actor differs from another."""

from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is."""

    DEPARTMENT = "department"
    STREET_OFFICE = "street_office"
    CENTER = "center"
    COMMUNITY = "community"
    STATION = "station"
    PARTNER = "partner"
    VOLUNTEER_TEAM = "volunteer_team"


class ActorKind(StrEnum):
    """Which of the parties of local governance a unit belongs to; residents are no unit."""

    PARTY = "party"
    GOVERNMENT = "government"
    SELF_GOVERNMENT = "self_government"
    SOCIAL = "social"
    ENTERPRISE = "enterprise"


USUAL_ACTORS = {
    UnitKind.COMMUNITY: ActorKind.SELF_GOVERNMENT,
    UnitKind.PARTNER: ActorKind.ENTERPRISE,
    UnitKind.VOLUNTEER_TEAM: ActorKind.SOCIAL,
}


def usual_actor(kind: str) -> ActorKind:
    """Return which party a unit of this kind belongs to where nothing else is said.

    >>> usual_actor("station").value
    'government'
    """
    return USUAL_ACTORS.get(UnitKind(kind), ActorKind.GOVERNMENT)


class DutyNature(StrEnum):
    """What a duty list says about the grassroots: must do, must help, may not be asked."""

    BASIC = "basic"
    ASSIST = "assist"
    RECOVERED = "recovered"


class Confidence(StrEnum):
    """Whether somebody has checked the source of an entry."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


GRASSROOTS = frozenset({UnitKind.STREET_OFFICE, UnitKind.COMMUNITY})
"""Whom a recovered duty may not reach: the street office and the community below it."""


def is_grassroots(kind: str) -> bool:
    """Say whether a unit of this kind is a street office or a community."""
    return kind in GRASSROOTS
