import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from linli.methods.calibration import (
    coverage_at,
    expected_calibration_error,
    fit_temperature,
    softmax,
    threshold_for,
)

scores = arrays(np.float64, (5, 4), elements=st.floats(-1e6, 1e6))


@given(scores)
def test_softmax_sums_to_one_for_any_scores(values):
    assert np.allclose(softmax(values).sum(axis=1), 1.0)


@given(arrays(np.int64, (5, 4), elements=st.integers(-9, 9)), st.floats(0.1, 10))
def test_a_temperature_never_changes_the_ranking(values, temperature):
    assert np.array_equal(softmax(values / temperature).argmax(axis=1), values.argmax(axis=1))


def test_a_few_texts_all_right_make_nothing_certain():
    few = np.tile([1.0, 0.0], (6, 1))

    temperature = fit_temperature(few, np.zeros(6, dtype=np.intp))

    assert 0.6 < softmax(few / temperature)[0, 0] < 0.95


def test_a_temperature_makes_claims_as_frequent_as_they_are_true():
    rng = np.random.default_rng(1)
    right = rng.random(4000) < 0.8
    claims = np.where(right[:, None], [9.0, 0.0], [9.0, 0.0])
    truth = np.where(right, 0, 1)

    chance = softmax(claims / fit_temperature(claims, truth))[0, 0]

    assert abs(chance - right.mean()) < 0.01


def test_the_error_is_the_gap_between_claim_and_truth():
    assert np.isclose(
        expected_calibration_error(np.full(10, 0.7), np.array([True] * 4 + [False] * 6)), 0.3
    )


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_what_is_covered_is_as_precise_as_asked(pairs):
    confidence = np.array([chance for chance, _ in pairs])
    right = np.array([good for _, good in pairs])

    threshold = threshold_for(confidence, right, precision=0.9)

    shown = confidence >= threshold
    assert not shown.any() or right[shown].mean() >= 0.9
    assert coverage_at(confidence, right, precision=0.9) == shown.mean()


def test_nothing_is_covered_where_nothing_is_right():
    assert coverage_at(np.array([0.9, 0.8]), np.array([False, False]), precision=0.5) == 0.0
    assert coverage_at(np.array([]), np.array([], dtype=bool), precision=0.5) == 0.0
