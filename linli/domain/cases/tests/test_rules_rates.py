"""The three rates as a rule: weights, exclusions, what is not there yet.

Serves: R014.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.cases.rules.rates import CaseOutcome, rate_of
from linli.domain.catalogue.rules.standard import RateDef

RESOLVED = RateDef.model_validate(
    {
        "code": "resolve_rate",
        "name": "解决率",
        "name_en": "Resolution rate",
        "numerator": ["solved", "partly"],
        "denominator": "followed_up",
        "weights": {"partly": {"value": 0.5, "unit": "share", "source": "ours"}},
        "minimum_sample": {"value": 3, "unit": "items", "source": "ours"},
        "source": "ours",
    }
)
FACTS = st.frozensets(st.sampled_from(("due", "followed_up", "solved", "partly", "satisfied")))
OUTCOMES = st.lists(st.builds(CaseOutcome, FACTS, st.booleans(), st.integers(0, 5)))


def told(*facts: str, is_excluded: bool = False) -> CaseOutcome:
    return CaseOutcome(frozenset(facts), is_excluded)


def test_a_part_of_a_solution_counts_by_the_weight_of_the_pack():
    rate = rate_of(
        RESOLVED,
        [told("followed_up", "solved"), told("followed_up", "partly"), told("followed_up")],
    )

    assert (rate.numerator, rate.denominator) == (1.5, 3)
    assert rate.share == pytest.approx(0.5)
    assert rate.is_enough


def test_excluded_cases_and_cases_without_an_answer_are_counted_beside():
    rate = rate_of(
        RESOLVED,
        [
            told("followed_up", "solved", is_excluded=True),
            told(is_excluded=True),
            told("due"),
            told("followed_up", "solved"),
        ],
    )

    assert (rate.denominator, rate.excluded, rate.waiting) == (1, 2, 1)
    assert not rate.is_enough


def test_nothing_below_the_line_is_no_rate_rather_than_nought():
    rate = rate_of(RESOLVED, [told("due")])

    assert (rate.share, rate.percent) == (None, None)


@given(OUTCOMES)
def test_every_case_stands_in_exactly_one_place(outcomes: list[CaseOutcome]):
    rate = rate_of(RESOLVED, outcomes)

    counted = rate.denominator + rate.excluded + rate.waiting
    assert counted == sum(outcome.count for outcome in outcomes)
    assert 0 <= rate.numerator <= rate.denominator


@given(OUTCOMES)
def test_counting_alike_cases_together_changes_nothing(outcomes: list[CaseOutcome]):
    one_by_one = [
        CaseOutcome(outcome.facts, outcome.is_excluded)
        for outcome in outcomes
        for _ in range(outcome.count)
    ]

    assert rate_of(RESOLVED, outcomes) == rate_of(RESOLVED, one_by_one)
