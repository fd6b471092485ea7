"""Words that make a message urgent, and what takes the urgency back again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from linli.methods.normalise import normalise

Level = Literal["ordinary", "urgent", "emergency"]
LEVELS: tuple[Level, ...] = ("ordinary", "urgent", "emergency")

# How far before a word its sense may still be turned, in characters of one clause.
_TURN_CHARS = 5
_CLAUSE_ENDS = frozenset(",.!?;:，。！？；：、 \n")
_NOT = re.compile("没|未|并非|不是|不会|防止|防范|预防|避免|以免|免得|谨防")
_MIGHT = re.compile("万一|如果|要是|担心|怕|容易|可能|恐|随时会|一旦|演练|宣传|培训")


@dataclass(frozen=True)
class UrgentWord:
    """A word of a pack's urgency list, its level and the kind of danger it speaks of."""

    word: str
    level: Level
    kind: str


@dataclass(frozen=True)
class UrgencyFinding:
    """How fast somebody must look, and the words that say so, gravest first."""

    level: Level
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class UrgencyList:
    """The urgency words of the packs in force, ready to be looked for.

    Parameters
    ----------
    words : of all packs; the order does not matter.

    Examples
    --------
    >>> listed = UrgencyList([UrgentWord("着火", "emergency", "fire")])
    >>> listed.find("三楼着火了").level, listed.find("没有着火").level
    ('emergency', 'ordinary')
    >>> listed.find("楼道堆满纸箱，万一着火怎么办").level
    'urgent'
    """

    def __init__(self, words: Iterable[UrgentWord]) -> None:
        self._words = [(normalise(item.word), item) for item in words]

    def find(self, text: str) -> UrgencyFinding:
        """Return the gravest level that stands in the text.

        A word that is denied does not count; one that is only feared counts one level less.
        """
        text = normalise(text)
        found = {
            item: level
            for spelled, item in self._words
            if (level := _gravest(text, spelled, item.level)) != "ordinary"
        }
        if not found:
            return UrgencyFinding("ordinary")
        ranked = sorted(found, key=lambda item: -LEVELS.index(found[item]))
        return UrgencyFinding(
            found[ranked[0]],
            tuple(item.word for item in ranked),
            tuple(dict.fromkeys(item.kind for item in ranked)),
        )


def _gravest(text: str, word: str, level: Level) -> Level:
    """The gravest level at which a word stands anywhere in a text."""
    levels: list[Level] = ["ordinary"]
    at = text.find(word)
    while at >= 0:
        levels.append(_turned(_before(text, at), level))
        at = text.find(word, at + len(word))
    return max(levels, key=LEVELS.index)


def _before(text: str, at: int) -> str:
    """What stands before a place in the same clause, as far as it can turn the sense."""
    start = at
    while start > max(0, at - _TURN_CHARS) and text[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    return text[start:at]


def _turned(before: str, level: Level) -> Level:
    if _NOT.search(before):
        return "ordinary"
    if _MIGHT.search(before):
        return LEVELS[LEVELS.index(level) - 1]
    return level
