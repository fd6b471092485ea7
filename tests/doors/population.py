"""A district with everybody in it, and cases of every fate; who touched what is noted beside it.

What a person should see is reckoned here from that note and from the table below, without asking
the code that is being tested.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from random import Random

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.models import Case
from linli.domain.cases.services import NewCase, open_case
from linli.domain.cases.tests.builders import add_area, leaf_matter, publish_packs, renew_ground
from linli.domain.organisations.models import Member, Post, Unit
from linli.domain.places.models import Area
from tests.doors.fates import FATES, Life

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
LONG_AGO, FAR_AHEAD = date(2020, 1, 1), date(2999, 1, 1)
DISTRICT, WEST, EAST = "990101", "990101001", "990101002"
# The last one begins like its neighbour: a prefix of a code is not a place.
COMMUNITIES = {
    "990101001001": WEST,
    "990101001002": WEST,
    "9901010010010": WEST,
    "990101002001": EAST,
    "990101002002": EAST,
}
ABOVE = {DISTRICT: None, WEST: DISTRICT, EAST: DISTRICT, **COMMUNITIES}
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

# role → how far it may look, and how far it may export: by `place`, by `work` or not at all,
# and up to which level.
LOOKS = {
    "clerk": ("place", "sensitive"),
    "handler": ("work", "sealed"),
    "supervisor": ("place", "sensitive"),
    "analyst": ("place", "ordinary"),
    "leader": ("place", "sensitive"),
    "admin": ("", ""),
    "security_admin": ("", ""),
    "auditor": ("", ""),
    "api_client": ("", ""),
}
NO_EXPORT = ("", "")
EXPORTS = {
    role: ("place", "ordinary") if role in ("clerk", "supervisor", "analyst") else NO_EXPORT
    for role in LOOKS
}


@dataclass(frozen=True)
class Seat:
    """A post: its role, its unit, its area, and from when to when it is held."""

    role: str
    unit: str
    area: str
    since: date = LONG_AGO
    until: date | None = None
    clearance: str = ""

    @property
    def holds(self) -> bool:
        """Whether it gives anything: neither over, nor to come, nor in a unit that was closed."""
        return self.since < FAR_AHEAD and self.until is None and self.unit not in GONE


CAST: dict[str, tuple[Seat, ...]] = {
    "clerk_of_the_district": (Seat("clerk", "police", DISTRICT),),
    "clerk_of_a_street": (Seat("clerk", "works", WEST),),
    "clerk_of_a_community": (Seat("clerk", "works", "990101001001"),),
    "clerk_elsewhere": (Seat("clerk", "estate", EAST),),
    **{f"handler_{unit}": (Seat("handler", unit, area),) for unit, area in UNITS.items()},
    "supervisor": (Seat("supervisor", "works", WEST),),
    "supervisor_who_is_cleared": (Seat("supervisor", "police", DISTRICT, clearance="sealed"),),
    "analyst_who_is_cleared": (Seat("analyst", "police", DISTRICT, clearance="sensitive"),),
    "analyst": (Seat("analyst", "police", DISTRICT),),
    "leader": (Seat("leader", "estate", EAST),),
    "admin": (Seat("admin", "police", DISTRICT),),
    "security_admin": (Seat("security_admin", "police", DISTRICT),),
    "auditor": (Seat("auditor", "police", DISTRICT),),
    "api_client": (Seat("api_client", "police", DISTRICT),),
    "whose_post_is_over": (Seat("clerk", "police", DISTRICT, until=date(2020, 6, 30)),),
    "whose_post_is_to_come": (Seat("supervisor", "police", DISTRICT, since=FAR_AHEAD),),
    "of_two_posts": (Seat("handler", "water", WEST), Seat("clerk", "estate", "990101002001")),
    "of_one_post_over": (
        Seat("leader", "police", DISTRICT, until=date(2020, 6, 30)),
        Seat("handler", "estate", EAST),
    ),
    "nobody": (),
}


@dataclass(frozen=True)
class Filed:
    """A case as the population remembers it: where it lies, who ever had it, how secret it
    is, and which unit it complains about."""

    ref: str
    number: str
    area: str
    units: frozenset[str]
    level: str = "ordinary"
    respondent: str = ""


@dataclass
class Population:
    """Everybody, and every case."""

    users: dict[str, User] = field(default_factory=dict)
    filed: list[Filed] = field(default_factory=list)

    def seen_by(self, who: str, table: dict[str, tuple[str, str]]) -> list[Filed]:
        """What a table lets a person see, newest first not promised."""
        seats = [seat for seat in CAST[who] if seat.holds]
        own = {unit for seat in seats for unit in (seat.unit, PART_OF.get(seat.unit, seat.unit))}
        own |= {gone for gone, into in MERGED_INTO.items() if into in own}
        return [
            case
            for case in self.filed
            if case.respondent not in own and any(_sees(seat, case, table) for seat in seats)
        ]


def _sees(seat: Seat, case: Filed, table: dict[str, tuple[str, str]]) -> bool:
    reach, level = table[seat.role]
    if not reach or LEVELS.index(case.level) > max(
        map(LEVELS.index, (level, seat.clearance or level))
    ):
        return False
    if reach == "work":
        taken = {gone for gone, into in MERGED_INTO.items() if into == seat.unit}
        return bool({seat.unit, *taken} & case.units)
    return seat.area in _above(case.area)


def _above(area: str) -> list[str]:
    found: list[str] = []
    step: str | None = area
    while step is not None:
        found.append(step)
        step = ABOVE[step]
    return found


def populate() -> Population:
    """Lay out the district, seat its people, and let 72 cases meet their fates."""
    publish_packs()
    _lay_out()
    found = Population()
    for who, seats in CAST.items():
        found.users[who] = User.objects.create(username=who, name=who, is_demo=True)
        for seat in seats:
            _seat(found.users[who], seat)
    chance, places = Random(2), sorted(ABOVE)
    for number in range(72):
        _live(found, FATES[number % len(FATES)], area=chance.choice(places), chance=chance)
    _close_units()
    found.filed = [_hide(case, number, chance) for number, case in enumerate(found.filed)]
    return found


def _close_units() -> None:
    Unit.objects.filter(code__in=GONE).update(valid_to=date(2026, 11, 1))
    for gone, into in MERGED_INTO.items():
        Unit.objects.filter(code=gone).update(successor=Unit.objects.get(code=into))


def _hide(case: Filed, number: int, chance: Random) -> Filed:
    """Make one case in four sensitive, one in eight sealed; one in six complains about a unit."""
    level = {0: "sensitive", 1: "sealed", 2: "sensitive"}.get(number % 8, "ordinary")
    respondent = chance.choice(sorted(UNITS)) if number % 6 == 5 else ""
    ids = Unit.objects.filter(code=respondent).values_list("pk", flat=True)
    stored = Case.objects.filter(public_id=case.ref)
    stored.update(confidentiality=level, respondent_ids=list(ids))
    return replace(case, level=level, respondent=respondent)


def _lay_out() -> None:
    above: dict[str, Area] = {}
    above["99"] = add_area("99", "province", None)
    above["9901"] = add_area("9901", "city", above["99"])
    above[DISTRICT] = add_area(DISTRICT, "district", above["9901"])
    for street in (WEST, EAST):
        above[street] = add_area(street, "street", above[DISTRICT])
    for code, street in COMMUNITIES.items():
        above[code] = add_area(code, "community", above[street])
    renew_ground()
    for code, place in UNITS.items():  # a whole stands before its parts
        area = above[place]
        parent = Unit.objects.filter(code=PART_OF.get(code, "")).first()
        Unit.objects.create(
            code=code, name=code, kind="department", parent=parent, area=area, area_path=area.path
        )


def _seat(user: User, seat: Seat) -> None:
    post = Post.objects.create(
        code=f"{user.username}-{seat.role}",
        name=seat.role,
        role=seat.role,
        clearance=seat.clearance,
        unit=Unit.objects.get(code=seat.unit),
    )
    area = Area.objects.get(code=seat.area)
    Member.objects.create(
        user=user,
        post=post,
        area=area,
        area_path=area.path,
        valid_from=seat.since,
        valid_to=seat.until,
    )


def _live(found: Population, fate: Callable[[Life], None], *, area: str, chance: Random) -> None:
    number = len(found.filed)
    new = NewCase(
        title=f"路灯不亮第{number}处",
        body="晚上走路看不见。",
        matter=leaf_matter(),
        area=area,
        petition_type="help",
        channel="phone",
        received_at=AT,
    )
    case = open_case(new, actor=SYSTEM_ACTOR, at=AT, key="k0")
    units = sorted(set(UNITS) - {"closed"})
    life = Life(case, chance, AT, units, [filed.ref for filed in found.filed])
    fate(life)
    found.filed.append(Filed(case.public_id, case.number, area, frozenset(life.units)))
