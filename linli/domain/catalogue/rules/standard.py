"""A standard: what is done, in which order, by whom, within what time, on what basis."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from linli.domain.catalogue.rules.stage import StageDef
from linli.domain.catalogue.rules.terms import (
    Cited,
    Clause,
    Code,
    Confidence,
    Day,
    Flag,
    LimitDef,
    Named,
    Number,
    PackModel,
    RoleCode,
    Serves,
    Share,
    SourceId,
    StandardValue,
    Text,
    UnitCode,
    Version,
)

TemplateName = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*\.(typ|docx)$", max_length=64)
]
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
    """A field of a stage's form; a number says in which unit, and between which bounds."""

    kind: Literal["line", "text", "choice", "choices", "yes_no", "date", "datetime", "number"]
    required: Flag = False
    unit: UnitCode | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    hint: str = ""
    hint_en: str = ""
    choices: tuple[Choice, ...] = ()


class DeferDef(Cited):
    """When work that is blocked for now may be deferred, who agrees, how often it is checked."""

    approver: RoleCode
    recheck: LimitDef
    reasons: Annotated[tuple[ReasonDef, ...], Field(min_length=1)]


class LightsDef(Cited):
    """From which share of a limit on its light is yellow, red, and a red card."""

    yellow: Share
    red: Share
    card: Share


class DocumentDef(Named):
    """A document that a stage can bring forth, from a template in the pack's `templates/`.

    `asks` are words that the document alone needs, filled in when it is made.
    """

    template: TemplateName
    stages: Annotated[tuple[Code, ...], Field(min_length=1)]
    asks: tuple[FieldDef, ...] = ()
    source: SourceId
    confidence: Confidence = "verified"


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
    defer: DeferDef | None = None
    lights: LightsDef | None = None
    documents: tuple[DocumentDef, ...] = ()
    opened_by: tuple[RoleCode, ...] = ()  # who opens it by hand; none: residents alone
    fields: tuple[FieldDef, ...] = ()
    stages: Annotated[tuple[StageDef, ...], Field(min_length=1)]

    @property
    def is_for_residents(self) -> bool:
        """Whether residents may bring such a case: nobody opens it by hand, or they do too."""
        return not self.opened_by or "resident" in self.opened_by

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

    def document(self, code: str) -> DocumentDef | None:
        """The document called `code`."""
        return next((document for document in self.documents if document.code == code), None)

    def rate(self, code: str) -> RateDef | None:
        """The rate called `code`."""
        return next((rate for rate in self.rates if rate.code == code), None)

    def field(self, code: str) -> FieldDef | None:
        """The form field called `code`."""
        return next((field for field in self.fields if field.code == code), None)
