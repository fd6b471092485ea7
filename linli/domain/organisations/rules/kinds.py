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
