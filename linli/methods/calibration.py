"""How far a stated probability can be trusted, and how to make it trustworthy.

References
----------
Platt, J. (1999). Probabilistic outputs for support vector machines and comparisons to regularized
likelihood methods. Advances in Large Margin Classifiers, 61-74. MIT Press.

Guo, C., Pleiss, G., Sun, Y. and Weinberger, K. Q. (2017). On calibration of modern neural
networks. ICML 2017, PMLR 70, 1321-1330.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def softmax(scores: NDArray[np.floating]) -> Floats:
    """Return exp(scores) scaled to sum to 1 along the last axis; safe for large scores.

    Examples
    --------
    >>> softmax(np.array([0.0, 0.0]))
    array([0.5, 0.5])
    """
    shifted = np.asarray(scores, dtype=np.float64)
    raised = np.exp(shifted - shifted.max(axis=-1, keepdims=True))
    total: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return total


def fit_temperature(scores: Floats, truth: NDArray[np.intp]) -> float:
    """Return the temperature T > 0 for which softmax(scores / T) is most likely.

    Parameters
    ----------
    scores : shape (n, k); made for texts that the model did not learn from.
    truth : shape (n,); the right column of each row.

    Returns
    -------
    float in [0.01, 100]. Dividing by it changes no ranking, only how sure the model claims to be.
    As in Platt (1999), one wrong answer in n + 2 is allowed for, so that a few texts that were
    all right do not make it certain.

    Examples
    --------
    >>> sure = np.tile([4.0, 0.0], (4, 1))
    >>> fit_temperature(sure, np.array([0, 0, 0, 1])) > 1      # right 3 of 4 times: claim less
    True
    """
    from scipy.optimize import minimize_scalar  # noqa: PLC0415  # for whoever learns only

    rows, (count, width) = np.arange(len(truth)), scores.shape
    doubt = 1.0 / (count + 2) if width > 1 else 0.0

    def cost(log_t: float) -> float:
        logs = np.log(np.maximum(softmax(scores / np.exp(log_t)), 1e-12))
        right, every = logs[rows, truth], logs.sum(axis=1)
        wrong = (every - right) / max(width - 1, 1)
        return float(-((1 - doubt) * right + doubt * wrong).mean())

    found = minimize_scalar(cost, bounds=(np.log(0.01), np.log(100.0)), method="bounded")
    return float(np.exp(found.x))


def expected_calibration_error(
    confidence: Floats, right: NDArray[np.bool_], *, bins: int = 15
) -> float:
    """Return the mean distance between claimed and true share of right answers.

    Parameters
    ----------
    confidence : shape (n,); probability of each answer given, in [0, 1].
    right : shape (n,); whether it was right.
    bins : number of equal bins over [0, 1]; 15 as in Guo et al.

    Returns
    -------
    float in [0, 1]; 0 is perfect; 0 also where n = 0.

    Examples
    --------
    >>> expected_calibration_error(np.array([0.9, 0.9]), np.array([True, False]))
    0.4
    """
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[place == b].sum() - right[place == b].sum())
        for b in range(bins)
        if (place == b).any()
    ]
    return float(sum(gaps) / max(len(confidence), 1))


def coverage_at(confidence: Floats, right: NDArray[np.bool_], *, precision: float) -> float:
    """Return the largest share of answers, surest first, of which `precision` are right.

    Parameters
    ----------
    confidence, right : shape (n,); as above.
    precision : wanted share of right answers, in (0, 1].

    Returns
    -------
    float in [0, 1]; 0 where no share reaches it. Answers equally sure count together.

    Examples
    --------
    >>> coverage_at(np.array([0.9, 0.8, 0.3]), np.array([True, True, False]), precision=0.97)
    0.6666666666666666
    """
    threshold = threshold_for(confidence, right, precision=precision)
    return float((confidence >= threshold).mean()) if len(confidence) else 0.0


def threshold_for(confidence: Floats, right: NDArray[np.bool_], *, precision: float) -> float:
    """Return the least probability from which on `precision` of the answers are right.

    Returns
    -------
    float; infinity where no share of the answers reaches the precision.

    Examples
    --------
    >>> threshold_for(np.array([0.9, 0.8, 0.3]), np.array([True, True, False]), precision=0.97)
    0.8
    """
    order = np.argsort(-confidence, kind="stable")
    sorted_confidence = confidence[order]
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last_of_equals = np.append(sorted_confidence[1:] != sorted_confidence[:-1], True)[: len(order)]
    good = np.flatnonzero((share >= precision) & last_of_equals)
    return float(sorted_confidence[good[-1]]) if len(good) else float("inf")
