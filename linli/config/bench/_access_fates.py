"""What becomes of the cases of the access bench: each fate is a course of commands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Literal, TypedDict

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.cases import services
from linli.domain.cases.selectors import Case, items_of

LEAD, CO, FORMER = "lead", "co_unit", "former"


class By(TypedDict):
    """What every command carries."""

    actor: Actor
    at: datetime
    key: str


@dataclass
class Life:
    """One case while it lives: each step is the system's, and notes which unit it touches.

    Parameters
    ----------
    open_units : codes of the units that may be handed it.
    earlier, wholes : public ids of cases before it that it may be merged into, or be a part of.
    units : code of each unit that ever had work in it, with what it was to the case last.
    """

    case: Case
    chance: Random
    at: datetime
    open_units: list[str]
    earlier: list[str]
    wholes: list[str]
    units: dict[str, str] = field(default_factory=dict)
    into: str = ""
    is_closed: bool = False
    steps: "count[int]" = field(default_factory=lambda: count(1))

    def by(self) -> By:
        """Who, when and under which key the next step is done."""
        step = next(self.steps)
        return {"actor": SYSTEM_ACTOR, "at": self.at + timedelta(minutes=step), "key": f"k{step}"}

    def any_units(self) -> list[str]:
        """Some open units in some order."""
        return self.chance.sample(self.open_units, k=4)

    def item(self) -> int:
        """Row id of the lead's open item."""
        return next(
            item.pk
            for item in items_of(self.case)
            if item.state == "open" and item.kind == "main" and item.is_lead
        )


def stays(life: Life) -> None:
    """Nobody has looked at it yet."""


def is_dispatched(life: Life) -> None:
    """A lead has it, and sometimes a helper."""
    lead, *others = life.any_units()
    helpers = others[: life.chance.randint(0, 2)]
    services.dispatch_case(life.case.public_id, to=lead, co_units=helpers, **life.by())
    before = dict.fromkeys(life.units, FORMER)
    life.units = {**before, lead: LEAD, **dict.fromkeys(helpers, CO)}


def is_returned(life: Life) -> None:
    """The lead objects."""
    is_dispatched(life)
    services.return_item(life.case.public_id, life.item(), reason="不属于职责", **life.by())


def is_dispatched_anew(life: Life) -> None:
    """The objection is upheld; another has it now, and the first may still look."""
    is_returned(life)
    services.rule_objection(life.case.public_id, outcome="uphold", reason="属实", **life.by())
    is_dispatched(life)


def is_ruled_to_another(life: Life) -> None:
    """The ruling itself names the unit."""
    is_returned(life)
    to = life.any_units()[0]
    services.rule_objection(
        life.case.public_id, outcome="reject", reason="依清单", to=to, **life.by()
    )
    life.units[to] = LEAD


def is_answered(life: Life) -> None:
    """The lead has answered; somebody must ask back."""
    is_dispatched(life)
    services.complete_item(
        life.case.public_id,
        life.item(),
        outcome="answer",
        reason="已修好",
        result={"result": "done"},
        **life.by(),
    )


def is_solved(life: Life) -> None:
    """Closed, as the resident wished."""
    is_answered(life)
    _says(life, "solved")
    life.is_closed = True


def is_reopened(life: Life) -> None:
    """Closed, and opened again by the resident."""
    is_solved(life)
    _says(life, "unsolved")
    life.is_closed = False


def is_answered_at_the_desk(life: Life) -> None:
    """No unit ever had it."""
    services.answer_directly(life.case.public_id, answer="已说明", **life.by())


def is_shown_another_door(life: Life) -> None:
    """Closed by a route."""
    services.close_by_route(life.case.public_id, route="route_statutory", **life.by())
    life.is_closed = True


def is_merged(life: Life) -> None:
    """Closed as a duplicate of an earlier one."""
    life.into = life.earlier[-1]
    services.merge_duplicate(life.case.public_id, into=life.into, **life.by())
    life.is_closed = True


def is_a_part(life: Life) -> None:
    """A part of an earlier one that is still open, with a unit of its own."""
    services.link_cases(life.case.public_id, to=life.wholes[0], kind="part", **life.by())
    is_dispatched(life)


def _says(life: Life, solved: Literal["solved", "unsolved"]) -> None:
    by = life.by()
    services.record_feedback(
        life.case.public_id, solved=solved, satisfied="basic", at=by["at"], key=by["key"]
    )


FATES: tuple[Callable[[Life], None], ...] = (
    stays,
    is_dispatched,
    is_returned,
    is_dispatched_anew,
    is_ruled_to_another,
    is_answered,
    is_solved,
    is_reopened,
    is_answered_at_the_desk,
    is_shown_another_door,
    is_merged,
    is_a_part,
)
