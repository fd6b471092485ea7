"""What the person wants: to ask, to be helped, to complain, to report, to suggest, to thank."""

import re
from collections.abc import Collection

# Tried in this order: who thanks may also ask, who reports a breach also complains.
_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("praise", re.compile("表扬|点赞|锦旗|感谢信|特此(?:致谢|感谢)|为.{1,12}点个?赞")),
    ("violation_report", re.compile("举报|检举|查处|违法|违规|非法|无证|偷税|偷排")),
    (
        "complaint",
        re.compile("投诉|态度|推诿|扯皮|不作为|乱收费|欺骗|没人管|无人管|扰民|拖欠|不退"),
    ),
    (
        "inquiry",
        re.compile("咨询|请问|想问|想了解|(?:怎么|如何|在哪)办|是否可以|能不能办|[吗么呢]?[?？]$"),
    ),
    ("suggestion", re.compile("建议|提议|倡议|希望能?(?:增加|增设|增开|开通|优化|设置)")),
)
_DEFAULT = "help"


def petition_type_of(text: str, *, known: Collection[str]) -> str:
    """Return the petition type that the words of a text point to.

    Parameters
    ----------
    text : title and body.
    known : codes of the standard's petition types, in its order.

    Returns
    -------
    str : one of `known`; `help` or the standard's first where no word points anywhere; "" where
        the standard has none.

    Examples
    --------
    >>> known = ["inquiry", "help", "complaint", "violation_report", "suggestion"]
    >>> petition_type_of("请问居住证怎么办理？", known=known)
    'inquiry'
    >>> petition_type_of("楼下路灯坏了", known=known)
    'help'
    """
    for code, cue in _CUES:
        if code in known and cue.search(text):
            return code
    return _DEFAULT if _DEFAULT in known else next(iter(known), "")
