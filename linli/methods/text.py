"""Which matter a message is about: a linear classifier that knows how sure it is, and says why.

Words, characters and opening words (`features`), each feature scaled by how unevenly it stands
among the labels, then one linear support vector machine a label. Margins become probabilities by
a temperature found on texts left out of training. All of it folds into one weight table, so a
message costs a few hundred table rows.

References
----------
Joachims, T. (1998). Text categorization with support vector machines: learning with many
relevant features. ECML-98, LNCS 1398, 137-142. Springer.

Wang, S. and Manning, C. D. (2012). Baselines and bigrams: simple, good sentiment and topic
classification. ACL 2012, short papers, 90-94.

Guo, C., Pleiss, G., Sun, Y. and Weinberger, K. Q. (2017). On calibration of modern neural
networks. ICML 2017, PMLR 70, 1321-1330.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.methods.calibration import softmax
from linli.methods.features import FeatureSpace, Indices, Values, blocks_of
from linli.methods.words import is_readable


@dataclass(frozen=True, slots=True)
class TextClassifier:
    """A learnt reader of short texts; make it with `learning.learn_classifier`.

    Attributes
    ----------
    labels : the answers it can give, sorted.
    space : the features it knows.
    scale : float32 (columns,); unevenness of each feature among the labels.
    weights : float32 (columns, labels).
    bias : float32 (labels,).
    temperature : divides the margins; larger is less sure.
    """

    labels: tuple[str, ...]
    space: FeatureSpace
    scale: Values
    weights: Values
    bias: Values
    temperature: float

    def probabilities(self, text: str) -> NDArray[np.float64]:
        """Return one probability a label, in the order of `labels`; all 0 for an unknown text."""
        places, values = self._scaled(text)
        if not len(places):
            return np.zeros(len(self.labels))
        margins = values @ self.weights[places] + self.bias
        return softmax(margins / self.temperature)

    def predict(self, text: str, *, top: int = 3) -> list[tuple[str, float]]:
        """Return the most probable labels, best first.

        Parameters
        ----------
        text : any string, as written.
        top : how many answers at most.

        Returns
        -------
        list of (label, probability in (0, 1]) : empty where the text holds nothing known.
        """
        chances = self.probabilities(text)
        best = np.argsort(-chances, kind="stable")[:top]
        return [(self.labels[i], float(chances[i])) for i in best if chances[i] > 0]

    def explain(self, text: str, label: str, *, top: int = 5) -> list[tuple[str, float]]:
        """Return the words that spoke for a label, strongest first.

        Parameters
        ----------
        text : any string, as written.
        label : one of `labels`.
        top : how many words at most.

        Returns
        -------
        list of (word, contribution > 0) : how much more the word adds to the margin of this label
            than to that of the mean label. Words only, of two characters or more; what single
            characters and pairs added is left out, since it tells a person nothing.
        """
        spoken = self._spoken(text, self.labels.index(label))
        ranked = sorted(spoken.items(), key=lambda pair: (-pair[1], pair[0]))
        return keep_whole_words([pair for pair in ranked if pair[1] > 0])[:top]

    def _spoken(self, text: str, column: int) -> dict[str, float]:
        """Sum each readable word's contribution over the blocks of words."""
        places, values = self._scaled(text)
        rows = self.weights[places]
        gains = values * (rows[:, column] - rows.mean(axis=1))
        gain_at = dict(zip(places.tolist(), gains.tolist(), strict=True))
        spoken: dict[str, float] = {}
        whole, _, opening = blocks_of(text)
        for index, tokens in ((self.space.indexes[0], whole), (self.space.indexes[2], opening)):
            for word in dict.fromkeys(tokens):
                if word in index and is_readable(word):
                    spoken[word] = spoken.get(word, 0.0) + gain_at[index[word]]
        return spoken

    def _scaled(self, text: str) -> tuple[Indices, Values]:
        places, values = self.space.vector(text)
        values = values * self.scale[places]
        length = float(np.sqrt(values @ values))
        return places, values / np.float32(length) if length else values


def keep_whole_words(words: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Leave out words that are part of a longer word in the same list.

    Examples
    --------
    >>> keep_whole_words([("建筑工地", 0.2), ("工地", 0.1), ("噪声", 0.1)])
    [('建筑工地', 0.2), ('噪声', 0.1)]
    """
    return [
        (word, gain)
        for word, gain in words
        if not any(word != other and word in other for other, _ in words)
    ]
