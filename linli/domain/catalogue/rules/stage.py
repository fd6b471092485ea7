"""A stage of a standard: order, content, place, role and time standard in one place."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from linli.domain.catalogue.rules.deciding import DecideDef, Fact
from linli.domain.catalogue.rules.terms import (
    Cited,
    Clause,
    Code,
    Flag,
    LimitDef,
    MatterCode,
    Named,
    PackModel,
    RoleCode,
    Share,
    SourceId,
    StandardValue,
    StartEvent,
    Text,
    Whole,
)
from linli.kernel.units import Limit, LimitUnit

CLOSED = "closed"
# Moments that commands of their own mark, wherever a standard offers the way.
MARKED_BY_WAYS = {"dispatch": "dispatched", "answer": "answered", "solved": "told"}
# What a timer does; each from `urge` on is a rung of supervision above the one before.
TimerAct = Literal["remind", "urge", "supervise", "list", "talk", "circulate"]


class CaseClock(PackModel):
    """The stage runs on the clock class of the case instead of a limit of its own."""

    clock: Literal["case"]


def _limit_kind(value: object) -> str:
    if isinstance(value, CaseClock) or (isinstance(value, dict) and "clock" in value):
        return "clock"
    return "limit"


StageLimit = Annotated[
    Annotated[LimitDef, Tag("limit")] | Annotated[CaseClock, Tag("clock")],
    Discriminator(_limit_kind),
]


class CheckItem(PackModel):
    """One line of what must be done at a stage."""

    text: Clause
    text_en: Clause


class OutcomeDef(Named):
    """A way out of a stage, to a stage key or `closed`.

    `decide` sends some cases elsewhere by what is known of them; `needs` are fields of the form
    that this way alone requires; `marks` names the moment that limits elsewhere count from, and
    `marked_on` the field with its date where it lies before now. After a `final` way nothing
    follows the case; whoever takes one that `recuses` has no hand in it any more.
    """

    to: Code
    decide: DecideDef | None = None
    needs: tuple[Code, ...] = ()
    needs_reason: Flag = False
    marks: StartEvent | None = None
    marked_on: Code | None = None
    final: Flag = False
    recuses: Flag = False

    @property
    def targets(self) -> tuple[str, ...]:
        """Every stage that it may lead to, its own `to` first."""
        rows = self.decide.rows if self.decide else ()
        return tuple(dict.fromkeys([self.to, *(row.to for row in rows)]))

    @property
    def moment(self) -> str:
        """The moment that it brings about; "" for none."""
        return self.marks or MARKED_BY_WAYS.get(self.code, "")

    def target(self, facts: Mapping[str, Fact]) -> str:
        """The stage that it leads to, given what is known of the case."""
        row = self.decide.row_for(facts) if self.decide else None
        return row.to if row else self.to


class BackDef(OutcomeDef):
    """A way back: siblings are closed and, where `to` was visited before, a round begins."""


class LeadDef(PackModel):
    """A fixed time before or after a limit ends."""

    value: Annotated[Whole, Field(ge=1, le=3650)]
    unit: LimitUnit

    @property
    def limit(self) -> Limit:
        """The length, as the calendar reckons with it."""
        return Limit(self.value, self.unit)


class TimerDef(Cited):
    """What happens at a share of the stage's limit, or a fixed time before or after its end."""

    do: TimerAct
    share: Share | None = None
    before: LeadDef | None = None
    after: LeadDef | None = None


class ExtendDef(PackModel):
    """How often and by how much a stage may be extended, and by whom.

    By how much is a `factor` of the original limit, or `most`, so many of the limit's own unit.
    """

    times: StandardValue
    factor: StandardValue | None = None
    most: StandardValue | None = None
    approver: RoleCode


class PartsDef(PackModel):
    """Parts that whoever has the stage may open as cases of their own.

    Once those opened are closed (`all`, or `any` of them), the last of them while the stage runs,
    it is left by the way `then`, once; without `then` somebody leaves it by hand, with `all` not
    before all parts are closed.
    """

    matters: Annotated[tuple[MatterCode, ...], Field(min_length=1)]
    join: Literal["all", "any"] = "all"
    then: Code | None = None


class ReckonDef(PackModel):
    """A field that is reckoned from what was answered in parts, for the rule tables of the stage.

    Parameters
    ----------
    field : where the result goes. by : the method (see `linli.methods.stability`).
    of : matter of the parts that count. without : outcomes of those that are left out.
    chance, impact, weight : their fields, each a share.
    """

    field: Code
    by: Literal["risk_index", "risk_level"]
    of: MatterCode
    chance: Code
    impact: Code
    weight: Code
    without: tuple[Code, ...] = ()


class StageDef(PackModel):
    """One stage: order, content, place, role and time standard in one place.

    `each` says who has it: whoever holds the role (`none`), the units that were named (`units`)
    or the unit that opened the case (`own`). `who` is the field's own word for the role.
    """

    key: Code
    title: Text
    title_en: Text
    basis: tuple[SourceId, ...] = ()
    role: RoleCode
    who: Text | None = None
    who_en: Text | None = None
    place: Text
    place_en: Text
    content: Annotated[tuple[CheckItem, ...], Field(min_length=1)]
    inputs: tuple[CheckItem, ...] = ()
    outputs: tuple[CheckItem, ...] = ()
    evidence: tuple[CheckItem, ...] = ()
    risks: tuple[CheckItem, ...] = ()
    limit: StageLimit
    outcomes: tuple[OutcomeDef, ...] = ()
    back: tuple[BackDef, ...] = ()
    form: tuple[Code, ...] = ()
    effort: StandardValue | None = None
    each: Literal["none", "units", "own"] = "none"
    join: Literal["all", "lead", "any"] = "lead"
    parts: PartsDef | None = None
    reckons: tuple[ReckonDef, ...] = ()
    timers: tuple[TimerDef, ...] = ()
    extend: ExtendDef | None = None
    second_person: Flag = False

    @property
    def by_units(self) -> bool:
        """Whether units have it, rather than whoever holds a role."""
        return self.each != "none"

    @property
    def own_limit(self) -> LimitDef | None:
        """The stage's own limit; None where the case's clock class rules."""
        return self.limit if isinstance(self.limit, LimitDef) else None

    @property
    def ways(self) -> tuple[OutcomeDef, ...]:
        """Every way out and back."""
        return (*self.outcomes, *self.back)

    def way(self, code: str) -> OutcomeDef | None:
        """The outcome or way back called `code`."""
        return next((way for way in self.ways if way.code == code), None)

    def is_back(self, code: str) -> bool:
        """Whether `code` re-enters work instead of moving on."""
        return any(way.code == code for way in self.back)
