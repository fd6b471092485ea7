"""Marks of state secrecy: a system like this one may not hold what bears them.

The forms are those that documents must carry (level, star, term), labels that name the level,
and a level that stands alone at the head. The word 秘密 inside a sentence is no mark.
"""

import re
import unicodedata

from linli.kernel.errors import Rejected

_LEVEL = r"(?:绝\s*密|机\s*密|秘\s*密)"
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,4})"
_TERM = rf"(?:\s*{_NUMBER}\s*(?:年|个?月|天|日)|\s*长\s*期|\s*启用前)"
_MARKS = re.compile(
    rf"(?P<star>{_LEVEL}\s*[★☆✩✭⭐]{_TERM}?|{_LEVEL}\s*\*{_TERM})"
    rf"|(?:密\s*级|保密等级|秘密等级)\s*[:：为]?\s*(?P<label>{_LEVEL})"
    rf"|^\s*[【\[〔(]\s*(?P<bracket>{_LEVEL}{_TERM}?)\s*[】\]〕)]"
    rf"|^\s*(?P<head>{_LEVEL}{_TERM}?)\s*$"
    r"|(?P<named>(?:绝密|机密)级?(?:文件|公文|资料|电报|材料|会议纪要))(?=第|编号|[:：〔\[\d])",
    re.MULTILINE,
)


def secret_mark(text: str) -> str | None:
    """Return the first mark of state secrecy in a text, as it stands there; None if there is none.

    Parameters
    ----------
    text : any string, as written.

    Examples
    --------
    >>> secret_mark("机密★１０年\\n关于某工程的情况")
    '机密★10年'
    >>> secret_mark("这不是什么秘密，大家都知道") is None
    True
    """
    found = _MARKS.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    mark = next(part for part in found.groups() if part)
    return re.sub(r"\s", "", mark)


class SecretMarked(Rejected):
    """The text bears a mark of state secrecy, which this system may not hold."""

    def __init__(
        self, mark: str, basis: tuple[str, str], row: int | None = None, *, field: str = "body"
    ) -> None:
        super().__init__(
            f"内容带有密级标志“{mark}”。依据{basis[0]}，本系统不得存储、处理国家秘密，"
            "该内容没有保存。请通过机要渠道办理。",
            f"The text bears the secrecy mark “{mark}”. Under {basis[1]}, this system may not "
            "store or process state secrets; nothing was kept. Use the confidential channel.",
            field=field,
            row=row,
        )
