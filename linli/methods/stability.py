"""The index and the level of a risk to social stability, from single factors.

A factor weighs chance × impact; the index adds them up by weight. The level is the graver of two
rules: by the index, and by how many factors are grave. Thresholds are given, not known here.
Source: tables of provincial guides to the assessment of the stability risk of major decisions, as
commonly printed (R = p × q; five bands of a factor; three levels); confidence: unverified.

Serves: R139.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Literal, Self

Band = Literal["slight", "minor", "ordinary", "considerable", "grave"]
Level = Literal["low", "medium", "high"]
LEVELS: tuple[Level, ...] = ("low", "medium", "high")


@dataclass(frozen=True)
class Factor:
    """One factor: how likely it is, how much it would do, and its weight among all; shares 0–1."""

    chance: Decimal
    impact: Decimal
    weight: Decimal

    @property
    def risk(self) -> Decimal:
        """Chance × impact, exact: 0.8 × 0.8 is 0.64 and nothing more."""
        return self.chance * self.impact


@dataclass(frozen=True)
class Marks:
    """The thresholds, `above` exclusive, `from` inclusive; counts are of factors in a band.

    A field `factor__grave_above` is the parameter `factor.grave_above`.
    """

    factor__grave_above: Decimal
    factor__considerable_above: Decimal
    factor__ordinary_above: Decimal
    factor__minor_above: Decimal
    index__high_above: Decimal
    index__medium_from: Decimal
    count__grave_high_from: Decimal
    count__considerable_high_from: Decimal
    count__grave_medium_from: Decimal
    count__considerable_medium_from: Decimal

    @classmethod
    def of(cls, known: Mapping[str, float | Decimal]) -> Self:
        """Take them from named numbers. Raises KeyError for one that is not there."""
        names = (field.name for field in fields(cls))
        return cls(**{name: Decimal(str(known[name.replace("__", ".")])) for name in names})


def index_of(factors: Sequence[Factor]) -> Decimal:
    """Return Σ weight × chance × impact; weights are to add up to one.

    >>> index_of([Factor(Decimal("0.8"), Decimal("0.8"), Decimal(1))])
    Decimal('0.64')
    """
    return sum((factor.weight * factor.risk for factor in factors), Decimal(0))


def band_of(risk: Decimal, marks: Marks) -> Band:
    """Return the band of a single factor's chance × impact."""
    if risk > marks.factor__grave_above:
        return "grave"
    if risk > marks.factor__considerable_above:
        return "considerable"
    if risk > marks.factor__ordinary_above:
        return "ordinary"
    return "minor" if risk > marks.factor__minor_above else "slight"


def level_by_index(index: Decimal, marks: Marks) -> Level:
    """Return the level that the index alone gives."""
    if index > marks.index__high_above:
        return "high"
    return "medium" if index >= marks.index__medium_from else "low"


def level_by_count(factors: Sequence[Factor], marks: Marks) -> Level:
    """Return the level that the number of grave and considerable factors alone gives."""
    bands = [band_of(factor.risk, marks) for factor in factors]
    grave, considerable = bands.count("grave"), bands.count("considerable")
    if grave >= marks.count__grave_high_from or considerable >= marks.count__considerable_high_from:
        return "high"
    is_medium = grave >= marks.count__grave_medium_from
    is_medium = is_medium or considerable >= marks.count__considerable_medium_from
    return "medium" if is_medium else "low"


def level_of(factors: Sequence[Factor], marks: Marks) -> Level:
    """Return the graver of the two levels."""
    both = (level_by_index(index_of(factors), marks), level_by_count(factors, marks))
    return max(both, key=LEVELS.index)
