"""Warning levels and likelihoods in words.

The four levels and their colours: Emergency Response Law of the PRC (2024), article 63.
"""

from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class WarningWords:
    """A level by word, numeral and grade, and the names of its shape and bars in the sprite."""

    word: str
    numeral: str
    grade: str
    shape: str
    bars: str


_LEVELS = MappingProxyType(
    {
        1: (gettext_noop("红色"), "Ⅰ", gettext_noop("一级"), 4),
        2: (gettext_noop("橙色"), "Ⅱ", gettext_noop("二级"), 3),
        3: (gettext_noop("黄色"), "Ⅲ", gettext_noop("三级"), 2),
        4: (gettext_noop("蓝色"), "Ⅳ", gettext_noop("四级"), 1),
    }
)

# How sure a share of one sounds. Ours: calibrated shares are shown beside the word, so the word
# only has to keep the order.
_LIKELIHOODS = (
    (0.95, gettext_noop("很有把握")),
    (0.80, gettext_noop("较有把握")),
    (0.50, gettext_noop("把握不大")),
    (0.0, gettext_noop("没有把握")),
)


def warning_words(level: int) -> WarningWords:
    """Say a warning level, 1 (highest, red) to 4 (blue); another number raises KeyError."""
    word, numeral, grade, bars = _LEVELS[level]
    return WarningWords(_(word), numeral, _(grade), f"level-{level}", f"bars-{bars}")


def likelihood_words(share: float) -> str:
    """Say how sure a share of one is."""
    return next(_(words) for least, words in _LIKELIHOODS if share >= least or least == 0.0)
