"""A ledger: what is kept of one kind of thing, who keeps it, how often it is looked at again."""

from typing import Annotated, Literal

from pydantic import Field

from linli.domain.catalogue.rules.terms import (
    Cited,
    Clause,
    Code,
    Day,
    Flag,
    Named,
    Number,
    PackModel,
    RoleCode,
    Serves,
    Text,
    Version,
    Whole,
)

FieldKind = Literal[
    "text",
    "long_text",
    "number",
    "money",
    "date",
    "yes_no",
    "choice",
    "choices",
    "url",
    "area",
    "unit",
    "post",
    "matter",
    "stage",
    "point",
    "file",
    "link",
    "citation",
]
"""What a field holds, and how it is stored:

text, long_text, url: text; number: number; money: yuan as text with two decimals; date:
"2026-01-31"; yes_no: true or false; choice: code; choices: list of codes; area, unit, matter:
code; post: "unit/post", never a person; stage: "standard/stage"; point: {"lng", "lat"} in degrees;
file: list of ids of attachments; link: list of public ids; citation: {"source", "article"}.
"""
Derivation = Literal[
    "sum", "difference", "ratio", "days_since", "days_until", "years_since", "count_of_links"
]
"""How a derived field is reckoned; there are no others, and no expressions.

sum: all of `of`; difference: the first less the second; ratio: the first by the second, nothing
where the second is 0; days_since, days_until, years_since: of a date, against today;
count_of_links: records and cases that the link fields `of` name, or records of the ledger `by`
that name this one.
"""
Visibility = Literal["public", "staff", "unit", "sealed"]
"""Who may look: everybody; staff whose posts reach the place; the unit that keeps the record and
those who oversee its place; that unit and posts with a clearance alone."""
UnitKindCode = Literal[
    "department",
    "street_office",
    "center",
    "community",
    "station",
    "partner",
    "volunteer_team",
]
CASE = "case"
# The confidentiality that a record carries, by the visibility of its ledger.
CONFIDENTIALITY: dict[str, str] = {
    "public": "ordinary",
    "staff": "ordinary",
    "unit": "sensitive",
    "sealed": "sealed",
}
# Kinds of which a list can be filtered by one value, and kinds that tell one record from another.
FILTERED = frozenset({"choice", "choices", "yes_no", "area", "unit", "matter", "date", "number"})
TELLING = frozenset({"text", "number", "date", "choice", "area", "unit", "post", "matter", "stage"})


class LedgerChoice(Named):
    """One answer that a choice field offers."""


class DerivedDef(PackModel):
    """What a field is reckoned from; nobody fills it in."""

    how: Derivation
    of: tuple[Code, ...] = ()
    by: Code | None = None  # the ledger whose records are counted that name this one


class LedgerField(Named):
    """A field of a ledger; a number says in which unit, and between which bounds."""

    kind: FieldKind
    required: Flag = False
    unique: Flag = False  # among the records of the ledger that are in use
    in_list: Flag = False
    filter: Flag = False
    internal: Flag = False  # never shown to the public, though the ledger is
    personal: Flag = False  # says something of a person: never public, never in analytics
    unit: Text | None = None
    unit_en: Text | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    longest: Annotated[Whole, Field(ge=1, le=20000)] | None = None  # characters
    not_before: Code | None = None  # a date field that this date may not lie before
    choices: tuple[LedgerChoice, ...] = ()
    links_to: Code | None = None  # a ledger, or `case`
    many: Flag = False  # a link or file field may hold more than one
    derived: DerivedDef | None = None
    hint: str = ""
    hint_en: str = ""

    def choice(self, code: str) -> LedgerChoice | None:
        """The answer called `code`."""
        return next((choice for choice in self.choices if choice.code == code), None)


class OwnerDef(PackModel):
    """Who keeps the records: roles, and the kinds of unit a record may belong to (none: any)."""

    roles: Annotated[tuple[RoleCode, ...], Field(min_length=1)]
    unit_kinds: tuple[UnitKindCode, ...] = ()


class CycleDef(Cited):
    """How often something comes round, in calendar time."""

    value: Annotated[Whole, Field(ge=1, le=3660)]
    unit: Literal["natural_day", "month", "year"]


class ReviewDef(PackModel):
    """How often each record is looked at again, and how many days before its unit is reminded."""

    every: CycleDef
    remind: tuple[Annotated[Whole, Field(ge=0, le=366)], ...] = (0,)  # days before it is due


class LedgerState(Named):
    """A state in which a record can be; `ends` closes it, and it is then kept for reading."""

    ends: Flag = False


class MoveDef(Named):
    """A way from one state to another, and whether a second person must agree."""

    begins: Annotated[tuple[Code, ...], Field(alias="from", min_length=1)]
    to: Code
    roles: tuple[RoleCode, ...] = ()  # none: those who keep the ledger
    decided_by: tuple[RoleCode, ...] = ()  # who may be the second person; none: any that may decide
    second_person: Flag = False
    needs_reason: Flag = False


class CalendarEntry(PackModel):
    """A date of a record that stands in the calendar; with an end where it lasts."""

    starts: Code
    ends: Code | None = None


class LedgerDef(Cited):
    """A register, complete. A record keeps the version that it was last written under."""

    ledger: Code
    version: Version
    name: Text
    name_en: Text
    serves: tuple[Serves, ...] = ()
    valid_from: Day
    purpose: Clause
    purpose_en: Clause
    title_field: Code
    key_field: Code | None = None  # by which an import finds the record that it changes
    area_field: Code | None = None  # none: the area of the unit that keeps the record
    unit_field: Code | None = None  # none: the unit of whoever adds the record
    visibility: Visibility
    owner: OwnerDef
    review: ReviewDef | None = None
    fields: Annotated[tuple[LedgerField, ...], Field(min_length=1)]
    states: tuple[LedgerState, ...] = ()
    moves: tuple[MoveDef, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    map: Code | None = None  # a point or area field

    @property
    def filled(self) -> tuple[LedgerField, ...]:
        """The fields that somebody fills in."""
        return tuple(field for field in self.fields if field.derived is None)

    @property
    def listed(self) -> tuple[LedgerField, ...]:
        """The fields that the list shows."""
        return tuple(field for field in self.fields if field.in_list)

    @property
    def first_state(self) -> str:
        """The state in which a record begins; "" where the ledger has none."""
        return self.states[0].code if self.states else ""

    @property
    def confidentiality(self) -> str:
        """The confidentiality that its records carry, a level of the policy table."""
        return CONFIDENTIALITY[self.visibility]

    def field(self, code: str) -> LedgerField | None:
        """The field called `code`."""
        return next((field for field in self.fields if field.code == code), None)

    def state(self, code: str) -> LedgerState | None:
        """The state called `code`."""
        return next((state for state in self.states if state.code == code), None)

    def move(self, code: str) -> MoveDef | None:
        """The move called `code`."""
        return next((move for move in self.moves if move.code == code), None)

    def moves_from(self, state: str) -> tuple[MoveDef, ...]:
        """The moves that lead out of a state."""
        return tuple(move for move in self.moves if state in move.begins)
