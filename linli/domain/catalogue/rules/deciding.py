"""Rule tables of a standard: rows are data, there are no expressions.

Serves: R105 R106.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, Strict

from linli.domain.catalogue.rules.terms import Cited, Clause, Code, Number, PackModel

Answer = Annotated[str, Strict()] | Annotated[bool, Strict()]
Fact = str | bool | int | float | list[str] | list[int] | None
# What a rule may ask of a case besides the fields of its forms.
CASE_FACTS = frozenset({"petition_type", "urgency", "confidentiality", "channel", "round"})


class Match(PackModel):
    """What a fact must be: one of some answers, or a number from `at_least` to under `below`."""

    any_of: tuple[Answer, ...] = ()
    at_least: Number | None = None
    below: Number | None = None

    def holds(self, fact: Fact) -> bool:
        """Whether a fact is so; one that was never stated is not."""
        if self.any_of:
            return fact is not None and fact in self.any_of
        if isinstance(fact, bool) or not isinstance(fact, int | float):
            return False
        return self.floor <= fact < self.ceiling

    @property
    def floor(self) -> float:
        """The least number that fits; minus infinity where none is set."""
        return float("-inf") if self.at_least is None else self.at_least

    @property
    def ceiling(self) -> float:
        """The number below which it fits; infinity where none is set."""
        return float("inf") if self.below is None else self.below

    def covers(self, other: "Match") -> bool:
        """Whether whatever fits the other fits this too."""
        if bool(self.any_of) is not bool(other.any_of):
            return False
        if self.any_of:
            return set(other.any_of) <= set(self.any_of)
        return self.floor <= other.floor and other.ceiling <= self.ceiling

    def meets(self, other: "Match") -> bool:
        """Whether something may fit both."""
        if bool(self.any_of) is not bool(other.any_of):
            return False
        if self.any_of:
            return bool(set(self.any_of) & set(other.any_of))
        return max(self.floor, other.floor) < min(self.ceiling, other.ceiling)


class RuleRow(Cited):
    """One row: where all its facts are so, the case goes `to` that stage."""

    when: Annotated[dict[Code, Match], Field(min_length=1)]
    to: Code
    says: Clause | None = None
    says_en: Clause | None = None

    def holds(self, facts: Mapping[str, Fact]) -> bool:
        """Whether every fact that the row names is as it says."""
        return all(match.holds(facts.get(name)) for name, match in self.when.items())

    def shadows(self, later: "RuleRow") -> bool:
        """Whether this row takes every case that a later one would."""
        return all(
            name in later.when and match.covers(later.when[name])
            for name, match in self.when.items()
        )

    def overlaps(self, other: "RuleRow") -> bool:
        """Whether some case may fit both rows."""
        shared = self.when.keys() & other.when.keys()
        return all(self.when[name].meets(other.when[name]) for name in shared)


class DecideDef(PackModel):
    """A rule table: the row that holds says where a case goes; where none does, the way's `to`.

    `hits` is `first` (the topmost row that holds) or `unique` (no two may ever hold at once).
    """

    hits: Literal["first", "unique"] = "first"
    rows: Annotated[tuple[RuleRow, ...], Field(min_length=1)]

    def row_for(self, facts: Mapping[str, Fact]) -> RuleRow | None:
        """The row that decides; None where the way's own target holds."""
        return next((row for row in self.rows if row.holds(facts)), None)
