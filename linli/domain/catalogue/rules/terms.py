"""The small vocabulary that every pack file shares: codes, units, confidence, cited values."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

from linli.kernel.units import Limit, LimitUnit

Confidence = Literal["verified", "unverified"]
UnitCode = Literal[
    "year",
    "natural_day",
    "working_day",
    "working_hour",
    "hour",
    "minute",
    "second",
    "share",
    "times",
    "items",
    "characters",
    "metre",
    "square_metre",
    "telephone",
]
StartEvent = Literal[
    "received", "accepted", "opened", "dispatched", "answered", "told", "decided", "closed"
]
RoleCode = Literal["resident", "clerk", "handler", "supervisor", "analyst", "leader", "counsellor"]

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=64)]
SourceId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_.][a-z0-9]+)*$", max_length=64)]
PackCode = SourceId
MatterCode = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z][a-z0-9]*(_[a-z0-9]+)*)*$", max_length=128
    ),
]
ParameterCode = MatterCode
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}\.[0-9]+(\.[0-9]+)?$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Clause = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Whole = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Share = Annotated[float, Strict(), Field(gt=0, le=10, allow_inf_nan=False)]
Serves = Annotated[str, StringConstraints(pattern=r"^[RX][0-9]{2,3}$")]


def _refuse_numbers(value: object) -> object:
    """Keep pydantic from reading a bare number as seconds since 1970."""
    if isinstance(value, int | float):
        raise ValueError("date")
    return value


Day = Annotated[dt.date, BeforeValidator(_refuse_numbers)]


class PackModel(BaseModel):
    """A part of a pack file: frozen once read, and a key that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(PackModel):
    """What stands on a source: its id in sources.yaml and how sure we are of the reading."""

    source: SourceId
    confidence: Confidence = "verified"
    note: str = ""


class Value(Cited):
    """One number with unit, validity and source."""

    value: Number
    unit: UnitCode
    valid_from: Day
    valid_to: Day | None = None


class StandardValue(Cited):
    """A number inside a standard; without its own `valid_from` the standard's holds."""

    value: Number
    unit: UnitCode
    valid_from: Day | None = None
    valid_to: Day | None = None


class LimitDef(Cited):
    """A time limit: how many of which unit, counted from which event."""

    value: Annotated[Whole, Field(ge=1, le=36500)]
    unit: LimitUnit
    start: StartEvent
    valid_from: Day | None = None
    valid_to: Day | None = None

    @property
    def limit(self) -> Limit:
        """The length alone, as the calendar reckons with it."""
        return Limit(self.value, self.unit)


class Named(PackModel):
    """A code with its name in both languages."""

    code: Code
    name: Text
    name_en: Text
