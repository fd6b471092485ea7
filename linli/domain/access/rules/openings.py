"""Ways in that take a second person: for how long, for which reasons, and where they are needed.

Serves: R109 R129 X02 X08.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from linli.domain.access.policy import Level, Named
from linli.domain.access.rules.actors import Standing

FILE = Path(__file__).parents[1] / "openings.yaml"
GLASS, PERSON = "glass", "person"
BREAK, APPROVE_GLASS, APPROVE_PERSON = "glass.break", "glass.approve", "person.approve"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Number(_Strict):
    """A number with what it counts, since when it holds, who set it, and how sure that is."""

    value: int = Field(gt=0)
    unit: Literal["minute", "ask"]
    valid_from: date
    source: str
    confidence: Literal["verified", "unverified"]


class Numbers(_Strict):
    """Lengths in minutes, and how many asks one person may have at once and in a day."""

    glass_open: Number
    glass_wait: Number
    urgent_confirm: Number
    person_open: Number
    person_wait: Number
    most_waiting: Number
    most_a_day: Number


class NeedsTwo(_Strict):
    """Where an identity takes two persons."""

    levels: tuple[Level, ...]
    respondents: bool


class GlassRules(_Strict):
    """Reasons for emergency access, and those for which it is given at once."""

    reasons: dict[str, Named]
    urgent: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _urgent_ones_are_listed(self) -> "GlassRules":
        if odd := set(self.urgent) - self.reasons.keys():
            raise ValueError(f"urgent, but no reason: {sorted(odd)}")
        return self


class PersonRules(_Strict):
    """Reasons for seeing who complains, and where one person is not enough."""

    needs_two: NeedsTwo
    reasons: dict[str, Named]


class OpeningRules(_Strict):
    """The file whole; see its head."""

    numbers: Numbers
    glass: GlassRules
    person: PersonRules


@dataclass(frozen=True)
class Spans:
    """How long an ask waits for a second person, and how long the opening then lasts."""

    wait: timedelta
    open: timedelta


def read_openings(text: str) -> OpeningRules:
    """Read the rules of openings. Raises ValueError where they do not fit together."""
    return OpeningRules.model_validate(yaml.safe_load(text))


OPENINGS = read_openings(FILE.read_text(encoding="utf-8"))


def needs_two_to_see_who(row: Standing) -> bool:
    """Whether one person's reason is not enough to see who complains.

    >>> needs_two_to_see_who(Standing("99/")), needs_two_to_see_who(Standing("99/", (), "sealed"))
    (False, True)
    """
    rule = OPENINGS.person.needs_two
    return row.confidentiality in rule.levels or (rule.respondents and bool(row.respondent_ids))


def spans_of(kind: str, *, is_urgent: bool = False) -> Spans:
    """Return how long an ask of a kind waits, and how long it is open once it is given.

    >>> spans_of("glass", is_urgent=True).wait < spans_of("glass").wait
    True
    """
    numbers = OPENINGS.numbers
    if kind == PERSON:
        wait, lasts = numbers.person_wait, numbers.person_open
    else:
        wait = numbers.urgent_confirm if is_urgent else numbers.glass_wait
        lasts = numbers.glass_open
    return Spans(timedelta(minutes=wait.value), timedelta(minutes=lasts.value))


def reasons_for(kind: str) -> Mapping[str, Named]:
    """Return the reasons that may be given for a kind, by code."""
    return OPENINGS.person.reasons if kind == PERSON else OPENINGS.glass.reasons


def approving(kind: str) -> str:
    """Return the act by which a second person decides on a kind."""
    return APPROVE_PERSON if kind == PERSON else APPROVE_GLASS
