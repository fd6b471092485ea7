"""The shapes of all pack files but the standards."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from linli.domain.catalogue.rules.terms import (
    Cited,
    Clause,
    Code,
    Confidence,
    Day,
    MatterCode,
    PackCode,
    PackModel,
    ParameterCode,
    Serves,
    SourceId,
    Text,
    Value,
    Version,
    Whole,
)

Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)]
Region = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[0-9A-Z]{1,6})?$")]
Wall = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=500)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]


class PackHead(PackModel):
    """pack.yaml: what the pack is and which others it builds on."""

    pack: PackCode
    version: Version
    title: Text
    title_en: Text
    valid_from: Day
    requires: tuple[PackCode, ...] = ()
    serves: tuple[Serves, ...] = ()


class SourceDef(PackModel):
    """One entry of sources.yaml."""

    id: SourceId
    title: Text
    number: str = ""
    article: str = ""
    url: Url | None = None
    seen_on: Day
    confidence: Confidence
    note: str = ""


class MatterDef(PackModel):
    """One matter with those below it; standard and clock pass down the tree.

    `filing` says when it is to be taken up as a case, `closing` when it counts as done.
    """

    code: MatterCode
    name: Text
    name_en: Text
    standard: Code | None = None
    clock: Code | None = None
    source: SourceId
    confidence: Confidence = "verified"
    note: str = ""
    valid_from: Day
    valid_to: Day | None = None
    synonyms: tuple[Text, ...] = ()
    filing: Clause | None = None
    filing_en: Clause | None = None
    closing: Clause | None = None
    closing_en: Clause | None = None
    children: tuple["MatterDef", ...] = ()


class ExampleDef(PackModel):
    """Sentences of one matter."""

    matter: MatterCode
    texts: Annotated[tuple[Sentence, ...], Field(min_length=1)]


class UrgencyDef(Cited):
    """A word that makes a message urgent."""

    word: Word
    level: Literal["emergency", "urgent"]
    kind: Code


class HolidayDef(PackModel):
    """A holiday with its first and last day."""

    name: Text
    name_en: Text
    begins: Annotated[Day, Field(alias="from")]
    ends: Annotated[Day, Field(alias="to")]

    @property
    def length(self) -> int:
        """How many days it has, first and last counted."""
        return (self.ends - self.begins).days + 1

    @property
    def days(self) -> list[dt.date]:
        """Every day of the holiday."""
        return [self.begins + dt.timedelta(days=offset) for offset in range(self.length)]


class CalendarDef(PackModel):
    """One year of a region, as its notice says."""

    year: Annotated[Whole, Field(ge=2000, le=2100)]
    region: Region
    source: SourceId
    status: Literal["confirmed", "provisional"]
    changed_by: tuple[SourceId, ...] = ()
    holidays: tuple[HolidayDef, ...]
    workdays: tuple[Day, ...]
    note: str = ""


class PeriodDef(PackModel):
    """A working period, local wall times."""

    opens: Annotated[Wall, Field(alias="from")]
    closes: Annotated[Wall, Field(alias="to")]


class HoursDef(Cited):
    """hours.yaml: the working hours of a region."""

    region: Region = "CN"
    zone: Text
    periods: Annotated[tuple[PeriodDef, ...], Field(min_length=1)]
    valid_from: Day
    valid_to: Day | None = None


class ParameterDef(Value):
    """One entry of parameters.yaml."""

    code: ParameterCode
    name: Text
    name_en: Text
