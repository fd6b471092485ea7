"""A case as it stands before a race, who acts on it, and commands that want their keys yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from linli.domain.access.selectors import Actor
from linli.domain.cases import services
from linli.domain.cases.selectors import Case, Rendition, WorkItem, items_of, renditions_of
from linli.domain.catalogue.selectors import StageDef

RARE, SELDOM = 0.6, 0.95  # how often that is left out which shuts out much else
Command = Callable[[str], object]


@dataclass(frozen=True)
class People:
    """Who acts. `handlers`: who answers for a unit, by its code."""

    clerk: Actor
    asker: Actor
    supervisor: Actor
    handlers: Mapping[str, Actor]


@dataclass
class Standing:
    """A case as it stands before a race, and what it stands beside."""

    case: Case
    people: People
    others: Sequence[str]
    chance: Random
    at: datetime
    units: Sequence[str]
    revisions: Sequence[services.Revision]
    items: list[WorkItem] = field(init=False)
    renditions: list[Rendition] = field(init=False)

    def __post_init__(self) -> None:
        self.items = [item for item in items_of(self.case) if item.state == "open"]
        self.renditions = renditions_of(self.case) if self.case.respondent_ids else []

    @property
    def ref(self) -> str:
        """Public id of the case."""
        return self.case.public_id

    @property
    def stage(self) -> StageDef | None:
        """The stage; None once it is closed."""
        return self.case.standard.definition.stage(self.case.stage)

    def leaves(self, way: str, *, of_units: bool = False) -> bool:
        """Whether units, or else a role, may leave the stage so."""
        stage = self.stage
        return stage is not None and stage.way(way) is not None and of_units == self.is_unit_work

    @property
    def is_unit_work(self) -> bool:
        """Whether units have the work."""
        return self.stage is not None and self.stage.each == "units"

    def side(self, stage: str) -> WorkItem | None:
        """An open side item."""
        return next((i for i in self.items if i.kind == "side" and i.stage == stage), None)

    def main(self) -> WorkItem | None:
        """Some open piece of the main work."""
        found = [item for item in self.items if item.kind == "main"]
        return self.chance.choice(found) if found else None

    def rendition(self, *states: str) -> Rendition | None:
        """Some rendition in one of the states."""
        return next((one for one in self.renditions if one.state in states), None)


Do = Callable[..., object]


def by(do: Do, actor: Actor, at: datetime, *args: object, **said: object) -> Command:
    """Return a command by somebody, which wants its key yet."""

    def command(key: str) -> object:
        return do(*args, actor=actor, at=at, key=key, **said)

    return command


def case_act(s: Standing, do: Do, actor: Actor, **said: object) -> Command:
    """Return a command on the case by somebody."""
    return by(do, actor, s.at, s.ref, **said)
