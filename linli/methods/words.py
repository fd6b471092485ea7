"""Chinese text into words, for search and for learning.

References
----------
Sun, J. (2012). Jieba Chinese text segmentation: prefix dictionary, maximum-probability path and
a hidden Markov model for unknown words. Here through its Rust port, rjieba.
"""

import re

import rjieba

from linli.methods.normalise import normalise

_HAS_HAN = re.compile(r"[\u3400-\u9fff]")
_SIGNS = re.compile(r"[\W_]+")
# Words that stand in nearly every message and help nobody to find one.
_STOP_LINES = (
    "的 了 是 在 我 你 他 她 们 我们 你们 他们 这 那 这个 那个 和 与 及 或 也 都 就",
    "还 又 很 把 被 让 给 向 对 从 到 为 以 于 之 其 着 过 吗 呢 吧 啊 呀 有 没 不 个",
    "一 一个 您 您好 你好 请 请问 谢谢 什么 怎么 如何 因为 所以 但是 而且 如果 已经",
    "希望 现在 自己 可以 能 能够 会 要 说 去 来 上 下 里 中 等 等等 非常 就是 没有 不是",
    "还是 然后 一直 多次 有关 相关 部门 领导 尊敬",
)
STOP_WORDS = frozenset(word for line in _STOP_LINES for word in line.split())


def words(text: str) -> list[str]:
    """Return the words of a normalised text in reading order, long words also in their parts.

    Parameters
    ----------
    text : output of `normalise`.

    Returns
    -------
    list of str : words that hold at least one Han character; figures, Latin and signs left out.

    Examples
    --------
    >>> words("小区路灯坏了")
    ['小区', '路灯', '坏', '了']
    """
    return [word for word in rjieba.cut_for_search(text) if _HAS_HAN.search(word)]


def search_tokens(text: str) -> str:
    """Return words to be indexed by PostgreSQL's `simple` configuration, parted by spaces.

    Parameters
    ----------
    text : any string, as written.

    Returns
    -------
    str : normalised words, figures and Latin runs; signs and stop words left out.

    Examples
    --------
    >>> search_tokens("我们小区的路灯坏了！编号LD-07")
    '小区 路灯 坏 编号 ld 07'
    """
    tokens = rjieba.cut_for_search(_SIGNS.sub(" ", normalise(text)))
    return " ".join(t for t in tokens if t != " " and t not in STOP_WORDS)


def is_readable(word: str) -> bool:
    """Say whether a word may be shown to people as a reason.

    Examples
    --------
    >>> [is_readable(w) for w in ("路灯", "的", "我们", "a7")]
    [True, False, False, False]
    """
    return len(word) > 1 and word not in STOP_WORDS and bool(_HAS_HAN.search(word))
