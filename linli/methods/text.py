"""Which matter a message is about: a classifier that knows how sure it is, and says why.

Labels form a tree by their dots: `environment.noise.construction` lies in the class
`environment`. One linear level tells the classes apart; inside each class another tells its
labels apart. A label's probability is the product. With a dozen examples a label this beats one
flat level, because a class has examples enough to be sure of, and it needs a twentieth of the
weights. Labels without dots make one flat level.

References
----------
Koller, D. and Sahami, M. (1997). Hierarchically classifying documents using very few words.
ICML 1997, 170-178.

Silla, C. N. and Freitas, A. A. (2011). A survey of hierarchical classification across different
application domains. Data Mining and Knowledge Discovery 22, 31-72.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.methods.features import Blocks, blocks_of
from linli.methods.linear import LinearClassifier


def class_of(label: str) -> str:
    """Return the class in which a label lies; its own name where it has no dot.

    Examples
    --------
    >>> class_of("environment.noise.construction"), class_of("环境保护")
    ('environment', '环境保护')
    """
    return label.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a classifier makes of one text.

    Attributes
    ----------
    ranked : (label, probability in (0, 1]), best first; empty where the text holds nothing known.
        The probabilities of all labels sum to 1.
    wider : the most probable class and its probability; None where nothing is known.
    words : (word, contribution > 0) that spoke for the best label, strongest first.
    """

    ranked: tuple[tuple[str, float], ...] = ()
    wider: tuple[str, float] | None = None
    words: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class TextClassifier:
    """A learnt reader of messages; make it with `learning.learn_classifier`.

    Attributes
    ----------
    classes : tells the classes apart.
    within : class -> what tells its labels apart; absent where the class is itself the label.
    """

    classes: LinearClassifier
    within: Mapping[str, LinearClassifier]

    @property
    def labels(self) -> tuple[str, ...]:
        """Every answer that can be given, sorted by class."""
        return tuple(label for name in self.classes.labels for label in self._labels_in(name))

    def read(self, text: str, *, top: int = 3, words: int = 5) -> Answer:
        """Return the most probable labels, the class, and the words that spoke for the best.

        Parameters
        ----------
        text : any string, as written.
        top : how many labels at most.
        words : how many words at most.
        """
        blocks = blocks_of(text)
        if not self.classes.knows(blocks):
            return Answer()
        chances = self.classes.probabilities(blocks)
        ranked = self._ranked(blocks, chances, top)
        best = int(chances.argmax())
        return Answer(
            ranked=ranked,
            wider=(self.classes.labels[best], float(chances[best])),
            words=self._spoken(blocks, ranked[0][0], words) if ranked and words else (),
        )

    def predict(self, text: str, *, top: int = 3) -> tuple[tuple[str, float], ...]:
        """Return the most probable labels alone, best first."""
        return self.read(text, top=top, words=0).ranked

    def explain(self, text: str, label: str, *, top: int = 5) -> tuple[tuple[str, float], ...]:
        """Return the words that spoke for a label, strongest first.

        Returns
        -------
        (word, contribution > 0) : how much more the word adds to the margins of the class and of
            the label than to those of the mean. Words of two characters or more.
        """
        return self._spoken(blocks_of(text), label, top)

    def _labels_in(self, name: str) -> tuple[str, ...]:
        level = self.within.get(name)
        return (name,) if level is None else level.labels

    def _ranked(
        self, blocks: Blocks, chances: NDArray[np.float64], top: int
    ) -> tuple[tuple[str, float], ...]:
        found: list[tuple[str, float]] = []
        for place in (-chances).argsort(kind="stable"):
            # No label of a class is likelier than the class: the rest cannot come among the best.
            if len(found) >= top and found[top - 1][1] >= chances[place]:
                break
            name, chance = self.classes.labels[place], float(chances[place])
            level = self.within.get(name)
            inside = [1.0] if level is None else level.probabilities(blocks).tolist()
            found += zip(self._labels_in(name), (chance * own for own in inside), strict=True)
            found.sort(key=lambda pair: (-pair[1], pair[0]))
        return tuple(pair for pair in found[:top] if pair[1] > 0)

    def _spoken(self, blocks: Blocks, label: str, top: int) -> tuple[tuple[str, float], ...]:
        spoken = self.classes.spoken(blocks, class_of(label))
        level = self.within.get(class_of(label))
        for word, gain in (level.spoken(blocks, label) if level else {}).items():
            spoken[word] = spoken.get(word, 0.0) + gain
        ranked = sorted(spoken.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(keep_whole_words([pair for pair in ranked if pair[1] > 0])[:top])


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
