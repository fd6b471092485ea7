"""One level of reading: a linear table from features to labels, with calibrated probabilities.

References
----------
Joachims, T. (1998). Text categorization with support vector machines: learning with many
relevant features. ECML-98, LNCS 1398, 137-142. Springer.

Guo, C., Pleiss, G., Sun, Y. and Weinberger, K. Q. (2017). On calibration of modern neural
networks. ICML 2017, PMLR 70, 1321-1330.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.methods.calibration import softmax
from linli.methods.features import Blocks, FeatureSpace, Indices, Values
from linli.methods.words import is_readable

_WORDS, _OPENING = 0, 2


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """Learnt weights of one level; make it with `learning`.

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

    def knows(self, blocks: Blocks) -> bool:
        """Whether any Chinese feature of the text is known; a lone Latin letter says nothing."""
        return any(
            token in index and not token.isascii()
            for index, tokens in zip(self.space.indexes, blocks, strict=True)
            for token in tokens
        )

    def probabilities(self, blocks: Blocks) -> NDArray[np.float64]:
        """Return one probability a label, in the order of `labels`, summing to 1.

        Parameters
        ----------
        blocks : output of `features.blocks_of`; where nothing of it is known the answer is what
            the labels' own frequencies say.
        """
        places, values = self._scaled(blocks)
        return softmax((values @ self.weights[places] + self.bias) / self.temperature)

    def spoken(self, blocks: Blocks, label: str) -> dict[str, float]:
        """Return each readable word's contribution to a label, over that to the mean label.

        Single characters and pairs are left out: they tell a person nothing. The opening words
        add to the same words of the whole.
        """
        column = self.labels.index(label)
        places, values = self._scaled(blocks)
        rows = self.weights[places]
        gains = values * (rows[:, column] - rows.mean(axis=1))
        gain_at = dict(zip(places.tolist(), gains.tolist(), strict=True))
        spoken: dict[str, float] = {}
        for block in (_WORDS, _OPENING):
            index = self.space.indexes[block]
            for word in dict.fromkeys(blocks[block]):
                if word in index and is_readable(word):
                    spoken[word] = spoken.get(word, 0.0) + gain_at[index[word]]
        return spoken

    def _scaled(self, blocks: Blocks) -> tuple[Indices, Values]:
        places, values = self.space.vector(blocks)
        values = values * self.scale[places]
        length = float(np.sqrt(values @ values))
        return places, values / np.float32(length) if length else values
