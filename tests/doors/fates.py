"""What becomes of the cases of the doors' district: each fate is a course of commands."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import TypedDict

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.cases import services
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.tests.builders import DONE


class By(TypedDict):
    """What every command carries."""

    actor: Actor
    at: datetime
    key: str


@dataclass
class Life:
    """One case while it lives: each step is the system's, and notes which unit it touches.

    `open_units` may be handed it; `earlier` are the public ids of the cases before it.
    """

    case: Case
    chance: Random
    at: datetime
    open_units: list[str]
    earlier: list[str]
    units: set[str] = field(default_factory=set)
    steps: "count[int]" = field(default_factory=lambda: count(1))

    def by(self) -> By:
        """Who, when and under which key the next step is done."""
        step = next(self.steps)
        return {"actor": SYSTEM_ACTOR, "at": self.at + timedelta(minutes=step), "key": f"k{step}"}

    def any_units(self) -> list[str]:
        """The open units in some order."""
        return self.chance.sample(self.open_units, k=4)

    def item(self) -> int:
        """The lead's open item."""
        return WorkItem.objects.get(case=self.case, state="open", kind="main", is_lead=True).pk


def stays(life: Life) -> None:
    """Nobody has looked at it yet."""


def is_dispatched(life: Life) -> None:
    """A lead has it, and sometimes a helper."""
    lead, *others = life.any_units()
    helpers = others[: life.chance.randint(0, 2)]
    services.dispatch_case(life.case.public_id, to=lead, co_units=helpers, **life.by())
    life.units |= {lead, *helpers}


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
    life.units.add(to)


def is_answered(life: Life) -> None:
    """The lead has answered; somebody must ask back."""
    is_dispatched(life)
    services.complete_item(
        life.case.public_id,
        life.item(),
        outcome="answer",
        reason="已修好",
        result=DONE,
        **life.by(),
    )


def is_solved(life: Life) -> None:
    """Closed, as the resident wished."""
    is_answered(life)
    by = life.by()
    services.record_feedback(
        life.case.public_id, solved="solved", satisfied="basic", at=by["at"], key=by["key"]
    )


def is_reopened(life: Life) -> None:
    """Closed, and opened again by the resident."""
    is_solved(life)
    by = life.by()
    services.record_feedback(
        life.case.public_id, solved="unsolved", satisfied="basic", at=by["at"], key=by["key"]
    )


def is_answered_at_the_desk(life: Life) -> None:
    """No unit ever had it."""
    services.answer_directly(life.case.public_id, answer="已说明", **life.by())


def is_shown_another_door(life: Life) -> None:
    """Closed by a route."""
    services.close_by_route(life.case.public_id, route="route_statutory", **life.by())


def is_merged(life: Life) -> None:
    """Closed as a duplicate of an earlier one."""
    services.merge_duplicate(life.case.public_id, into=life.earlier[-1], **life.by())


def is_a_part(life: Life) -> None:
    """A part of an earlier one that is still open, with a unit of its own."""
    whole = Case.objects.filter(status="open").order_by("pk")[0]
    services.link_cases(life.case.public_id, to=whole.public_id, kind="part", **life.by())
    is_dispatched(life)


FATES = (
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
