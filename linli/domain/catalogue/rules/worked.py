"""Worked examples of a standard: a case reckoned by hand, step by step, that tests play.

Serves: R105 R108.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from linli.domain.catalogue.rules.deciding import Answer
from linli.domain.catalogue.rules.terms import (
    Clause,
    Code,
    Confidence,
    Flag,
    MatterCode,
    Number,
    PackModel,
    SourceId,
    Text,
    Whole,
)

NONE = "none"
# A local moment; the end of a day is written as 24:00 of that day.
Moment = Annotated[
    str,
    StringConstraints(
        pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
        r" (([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
    ),
]
Due = Moment | Literal["none"]
Alias = Code
StepDo = Literal[
    "complete",
    "dispatch",
    "answer",
    "contact",
    "route",
    "return",
    "rule",
    "pause",
    "resume",
    "extend",
    "grant",
    "refuse",
    "defer",
    "recheck",
    "part",
    "close_part",
    "feedback",
    "reopen",
    "timers",
    "raise",
    "lift",
    "wait",
]
# What a step cannot do without, by what it does.
NEEDS: dict[str, tuple[str, ...]] = {
    "complete": ("outcome",),
    "dispatch": ("to",),
    "answer": ("reason",),
    "route": ("outcome",),
    "return": ("reason",),
    "rule": ("outcome", "reason"),
    "pause": ("outcome",),
    "extend": ("extra", "reason"),
    "defer": ("outcome", "reason"),
    "recheck": ("outcome", "reason"),
    "part": ("alias", "matter"),
    "close_part": ("alias",),
    "feedback": ("outcome",),
    "raise": ("outcome",),
}


class ExpectDef(PackModel):
    """How the case must stand after a step; what is not named is not looked at.

    Parameters
    ----------
    due, dues : the case's due time, and that of each unit's own work by alias; `none` for none.
    rung : the rung of supervision that it stands on. refused : code of the error that is due.
    """

    stage: Code | None = None
    due: Due | None = None
    dues: dict[Alias, Due] = {}
    round: Annotated[Whole, Field(ge=1, le=99)] | None = None
    status: Literal["open", "closed"] | None = None
    outcome: Code | None = None
    provisional: Flag | None = None
    rung: Code | None = None
    refused: Code | None = None


class StepDef(PackModel):
    """One step: when, what is done, by whom, and how the case must stand afterwards.

    Parameters
    ----------
    by : alias of a unit, or a role (`clerk`, `clerk2` for another person of it); left out for
        whoever has the work.
    outcome : the way taken; for `route` and `pause` the code of route or reason, for `defer` the
        reason's code, for `raise` the rung.
    to, co_units : aliases of units. extra : more time, in the limit's own unit.
    case : alias of a part on which the step is done; left out for the case itself.
    alias, matter : of a part that is opened; `by` and `petition_type` count for it too.
    """

    at: Moment
    do: StepDo
    by: Alias | None = None
    outcome: Code | None = None
    reason: Clause | None = None
    form: dict[Code, Answer | Number | tuple[Answer, ...]] = {}
    to: Alias | None = None
    co_units: Annotated[tuple[Alias, ...], Field(alias="with")] = ()
    extra: Annotated[Whole, Field(ge=1, le=36500)] | None = None
    case: Alias | None = None
    alias: Alias | None = None
    matter: MatterCode | None = None
    petition_type: Code | None = None
    expect: ExpectDef = ExpectDef()

    @property
    def missing(self) -> tuple[str, ...]:
        """What the step needs and does not say."""
        return tuple(name for name in NEEDS.get(self.do, ()) if getattr(self, name) is None)


class WorkedDef(PackModel):
    """One case reckoned by hand, from the day that it was received.

    `source` says against which text the due times were checked; times are local.
    """

    worked: Code
    title: Text
    title_en: Text
    standard: Code
    matter: MatterCode | None = None
    petition_type: Code | None = None
    urgency: Literal["ordinary", "urgent", "emergency"] = "ordinary"
    clock: Code | None = None
    channel: Code = "window"
    received: Moment
    opened: Moment | None = None
    by: Alias | None = None
    source: SourceId | None = None
    confidence: Confidence = "unverified"
    note: str = ""
    expect: ExpectDef = ExpectDef()
    steps: Annotated[tuple[StepDef, ...], Field(min_length=1)]

    @property
    def begins(self) -> str:
        """When it is opened: as it is received unless another moment is named."""
        return self.opened or self.received

    @property
    def aliases(self) -> frozenset[str]:
        """Every alias of a unit or a role that it names."""
        named = [self.by, *(step.by for step in self.steps), *(step.to for step in self.steps)]
        named += [code for step in self.steps for code in step.co_units]
        return frozenset(alias for alias in named if alias)


def wall_time(moment: str) -> dt.datetime:
    """Return a local moment as a naive time; 24:00 is the next day's 00:00.

    Raises ValueError for a day that there is not.

    >>> wall_time("2026-03-09 24:00")
    datetime.datetime(2026, 3, 10, 0, 0)
    """
    day, _, clock = moment.partition(" ")
    if clock == "24:00":
        return dt.datetime.fromisoformat(day) + dt.timedelta(days=1)
    return dt.datetime.fromisoformat(moment)
