"""Learn a text classifier from examples, with probabilities that mean what they say.

References
----------
Wang, S. and Manning, C. D. (2012). Baselines and bigrams: simple, good sentiment and topic
classification. ACL 2012, short papers, 90-94.

Fan, R.-E., Chang, K.-W., Hsieh, C.-J., Wang, X.-R. and Lin, C.-J. (2008). LIBLINEAR: a library
for large linear classification. Journal of Machine Learning Research 9, 1871-1874.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from linli.methods.calibration import fit_temperature
from linli.methods.features import SEEN_OFTEN, SEEN_ONCE, Values, learn_space
from linli.methods.linear import LinearClassifier
from linli.methods.text import TextClassifier, class_of

Classes = NDArray[np.intp]
Margins = NDArray[np.float64]
# Chosen by five-fold runs over 6,500 messages of seven matters and three-fold runs over the
# packs' own examples; none of them moves macro-F1 by more than half a point. Blending in
# complement naive Bayes, trigrams and a temperature by length were tried and gained nothing.
COST = 0.5
TOLERANCE = 0.01
SHARE_SMOOTHING = 0.3
FOLDS = 3


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text and its right label.

    Parameters
    ----------
    text : as written.
    label : the right answer.
    is_hint : a word or name rather than a message; learnt from, but no measure of how sure to be.
    """

    text: str
    label: str
    is_hint: bool = False


@dataclass(frozen=True, slots=True)
class Learnt:
    """A classifier and how it did on texts left out of its learning; hints not counted.

    Parameters
    ----------
    classifier : learnt from all lessons.
    class_accuracy : share of texts whose class was right.
    accuracy : share of texts whose class was right and, inside it, the label. A text whose class
        was wrong counts as wrong, so this errs to the low side.
    """

    classifier: TextClassifier
    class_accuracy: float
    accuracy: float


def learn_classifier(lessons: Sequence[Lesson], *, seed: int = 1) -> Learnt:
    """Return a classifier learnt from texts and their labels.

    Parameters
    ----------
    lessons : at least one with two different labels; labels with dots form a tree.
    seed : of the parts left out to calibrate, and of the solver.

    Raises
    ------
    ValueError : fewer than two labels.
    """
    if len({lesson.label for lesson in lessons}) < 2:
        raise ValueError(f"{len(lessons)} lessons hold fewer than two labels")
    names = np.array([class_of(lesson.label) for lesson in lessons])
    classes, is_right = learn_level(lessons, names.tolist(), least=SEEN_OFTEN, seed=seed)
    class_right, within = is_right.copy(), {}
    for name in classes.labels:
        members = np.flatnonzero(names == name)
        own = [lessons[int(i)] for i in members]
        labels = [lesson.label for lesson in own]
        if set(labels) != {name}:
            within[name], right = learn_level(own, labels, least=SEEN_ONCE, seed=seed)
            is_right[members] &= right
    judged = _judged(lessons)
    return Learnt(
        classifier=TextClassifier(classes, within),
        class_accuracy=float(class_right[judged].mean()),
        accuracy=float(is_right[judged].mean()),
    )


def learn_level(
    lessons: Sequence[Lesson], labels: Sequence[str], *, least: tuple[int, int, int], seed: int
) -> tuple[LinearClassifier, NDArray[np.bool_]]:
    """Return one level that tells labels apart, and which texts it got right unseen.

    Parameters
    ----------
    lessons : the texts.
    labels : the right answer of each at this level; where all are one, the level always says it.
    least : in how many texts a feature of each block must stand to count.
    """
    names = tuple(sorted(set(labels)))
    place = {name: i for i, name in enumerate(names)}
    classes = np.array([place[label] for label in labels], dtype=np.intp)
    texts = [lesson.text for lesson in lessons]
    space = learn_space(texts, least=least)
    matrix = space.matrix(texts)
    margins = left_out_margins(matrix, classes, len(names), seed=seed)
    judged = _judged(lessons)
    temperature = fit_temperature(margins[judged], classes[judged])
    scale, weights, bias = _fit(matrix, classes, len(names), seed=seed)
    level = LinearClassifier(names, space, scale, weights, bias, temperature)
    return level, margins.argmax(axis=1) == classes


def _judged(lessons: Sequence[Lesson]) -> NDArray[np.bool_]:
    """Which lessons measure how sure to be: the messages, or all where there are only hints."""
    judged = np.array([not lesson.is_hint for lesson in lessons])
    return judged if judged.any() else ~judged


def left_out_margins(matrix: csr_matrix, classes: Classes, count: int, *, seed: int) -> Margins:
    """Return the margins of each text by a machine that has not seen it, shape (n, count)."""
    part = parts_of(classes, seed=seed)
    margins = np.zeros((len(classes), count))
    for left in range(FOLDS):
        seen, unseen = np.flatnonzero(part != left), np.flatnonzero(part == left)
        if not len(seen) or not len(unseen):
            continue
        scale, weights, bias = _fit(matrix[seen], classes[seen], count, seed=seed)
        margins[unseen] = _rescale(matrix[unseen], scale) @ weights + bias
    return margins


def parts_of(classes: Classes, *, seed: int) -> Classes:
    """Deal the texts of each class evenly into `FOLDS` parts, at random.

    Examples
    --------
    >>> sorted(parts_of(np.zeros(3, dtype=np.intp), seed=1).tolist())
    [0, 1, 2]
    """
    rng = np.random.default_rng(seed)
    part = np.empty(len(classes), dtype=np.intp)
    for name in np.unique(classes):
        members = rng.permutation(np.flatnonzero(classes == name))
        part[members] = (np.arange(len(members)) + rng.integers(FOLDS)) % FOLDS
    return part


def unevenness(inside: NDArray[np.float64]) -> Values:
    """Return how unevenly each feature stands among the classes, as a factor.

    The square root of the largest absolute log ratio, over the classes, between a feature's share
    inside the class and outside it (Wang and Manning 2012; the root softens it, by measurement).

    Parameters
    ----------
    inside : (classes, columns), sum of each feature's weight over the texts of each class.

    Returns
    -------
    float32 (columns,) : 0 where a feature says nothing.
    """
    own = inside + SHARE_SMOOTHING
    outside = own.sum(axis=0) - own + SHARE_SMOOTHING
    own = own / own.sum(axis=1, keepdims=True)
    outside = outside / outside.sum(axis=1, keepdims=True)
    ratio = np.abs(np.log(own) - np.log(outside)).max(axis=0)
    softened: Values = np.sqrt(ratio).astype(np.float32)
    return softened


def _fit(
    matrix: csr_matrix, classes: Classes, count: int, *, seed: int
) -> tuple[Values, Values, Values]:
    """Learn scale (columns,), weights (columns, count) and bias (count,)."""
    columns = matrix.shape[1]
    present = np.unique(classes)
    if len(present) < 2 or not columns:
        bias = np.full(count, -1.0, dtype=np.float32)
        bias[present] = 1.0
        return np.ones(columns, np.float32), np.zeros((columns, count), np.float32), bias
    from sklearn.svm import LinearSVC  # noqa: PLC0415  # a second, for whoever learns only

    scale = unevenness(_sums(matrix, classes, count))
    machine = LinearSVC(C=COST, tol=TOLERANCE, random_state=seed)
    machine.fit(_rescale(matrix, scale), classes)
    coefficients, intercepts = machine.coef_.T, machine.intercept_
    if len(present) == 2:
        coefficients = np.hstack([-coefficients, coefficients])
        intercepts = np.array([-intercepts[0], intercepts[0]])
    weights, bias = np.zeros((columns, count)), np.full(count, -1.0)
    weights[:, present], bias[present] = coefficients, intercepts
    return scale, np.ascontiguousarray(weights, np.float32), bias.astype(np.float32)


def _sums(matrix: csr_matrix, classes: Classes, count: int) -> NDArray[np.float64]:
    member = csr_matrix(
        (np.ones(len(classes)), (classes, np.arange(len(classes)))), shape=(count, len(classes))
    )
    return np.asarray((member @ matrix).todense(), dtype=np.float64)


def _rescale(matrix: csr_matrix, scale: Values) -> csr_matrix:
    from sklearn.preprocessing import normalize  # noqa: PLC0415  # as above

    return csr_matrix(normalize((matrix @ diags(scale)).tocsr()))
