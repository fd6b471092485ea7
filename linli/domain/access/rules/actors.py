"""Who acts: plain values, so that rules need no database."""

from collections.abc import Iterator
from dataclasses import dataclass

from linli.domain.access.policy import Reach, reach_of
from linli.kernel.paths import is_inside


@dataclass(frozen=True)
class Holding:
    """A post that a person holds now.

    Parameters
    ----------
    role : a role of the policy table.
    unit_id : row id of the post's unit; 0 where the role needs none.
    unit_code : the unit's code.
    area_path : codes from the province down, each followed by "/"; the scope of the post.
    """

    role: str
    unit_id: int
    unit_code: str
    area_path: str


@dataclass(frozen=True)
class Actor:
    """Whoever does something: a member of staff, a resident, or the system itself.

    Parameters
    ----------
    user_id : row id of the account, None for residents and the system.
    name : how the journal names the actor; never a resident's name.
    holdings : the posts held at the moment of acting.
    lang : language for messages.
    is_system : True for the platform's own jobs, which act by standard, not by post.
    """

    user_id: int | None
    name: str
    holdings: tuple[Holding, ...] = ()
    lang: str = "zh-hans"
    is_system: bool = False

    def reaches(self, act: str) -> Iterator[tuple[Reach, Holding]]:
        """Yield each reach that the actor's posts give for an act."""
        for holding in self.holdings:
            reach = reach_of(holding.role, act)
            if reach is not None:
                yield reach, holding

    def may(self, act: str) -> bool:
        """Whether any post grants the act anywhere."""
        return self.is_system or any(True for _ in self.reaches(act))

    def unit_ids(self) -> tuple[int, ...]:
        """Row ids of the units whose posts the actor holds."""
        return tuple(sorted({h.unit_id for h in self.holdings if h.unit_id}))

    def units_for(self, act: str) -> tuple[int, ...]:
        """Row ids of the units by whose posts the actor may do an act."""
        return tuple(sorted({h.unit_id for _, h in self.reaches(act) if h.unit_id}))

    def roles(self) -> frozenset[str]:
        """The roles held."""
        return frozenset(holding.role for holding in self.holdings)


SYSTEM_ACTOR = Actor(None, "system", is_system=True)
RESIDENT_ACTOR = Actor(None, "resident")


def reaches_row(
    actor: Actor, act: str, *, area_path: str, unit_ids: tuple[int, ...] | list[int]
) -> bool:
    """Whether an act of the actor reaches a row; the same rule that `visible` says in SQL."""
    if actor.is_system:
        return True
    for reach, holding in actor.reaches(act):
        inside = bool(holding.area_path) and is_inside(area_path, holding.area_path)
        works = holding.unit_id in unit_ids
        if (inside and reach is not Reach.UNIT) or (works and reach is not Reach.AREA):
            return True
    return False
