"""Every command of the case engine, in the order in which cases meet them."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from linli.config.bench._ground import Ground
from linli.domain.access.selectors import Actor, user_by_name
from linli.domain.cases.selectors import Case, WorkItem, case_for, items_of
from linli.domain.cases.services import (
    NewCase,
    close_by_route,
    complete_item,
    decide_extension,
    dispatch_case,
    open_case,
    pause_clock,
    record_follow_up,
    request_extension,
    resume_clock,
    return_item,
    rule_objection,
)
from linli.domain.organisations.selectors import actor_for
from linli.kernel.clock import utc_now

MATTER = "environment.noise.construction"
LEAD, HELPER = "urban_management", "housing_bureau"
DONE = {"result": "done"}
WHY = "依清单核对"


class Timing(Protocol):
    """Whatever notes what a block takes."""

    def timing(self, name: str, actor: Actor) -> AbstractContextManager[None]:
        """Note it under a name, the block being done by somebody."""
        ...


@dataclass(frozen=True)
class Hands:
    """Who sends the commands, and where the cases are."""

    clerk: Actor
    asker: Actor
    lead: Actor
    helper: Actor
    supervisor: Actor
    new: NewCase

    @classmethod
    def of(cls, ground: Ground, *, at: datetime) -> "Hands":
        """Return the town's own people, for a case in its first community."""

        def holder(role: str, unit: str = "") -> Actor:
            user = user_by_name(ground.organisation.holder(role, unit).username)
            if user is None:
                raise LookupError(f"nobody is {role} of {unit}")
            return actor_for(user, at=at)

        new = NewCase(
            title="夜间施工噪声",
            body="工地半夜还在打桩，睡不着。",
            matter=MATTER,
            area=ground.geography.communities[0].code,
            petition_type="complaint",
            channel="phone",
            received_at=at,
        )
        asker = replace(holder("clerk"), user_id=None)  # somebody else than who dispatched
        lead, helper = holder("handler", LEAD), holder("handler", HELPER)
        return cls(holder("clerk"), asker, lead, helper, holder("supervisor"), new)


@dataclass(frozen=True)
class Walk:
    """One round: the people, the watch, and the beginning of its keys."""

    hands: Hands
    watch: Timing
    key: str

    def begun(self, name: str) -> str:
        """Open a case; returns its public id."""
        hands, at = self.hands, utc_now()
        with self.watch.timing("open", hands.clerk):
            new = replace(hands.new, received_at=at)
            return open_case(new, actor=hands.clerk, at=at, key=f"{self.key}:open:{name}").public_id

    def at_units(self, name: str) -> str:
        """Open a case and hand it to its units."""
        ref, clerk = self.begun(name), self.hands.clerk
        with self.watch.timing("dispatch", clerk):
            dispatch_case(
                ref, to=LEAD, co_units=[HELPER], actor=clerk, at=utc_now(), key=f"{self.key}:d"
            )
        return ref

    def item(self, ref: str, actor: Actor) -> WorkItem:
        """Return the open main work of somebody's units."""
        case = case_for(self.hands.supervisor, ref)
        mine = actor.units_for("case.handle")
        return next(
            item
            for item in items_of(case)
            if item.state == "open" and item.kind == "main" and item.unit_id in mine
        )

    def complete(self, ref: str, actor: Actor, name: str) -> None:
        """Answer for somebody's unit."""
        item, key = self.item(ref, actor), f"{self.key}:{name}:{utc_now().isoformat()}"
        with self.watch.timing(name, actor):
            complete_item(
                ref,
                item.pk,
                outcome="answer",
                reason="已办",
                result=DONE,
                actor=actor,
                at=utc_now(),
                key=key,
            )

    def follow_up(self, ref: str, name: str, solved: str) -> Case:
        """Ask the resident back."""
        asker = self.hands.asker
        with self.watch.timing(name, asker):
            return record_follow_up(
                ref,
                solved=solved,  # type: ignore[arg-type]  # a listed word
                satisfied="basic",
                contacted=True,
                comment="没有改善",
                actor=asker,
                at=utc_now(),
                key=f"{self.key}:{name}",
            )

    def stand_still(self, ref: str) -> None:
        """Stop the clocks and let them run on."""
        lead = self.hands.lead
        with self.watch.timing("pause", lead):
            pause_clock(ref, reason="hearing", actor=lead, at=utc_now(), key=f"{self.key}:p")
        with self.watch.timing("resume", lead):
            resume_clock(ref, actor=lead, at=utc_now(), key=f"{self.key}:r")

    def lengthen(self, ref: str) -> None:
        """Ask for more time and grant it."""
        lead, supervisor = self.hands.lead, self.hands.supervisor
        with self.watch.timing("extend", lead):
            asked = request_extension(
                ref, extra=1, reason="等检测", actor=lead, at=utc_now(), key=f"{self.key}:e"
            )
        if asked is None:
            raise LookupError("asked before")
        with self.watch.timing("decide", supervisor):
            decide_extension(
                ref,
                asked.pk,
                granted=True,
                reason="已核",
                actor=supervisor,
                at=utc_now(),
                key=f"{self.key}:g",
            )

    def object(self, ref: str) -> None:
        """Object to a dispatch, and rule on it."""
        lead, supervisor = self.hands.lead, self.hands.supervisor
        item = self.item(ref, lead)
        with self.watch.timing("return", lead):
            return_item(ref, item.pk, reason=WHY, actor=lead, at=utc_now(), key=f"{self.key}:o")
        with self.watch.timing("rule", supervisor):
            rule_objection(
                ref,
                outcome="reject",
                reason=WHY,
                actor=supervisor,
                at=utc_now(),
                key=f"{self.key}:j",
            )


def walk(hands: Hands, watch: Timing, key: str) -> None:
    """Send each command at least once, on three cases of its own."""
    one = Walk(hands, watch, key)
    ref = one.at_units("a")
    one.stand_still(ref)
    one.lengthen(ref)
    one.complete(ref, hands.helper, "complete_helper")
    one.complete(ref, hands.lead, "complete_lead")
    one.follow_up(ref, "follow_up", "unsolved")
    one.complete(ref, hands.lead, "complete_lead")
    one.follow_up(ref, "close", "solved")
    one.object(one.at_units("b"))
    ref = one.begun("c")
    with watch.timing("route", hands.clerk):
        close_by_route(
            ref, route="route_statutory", actor=hands.clerk, at=utc_now(), key=f"{key}:c"
        )
