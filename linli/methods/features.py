"""Sparse features of a Chinese message: words, characters, and the words it opens with.

One function makes the features of one text; training stacks its results. So what is measured in
training is, to the bit, what runs in the request, and a single text costs no matrix machinery.

References
----------
Salton, G. and Buckley, C. (1988). Term-weighting approaches in automatic text retrieval.
Information Processing & Management 24(5), 513-523.

Joachims, T. (1998). Text categorization with support vector machines: learning with many
relevant features. ECML-98, LNCS 1398, 137-142. Springer.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from linli.methods.normalise import normalise
from linli.methods.words import words

Indices = NDArray[np.int32]
Values = NDArray[np.float32]
Blocks = tuple[list[str], list[str], list[str]]

# Weight of words, characters and opening words in the text's vector. People name the matter in
# the title or first sentence, so the opening counts again.
WEIGHTS = (1.0, 1.0, 0.7)
# In how many texts a feature of each block must stand to count.
SEEN_OFTEN = (2, 3, 2)
SEEN_ONCE = (1, 2, 1)
OPENING_CHARS = 40
_NOT_LETTERS = re.compile(r"[^\u3400-\u9fffa-z]+")
_SPACE = re.compile(r"\s")


def blocks_of(text: str) -> Blocks:
    """Return the raw features of one text: words, characters 1-2, words of the opening.

    Parameters
    ----------
    text : any string, as written. Figures are no features: they are house numbers and telephones.

    Examples
    --------
    >>> [len(block) for block in blocks_of("路灯不亮")]
    [2, 7, 2]
    """
    text = normalise(text)
    letters = _NOT_LETTERS.sub(" ", text)
    pairs = [letters[i : i + 2] for i in range(len(letters) - 1)]
    opening = _SPACE.sub("", text)[:OPENING_CHARS]
    return words(text), [*letters, *pairs], words(opening)


@dataclass(frozen=True, slots=True)
class FeatureSpace:
    """The features that count, each block with its own numbering, and their rarity.

    Attributes
    ----------
    indexes : one dict a block, feature -> column.
    rarity : float32, shape (columns,); smoothed inverse document frequency.
    """

    indexes: tuple[dict[str, int], ...]
    rarity: Values

    @property
    def columns(self) -> int:
        """Number of features over all blocks."""
        return len(self.rarity)

    def vector(self, blocks: Blocks) -> tuple[Indices, Values]:
        """Return a text's columns and weights; both empty where it knows no feature.

        Parameters
        ----------
        blocks : output of `blocks_of`.

        Returns
        -------
        int32 array (k,), float32 array (k,) : each block of Euclidean length equal to its weight
        in `WEIGHTS` or, where no feature of it is known, absent.
        """
        places: list[Indices] = []
        weights: list[Values] = []
        for weight, index, tokens in zip(WEIGHTS, self.indexes, blocks, strict=True):
            counted = [(index[t], n) for t, n in Counter(tokens).items() if t in index]
            if not counted:
                continue
            table = np.array(counted, dtype=np.int32)
            value = (1.0 + np.log(table[:, 1])) * self.rarity[table[:, 0]]
            places.append(table[:, 0])
            weights.append((value * (weight / np.sqrt(value @ value))).astype(np.float32))
        if not places:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        return np.concatenate(places), np.concatenate(weights)

    def matrix(self, texts: Iterable[str]) -> csr_matrix:
        """Return the vectors of many texts, one a row; float32, shape (texts, columns)."""
        vectors = [self.vector(blocks_of(text)) for text in texts]
        ends = np.cumsum([0, *(len(places) for places, _ in vectors)])
        places = np.concatenate([v[0] for v in vectors]) if vectors else np.empty(0, np.int32)
        values = np.concatenate([v[1] for v in vectors]) if vectors else np.empty(0, np.float32)
        return csr_matrix((values, places, ends), shape=(len(vectors), self.columns))


def learn_space(texts: Sequence[str], *, least: tuple[int, int, int] = SEEN_OFTEN) -> FeatureSpace:
    """Return the features that stand in enough of the texts.

    Parameters
    ----------
    texts : at least one string, as written.
    least : in how many texts a word, a character or pair, an opening word must stand.

    Examples
    --------
    >>> space = learn_space(["门口路灯坏了", "路灯坏了三天", "工地噪声扰民"])
    >>> sorted(space.indexes[0])
    ['了', '坏', '路灯']
    """
    found: list[Counter[str]] = [Counter() for _ in WEIGHTS]
    for text in texts:
        for counter, tokens in zip(found, blocks_of(text), strict=True):
            counter.update(set(tokens))
    indexes: list[dict[str, int]] = []
    rarity: list[float] = []
    for enough, counter in zip(least, found, strict=True):
        kept = sorted(token for token, n in counter.items() if n >= enough)
        indexes.append({token: len(rarity) + i for i, token in enumerate(kept)})
        rarity += [float(np.log((1 + len(texts)) / (1 + counter[t])) + 1) for t in kept]
    return FeatureSpace(tuple(indexes), np.array(rarity, dtype=np.float32))
