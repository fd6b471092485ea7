"""Who acts: plain values, so that rules need no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from linli.domain.access.policy import Grant, Reach, grants_of
from linli.kernel.paths import is_inside

# The one act that emergency access opens.
LOOKING = "case.view"


@dataclass(frozen=True)
class Holding:
    """A post that a person holds now.

    Parameters
    ----------
    role : a role of the policy table.
    unit_id : row id of the post's unit; 0 where the role needs none.
    unit_code : the unit's code.
    area_path : codes from the province down, each followed by "/"; the scope of the post.
    clearance : the confidentiality the post has been cleared for; "" for what the table says.
    takes_over : row ids of units that were merged into the post's unit.
    above : row ids of the units that the post's unit is a part of, and of those merged into them.
    """

    role: str
    unit_id: int
    unit_code: str
    area_path: str
    clearance: str = ""
    takes_over: tuple[int, ...] = ()
    above: tuple[int, ...] = ()

    @property
    def works_for(self) -> tuple[int, ...]:
        """Row ids of the units whose work this post does."""
        return (self.unit_id, *self.takes_over) if self.unit_id else ()

    @property
    def belongs_to(self) -> tuple[int, ...]:
        """Row ids of the units that are complained about when this post is: it and all above."""
        return (*self.works_for, *self.above)


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
    opened : public ids of cases that emergency access opens for a few minutes, to be looked at.
    """

    user_id: int | None
    name: str
    holdings: tuple[Holding, ...] = ()
    lang: str = "zh-hans"
    is_system: bool = False
    opened: tuple[str, ...] = ()

    def by_post(self) -> "Actor":
        """Return the actor as the posts alone make it, without emergency access."""
        return replace(self, opened=()) if self.opened else self

    def reaches(self, act: str) -> Iterator[tuple[Grant, Holding]]:
        """Yield each grant of an act with the post that gives it."""
        for holding in self.holdings:
            for grant in grants_of(holding.role, act):
                yield grant, holding

    def may(self, act: str) -> bool:
        """Whether any post grants the act anywhere."""
        return self.is_system or any(True for _ in self.reaches(act))

    def unit_ids(self) -> tuple[int, ...]:
        """Row ids of the units whose posts the actor holds."""
        return tuple(sorted({h.unit_id for h in self.holdings if h.unit_id}))

    def units_for(self, act: str) -> tuple[int, ...]:
        """Row ids of the units whose work the actor may do by an act."""
        return tuple(sorted({unit for _, h in self.reaches(act) for unit in h.works_for}))

    def areas_for(self, act: str) -> tuple[str, ...]:
        """Paths of the areas over which the actor may do an act by place."""
        over = {h.area_path for grant, h in self.reaches(act) if grant.over is Reach.AREA}
        return tuple(sorted(over - {""}))

    def belongs_to(self) -> tuple[int, ...]:
        """Row ids of the units that stand behind the actor: own ones, and those above them."""
        return tuple(sorted({unit for h in self.holdings for unit in h.belongs_to}))

    @property
    def post(self) -> tuple[str, str]:
        """Role and unit code of the first post held; "" twice without any."""
        first = next(iter(self.holdings), None)
        return ("", "") if first is None else (first.role, first.unit_code)

    def roles(self) -> frozenset[str]:
        """The roles held."""
        return frozenset(holding.role for holding in self.holdings)


SYSTEM_ACTOR = Actor(None, "system", is_system=True)
RESIDENT_ACTOR = Actor(None, "resident")


@dataclass(frozen=True)
class Standing:
    """What of a row the policy table asks: where it lies, who works on it, how secret it is.

    Parameters
    ----------
    area_path : codes from the province down, each followed by "/".
    unit_ids : row ids of the units that have or had work in it.
    confidentiality, status : as the row carries them.
    respondent_ids : row ids of the units that are complained about.
    ref : public id of the row; "" for a place where there is none yet.
    """

    area_path: str
    unit_ids: tuple[int, ...] = ()
    confidentiality: str = "ordinary"
    status: str = "open"
    respondent_ids: tuple[int, ...] = ()
    ref: str = ""


class ScopedRow(Protocol):
    """What a stored row must carry to be judged."""

    area_path: str
    unit_ids: list[int]
    respondent_ids: list[int]
    confidentiality: str
    status: str
    public_id: str


def standing_of(row: ScopedRow) -> Standing:
    """Return what the policy table asks of a stored row."""
    return Standing(
        row.area_path,
        tuple(row.unit_ids),
        confidentiality=row.confidentiality,
        status=row.status,
        respondent_ids=tuple(row.respondent_ids),
        ref=row.public_id,
    )


def reaches_row(actor: Actor, act: str, row: Standing) -> bool:
    """Whether an act of the actor reaches a row; the same rule that `visible` says in SQL."""
    if act == LOOKING and row.ref in actor.opened:
        return not is_shut_out(actor, row)
    return _reached(actor, row, actor.reaches(act))


def is_shut_out(actor: Actor, row: Standing) -> bool:
    """Whether a row complains about a unit that stands behind the actor: the shield."""
    return bool(set(row.respondent_ids) & set(actor.belongs_to()))


def reaches_by_place(actor: Actor, act: str, row: Standing) -> bool:
    """Whether an act of the actor reaches a row by where it lies, not by work on it."""
    by_place = (given for given in actor.reaches(act) if given[0].over is Reach.AREA)
    return _reached(actor, row, by_place)


def _reached(actor: Actor, row: Standing, given: Iterable[tuple[Grant, Holding]]) -> bool:
    """Whether some of the grants reach a row; what complains about the actor's own is shut."""
    if actor.is_system:
        return True
    if is_shut_out(actor, row):
        return False
    return any(_reaches(grant, holding, row) for grant, holding in given)


def _reaches(grant: Grant, holding: Holding, row: Standing) -> bool:
    if row.confidentiality not in grant.levels(holding.clearance):
        return False
    if grant.state not in ("any", row.status):
        return False
    if grant.over is Reach.AREA:
        return bool(holding.area_path) and is_inside(row.area_path, holding.area_path)
    if grant.over is Reach.ABOVE:
        return bool(row.area_path) and is_inside(holding.area_path, row.area_path)
    return bool(set(holding.works_for) & set(row.unit_ids))
