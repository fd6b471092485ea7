"""A standard: what is done, in which order, by whom, within what time, on what basis."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from linli.domain.catalogue.rules.terms import (
    Cited,
    Clause,
    Code,
    Confidence,
    Day,
    Flag,
    LimitDef,
    Named,
    PackModel,
    RoleCode,
    Serves,
    Share,
    SourceId,
    StandardValue,
    Text,
    Version,
)

CLOSED = "closed"
RateFact = Literal[
    "due",
    "contacted_in_time",
    "followed_up",
    "solved",
    "partly",
    "unsolved",
    "satisfied",
    "basic",
    "dissatisfied",
]


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
    """A way out of a stage, to a stage key or `closed`."""

    to: Code
    needs_reason: Flag = False


class BackDef(OutcomeDef):
    """A way back: siblings are closed and, where `to` was visited before, a round begins."""


class TimerDef(Cited):
    """What happens at a share of the stage's limit."""

    do: Literal["remind", "urge", "supervise"]
    share: Share


class ExtendDef(PackModel):
    """How often and by how much of the original limit a stage may be extended, and by whom."""

    times: StandardValue
    factor: StandardValue
    approver: RoleCode


class StageDef(PackModel):
    """One stage: order, content, place, role and time standard in one place."""

    key: Code
    title: Text
    title_en: Text
    basis: tuple[SourceId, ...] = ()
    role: RoleCode
    place: Text
    place_en: Text
    content: Annotated[tuple[CheckItem, ...], Field(min_length=1)]
    limit: StageLimit
    outcomes: tuple[OutcomeDef, ...] = ()
    back: tuple[BackDef, ...] = ()
    form: tuple[Code, ...] = ()
    effort: StandardValue | None = None
    each: Literal["none", "units"] = "none"
    join: Literal["all", "lead", "any"] = "lead"
    timers: tuple[TimerDef, ...] = ()
    extend: ExtendDef | None = None
    second_person: Flag = False

    @property
    def own_limit(self) -> LimitDef | None:
        """The stage's own limit; None where the case's clock class rules."""
        return self.limit if isinstance(self.limit, LimitDef) else None

    def way(self, code: str) -> OutcomeDef | None:
        """The outcome or way back called `code`."""
        return next((way for way in (*self.outcomes, *self.back) if way.code == code), None)

    def is_back(self, code: str) -> bool:
        """Whether `code` re-enters work instead of moving on."""
        return any(way.code == code for way in self.back)


class ClockDef(Named):
    """A clock class: its limit to the answer, and to the first contact where one is set."""

    limit: LimitDef
    first_contact: LimitDef | None = None


class PetitionType(Named):
    """A kind of demand, and the clock class it takes unless matter or urgency say another."""

    clock: Code | None = None
    source: SourceId
    confidence: Confidence = "verified"


class RouteDef(Named):
    """A way in which a demand is closed without dispatch, and what the person is told."""

    advice: Clause
    advice_en: Clause
    source: SourceId
    confidence: Confidence = "verified"


class ReasonDef(Named):
    """A reason that may be given, for an exclusion or for stopping a clock."""

    source: SourceId
    confidence: Confidence = "verified"


class DispatchMode(Named):
    """How an order reaches its unit, and who gets a copy."""

    copy_to: Literal["none", "district"] = "none"
    source: SourceId


class FirstReceiver(Cited):
    """Whether the unit that got the order first leads until it is closed."""

    leads: Flag


class CoUnits(Cited):
    """Whether others may be asked to help, and to whom they report."""

    allowed: Flag
    report_to: Literal["lead", "clerk"] = "lead"


class AfterRuling(Cited):
    """Whether a unit fixed by a ruling may return the order once more."""

    may_return: Flag


class DispatchDef(PackModel):
    """The rules of dispatch that the standard's sources give."""

    modes: Annotated[tuple[DispatchMode, ...], Field(min_length=1)]
    first_receiver: FirstReceiver
    co_units: CoUnits
    after_ruling: AfterRuling


class WindowDef(PackModel):
    """A window of time in which something may still be done."""

    limit: LimitDef


class ReopenDef(WindowDef):
    """The window in which the resident may reopen, and the stage it leads to."""

    to: Code


class RateDef(Named):
    """A rate: which facts count above, over which below, from how large a sample on."""

    numerator: Annotated[tuple[RateFact, ...], Field(min_length=1)]
    denominator: RateFact
    weights: dict[RateFact, StandardValue] = {}
    minimum_sample: StandardValue
    source: SourceId
    confidence: Confidence = "verified"

    def weight(self, fact: str) -> float:
        """What one case with `fact` adds to the numerator, in shares of a case."""
        for name, value in self.weights.items():
            if name == fact:
                return float(value.value)
        return 1.0 if fact in self.numerator else 0.0


class Choice(Named):
    """One answer that a choice field offers."""


class FieldDef(Named):
    """A field of a stage's form."""

    kind: Literal["line", "text", "choice", "yes_no", "date", "datetime"]
    required: Flag = False
    hint: str = ""
    hint_en: str = ""
    choices: tuple[Choice, ...] = ()


class StandardDef(Cited):
    """A case type, complete. A case keeps the version it began under."""

    standard: Code
    version: Version
    name: Text
    name_en: Text
    serves: tuple[Serves, ...] = ()
    valid_from: Day
    confidentiality: Literal["ordinary", "sensitive", "sealed"]
    default_clock: Code
    danger_clock: Code | None = None  # what urgent words and urgent cases take
    clocks: Annotated[tuple[ClockDef, ...], Field(min_length=1)]
    petition_types: tuple[PetitionType, ...] = ()
    routes: tuple[RouteDef, ...] = ()
    merge_route: Code | None = None  # by which of the routes a duplicate is closed
    exclusion_reasons: tuple[ReasonDef, ...] = ()
    pause_reasons: tuple[ReasonDef, ...] = ()
    dispatch: DispatchDef | None = None
    reopen: ReopenDef | None = None
    objection: WindowDef | None = None
    rates: tuple[RateDef, ...] = ()
    fields: tuple[FieldDef, ...] = ()
    stages: Annotated[tuple[StageDef, ...], Field(min_length=1)]

    @property
    def first_stage(self) -> StageDef:
        """Where a case begins."""
        return self.stages[0]

    def leads_to(self, way: str) -> str:
        """Key of the stage that the first way of this name leads to; "" where none has it."""
        found = (stage.way(way) for stage in self.stages)
        return next((leaving.to for leaving in found if leaving is not None), "")

    def stage(self, key: str) -> StageDef | None:
        """The stage called `key`; None where the standard has none (`closed` included)."""
        return next((stage for stage in self.stages if stage.key == key), None)

    def clock(self, code: str) -> ClockDef | None:
        """The clock class called `code`."""
        return next((clock for clock in self.clocks if clock.code == code), None)

    def clock_for_type(self, petition_type: str) -> str:
        """Clock class of a petition type, the standard's default where it names none."""
        found = next((kind for kind in self.petition_types if kind.code == petition_type), None)
        return found.clock if found and found.clock else self.default_clock

    def rate(self, code: str) -> RateDef | None:
        """The rate called `code`."""
        return next((rate for rate in self.rates if rate.code == code), None)

    def field(self, code: str) -> FieldDef | None:
        """The form field called `code`."""
        return next((field for field in self.fields if field.code == code), None)
