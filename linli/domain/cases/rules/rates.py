"""The three rates, from what happened to each case; always with denominator and exclusions.

Serves: R014.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from linli.domain.catalogue.rules.standard import RateDef


@dataclass(frozen=True)
class CaseOutcome:
    """Cases that the rates see alike.

    Parameters
    ----------
    facts : what holds of each case: due, contacted_in_time, followed_up, solved, partly,
        unsolved, satisfied, basic, dissatisfied.
    is_excluded : left out by a second person's decision.
    count : how many cases these are, ≥ 0.
    """

    facts: frozenset[str]
    is_excluded: bool
    count: int = 1


@dataclass(frozen=True)
class Rate:
    """A rate with what it stands on: total = denominator + excluded + waiting.

    Parameters
    ----------
    share : in [0, 1]; None, not 0, where the denominator is empty.
    numerator : weighted cases above the line.
    denominator : cases below the line, after exclusion.
    excluded : cases left out by decision.
    waiting : cases of which the denominator's fact does not hold (yet).
    is_enough : whether the denominator reaches the pack's minimum sample.
    basis : the fact that a case must show to stand below the line.
    above : the facts that count above it, each with its weight in shares of a case.
    source : code of what the pack founds the rate on.
    """

    code: str
    name: str
    name_en: str
    share: float | None
    numerator: float
    denominator: int
    excluded: int
    waiting: int
    is_enough: bool
    minimum_sample: int
    basis: str
    above: tuple[tuple[str, float], ...]
    source: str

    @property
    def percent(self) -> float | None:
        """The share in per cent, one decimal."""
        return None if self.share is None else round(self.share * 100, 1)


def rate_of(definition: RateDef, cases: Iterable[CaseOutcome]) -> Rate:
    """Reckon one rate over cases.

    Parameters
    ----------
    definition : the pack's rate: facts above and below, weights in shares of a case.
    cases : outcomes, in any order and grouping; excluded ones are counted apart.

    Returns
    -------
    Of several facts above the line a case counts with the heaviest one.
    """
    # Whole cases by weight, so that the sum does not hang on the order of small additions.
    by_weight: Counter[float] = Counter()
    excluded, waiting = 0, 0
    for case in cases:
        if case.is_excluded:
            excluded += case.count
        elif definition.denominator not in case.facts:
            waiting += case.count
        else:
            above = [definition.weight(f) for f in definition.numerator if f in case.facts]
            by_weight[max(above, default=0.0)] += case.count
    denominator = by_weight.total()
    numerator = sum(weight * by_weight[weight] for weight in sorted(by_weight))
    minimum = int(definition.minimum_sample.value)
    return Rate(
        code=definition.code,
        name=definition.name,
        name_en=definition.name_en,
        share=numerator / denominator if denominator else None,
        numerator=numerator,
        denominator=denominator,
        excluded=excluded,
        waiting=waiting,
        is_enough=denominator >= minimum,
        minimum_sample=minimum,
        basis=definition.denominator,
        above=tuple((fact, definition.weight(fact)) for fact in definition.numerator),
        source=definition.source,
    )
