"""What the policy table says of the district, reckoned anew from the file: sets, and no code of it.

Whoever shares a mistake with the platform finds none: this reads `policy.yaml` by itself, and
takes a word that it does not know for an error.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

import linli.domain.access
from linli.config.bench._access_cast import (
    ABOVE,
    LEVELS,
    Seat,
    above,
    taken_over_by,
    wholes_of,
)

if TYPE_CHECKING:
    from linli.config.bench._access_district import District, Filed

FILE = Path(linli.domain.access.__file__).with_name("policy.yaml")
Refs = frozenset[str]
NONE: Refs = frozenset()


@dataclass(frozen=True)
class Given:
    """A line of the table: how far it reaches, up to which level, and in which state."""

    over: str
    up_to: str
    state: str


class Policy:
    """The table by role and act."""

    def __init__(self, *, roles: list[str], acts: list[str]) -> None:
        self.roles, self.acts = roles, acts
        self.lines: dict[tuple[str, str], list[Given]] = {}

    @classmethod
    def of_the_platform(cls) -> "Policy":
        """Read the table in force."""
        return cls.read(FILE.read_text(encoding="utf-8"))

    @classmethod
    def read(cls, text: str) -> "Policy":
        """Read a table. Raises ValueError for what is not understood here."""
        table = yaml.safe_load(text)
        policy = cls(roles=list(table["roles"]), acts=list(table["acts"]))
        for role, grants in table["grants"].items():
            for grant in grants:
                given = _given(grant)
                for act in grant["acts"]:
                    policy.lines.setdefault((role, act), []).append(given)
        return policy


def _given(grant: Mapping[str, str]) -> Given:
    """Read one grant. Raises ValueError for what is not understood here."""
    odd = set(grant) - {"acts", "over", "up_to", "while"}
    given = Given(grant["over"], grant.get("up_to", LEVELS[0]), grant.get("while", "any"))
    over_rows = {"area", "unit"} | ({"above"} if _is_of_ledgers(grant["acts"]) else set())
    is_known = given.over in over_rows and given.state in ("any", "open", "closed")
    if odd or not is_known or given.up_to not in LEVELS:
        raise ValueError(f"the access bench does not understand the grant {grant}")
    return given


def _is_of_ledgers(acts: Iterable[str]) -> bool:
    return all(act.startswith("ledger.") for act in acts)


class Oracle:
    """Which cases, posts and areas each act of each person reaches."""

    def __init__(self, policy: Policy, district: "District") -> None:
        self.policy, self.district = policy, district
        self.by_ref: dict[str, Filed] = {case.ref: case for case in district.filed}
        self.reach = cache(self._reach)

    def seats(self, who: str) -> list[Seat]:
        """The posts that give something now."""
        return [seat for seat in self.district.cast.get(who, ()) if seat.holds]

    def may(self, who: str, acts: Iterable[str]) -> bool:
        """Whether a post gives one of the acts anywhere."""
        return any(
            (seat.role, act) in self.policy.lines for seat in self.seats(who) for act in acts
        )

    def over(self, who: str, acts: Iterable[str], area: str) -> bool:
        """Whether one of the acts reaches an area."""
        return any(
            (seat.role, act) in self.policy.lines and seat.area in above(area)
            for seat in self.seats(who)
            for act in acts
        )

    def _reach(self, who: str, act: str) -> Refs:
        found: set[str] = set()
        for seat in self.seats(who):
            for given in self.policy.lines.get((seat.role, act), ()):
                found |= self._given(seat, given)
        return frozenset(found & self.unshielded(who))

    def unshielded(self, who: str) -> Refs:
        """The cases that complain about nobody of the person's own."""
        own = {part for seat in self.seats(who) for part in house(seat.unit)}
        return self.district.refs - self._union(self._complained, own)

    def answers(self, who: str, acts: Iterable[str]) -> frozenset[str]:
        """The renditions that were sent to a unit whose work one of the acts does."""
        units = {
            unit
            for seat in self.seats(who)
            for act in acts
            if any(g.over == "unit" for g in self.policy.lines.get((seat.role, act), ()))
            for unit in taken_over_by(seat.unit)
        }
        return frozenset(ref for ref, unit in self.district.renditions.items() if unit in units)

    def all_of(self, who: str, acts: Iterable[str]) -> Refs:
        """The cases that every one of the acts reaches."""
        return frozenset.intersection(*(self.reach(who, act) for act in acts))

    def any_of(self, who: str, acts: Iterable[str]) -> Refs:
        """The cases that at least one of the acts reaches."""
        return NONE.union(*(self.reach(who, act) for act in acts))

    def _given(self, seat: Seat, given: Given) -> Refs:
        if given.over == "area":
            rows = self._inside.get(seat.area, NONE)
        else:
            rows = self._union(self._worked, taken_over_by(seat.unit))
        highest = max(LEVELS.index(given.up_to), LEVELS.index(seat.clearance or LEVELS[0]))
        rows &= self._union(self._level, LEVELS[: highest + 1])
        return rows if given.state == "any" else rows & self.state(given.state)

    def state(self, state: str) -> Refs:
        """The cases in a state."""
        return self._state.get(state, NONE)

    @staticmethod
    def _union(sets: Mapping[str, Refs], keys: Iterable[str]) -> Refs:
        return NONE.union(*(sets.get(key, NONE) for key in keys))

    @cached_property
    def _inside(self) -> dict[str, Refs]:
        return self._by(lambda case: above(case.area))

    @cached_property
    def _worked(self) -> dict[str, Refs]:
        return self._by(lambda case: list(case.units))

    @cached_property
    def _complained(self) -> dict[str, Refs]:
        return self._by(lambda case: [case.respondent])

    @cached_property
    def _level(self) -> dict[str, Refs]:
        return self._by(lambda case: [case.level])

    @cached_property
    def _state(self) -> dict[str, Refs]:
        return self._by(lambda case: [case.state])

    def _by(self, keys: "Callable[[Filed], list[str]]") -> dict[str, Refs]:
        found: dict[str, set[str]] = {}
        for case in self.district.filed:
            for key in keys(case):
                found.setdefault(key, set()).add(case.ref)
        return {key: frozenset(refs) for key, refs in found.items()}

    def relation(self, who: str, ref: str) -> tuple[str, ...]:
        """Say how a case stands to a person: place, work, shield, level and state."""
        case, seats = self.by_ref[ref], self.seats(who)
        if not seats:
            return ("none", "none", "none", case.level, case.state)
        ways = [(_place(seat, case), _work(seat, case), _shield(seat, case)) for seat in seats]
        return (
            *(" ".join(dict.fromkeys(way)) for way in zip(*ways, strict=True)),
            case.level,
            case.state,
        )


def house(unit: str) -> set[str]:
    """Return the units that are complained about when a post of this one is: it and all above."""
    return {gone for whole in wholes_of(unit) for gone in taken_over_by(whole)}


def _place(seat: Seat, case: "Filed") -> str:
    if case.area == seat.area:
        return "own"
    if seat.area in above(case.area):
        return "child"
    if case.area in above(seat.area):
        return "parent"
    return "sibling" if ABOVE[case.area] == ABOVE[seat.area] else "other"


def _work(seat: Seat, case: "Filed") -> str:
    if seat.unit in case.units:
        return case.units[seat.unit]
    return "merged" if set(taken_over_by(seat.unit)) & set(case.units) else "other_unit"


def _shield(seat: Seat, case: "Filed") -> str:
    if case.respondent == seat.unit:
        return "complained_about"
    return "part_of_it" if case.respondent in house(seat.unit) else "free"
