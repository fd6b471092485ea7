"""The district of the access bench on paper: places, units, and who holds which post in it.

Whatever role the policy table has sits here in each of three places.
"""

from dataclasses import dataclass
from datetime import timedelta

DISTRICT, WEST, EAST = "990101", "990101001", "990101002"
CORNER, YARD = "990101001001", "990101002001"
# The third one begins like its neighbour: a prefix of a code is not a place.
COMMUNITIES = {
    CORNER: WEST,
    "990101001002": WEST,
    "9901010010010": WEST,
    YARD: EAST,
    "990101002002": EAST,
}
ABOVE = {DISTRICT: "", WEST: DISTRICT, EAST: DISTRICT, **COMMUNITIES}
UNITS = {
    "works": WEST,
    "depot": WEST,
    "water": WEST,
    "pumps": WEST,
    "estate": EAST,
    "police": DISTRICT,
    "closed": WEST,
}
PART_OF = {"depot": "works"}
MERGED_INTO = {"pumps": "water"}  # after the cases were worked on
GONE = ("closed", "pumps")
LEVELS = ("ordinary", "sensitive", "sealed")

LONG = timedelta(days=2_000)
AGO, AHEAD = -LONG, LONG


@dataclass(frozen=True)
class Seat:
    """A post: its role, its unit, its area, and when it is held, counted from now."""

    role: str
    unit: str
    area: str
    since: timedelta = AGO
    until: timedelta | None = None
    clearance: str = ""

    @property
    def holds(self) -> bool:
        """Whether it gives anything: neither over, nor to come, nor in a unit that was closed."""
        is_now = self.since <= timedelta(0) and (self.until is None or self.until > timedelta(0))
        return is_now and self.unit not in GONE


PLACED = (
    ("of_the_district", "police", DISTRICT),
    ("of_a_street", "works", WEST),
    ("of_a_community", "estate", YARD),
)
# Who proposes a post of weight, and for whom: neither decides on it.
PROPOSED = ("security_admin_of_the_district", "nobody")
ENDED = AGO / 2
SPECIAL: dict[str, tuple[Seat, ...]] = {
    **{f"handler_at_{unit}": (Seat("handler", unit, area),) for unit, area in UNITS.items()},
    "clerk_next_door": (Seat("clerk", "water", CORNER),),
    "supervisor_who_is_cleared": (Seat("supervisor", "police", DISTRICT, clearance="sealed"),),
    "analyst_who_is_cleared": (Seat("analyst", "police", DISTRICT, clearance="sensitive"),),
    "whose_post_is_over": (Seat("clerk", "police", DISTRICT, until=ENDED),),
    "whose_post_is_to_come": (Seat("supervisor", "police", DISTRICT, since=AHEAD),),
    "of_two_posts": (Seat("handler", "water", WEST), Seat("clerk", "estate", YARD)),
    "of_one_post_over": (
        Seat("leader", "police", DISTRICT, until=ENDED),
        Seat("handler", "estate", EAST),
    ),
    "nobody": (),
}


def cast_of(roles: list[str]) -> dict[str, tuple[Seat, ...]]:
    """Return everybody by user name: each role in each place, and the special ones."""
    placed = {
        f"{role}_{where}": (Seat(role, unit, area),)
        for role in roles
        for where, unit, area in PLACED
    }
    return {**placed, **SPECIAL}


def above(area: str) -> list[str]:
    """Return an area and all above it, from the bottom up."""
    found = []
    while area:
        found.append(area)
        area = ABOVE[area]
    return found


def wholes_of(unit: str) -> list[str]:
    """Return a unit and those that it is a part of."""
    found = [unit]
    while found[-1] in PART_OF:
        found.append(PART_OF[found[-1]])
    return found


def taken_over_by(unit: str) -> list[str]:
    """Return a unit and those that were merged into it."""
    return [unit, *(gone for gone, into in MERGED_INTO.items() if into == unit)]
