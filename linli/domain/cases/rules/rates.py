"""The three rates, from what happened to each case; always with denominator and exclusions."""

from collections.abc import Iterable
from dataclasses import dataclass

from linli.domain.catalogue.rules.standard import RateDef


@dataclass(frozen=True)
class CaseOutcome:
    """One case as the rates see it.

    Parameters
    ----------
    facts : what holds of the case: due, contacted_in_time, followed_up, solved, partly,
        unsolved, satisfied, basic, dissatisfied.
    is_excluded : left out by a second person's decision, or never dispatched.
    """

    facts: frozenset[str]
    is_excluded: bool


@dataclass(frozen=True)
class Rate:
    """A rate with what it stands on.

    Parameters
    ----------
    share : in [0, 1]; None, not 0, where the denominator is empty.
    numerator : weighted cases above the line.
    denominator : cases below the line, after exclusion.
    excluded : cases left out.
    is_enough : whether the denominator reaches the pack's minimum sample.
    """

    code: str
    name: str
    name_en: str
    share: float | None
    numerator: float
    denominator: int
    excluded: int
    is_enough: bool

    @property
    def percent(self) -> float | None:
        """The share in per cent, one decimal."""
        return None if self.share is None else round(self.share * 100, 1)


def rate_of(definition: RateDef, cases: Iterable[CaseOutcome]) -> Rate:
    """Reckon one rate over cases.

    Parameters
    ----------
    definition : the pack's rate: facts above and below, weights in shares of a case.
    cases : outcomes; excluded ones are counted apart.
    """
    numerator, denominator, excluded = 0.0, 0, 0
    for case in cases:
        if definition.denominator not in case.facts:
            continue
        if case.is_excluded:
            excluded += 1
            continue
        denominator += 1
        above = [definition.weight(f) for f in definition.numerator if f in case.facts]
        numerator += max(above, default=0.0)
    return Rate(
        code=definition.code,
        name=definition.name,
        name_en=definition.name_en,
        share=numerator / denominator if denominator else None,
        numerator=numerator,
        denominator=denominator,
        excluded=excluded,
        is_enough=denominator >= int(definition.minimum_sample.value),
    )
