"""What of a person stands in a text that must not give the person away.

Answers with the names of fields; the values stay where they are.
"""

import re
from collections.abc import Mapping

from linli.domain.vault.rules.purposes import NAME, PHONE, same_phone
from linli.methods.quoting import bare, in_figures

FAMILY, PHONE_END = "reporter_family", "reporter_phone_end"
END_FIGURES = 4
SHORTEST_NAME, SHORTEST_NUMBER, SHORTEST_OTHER = 2, 6, 4
# What people add to a name; it is not a part of it.
_ADDED = re.compile(r"[（(【\[].*?[)）】\]]|(?:先生|女士|小姐|老师|师傅|同志|阿姨|大爷|大妈)$")
_CALLED = "先生|女士|小姐|老师|师傅|同志|阿姨|大爷|大妈|大姐|大哥|叔叔|某|姓"
# Family names of two signs, the usual ones, parted by spaces.
_DOUBLE = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 "
    "濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐"
)
_END = r"(?:尾号|后四位|末四位|后4位|末4位)(?:是|为)?"


def traces_in(text: str, fields: Mapping[str, str]) -> frozenset[str]:
    """Return which fields of a person stand in a text, whatever the spacing, width or figures.

    Parameters
    ----------
    fields : values by field; those too short to tell anybody apart are not looked for.

    Returns
    -------
    Names of fields; `reporter_family` where the family name stands with a form of address, and
    `reporter_phone_end` where the last figures of the telephone number are named as such.

    Examples
    --------
    >>> lin = {"reporter_name": "林小满", "reporter_phone": "13800001234"}
    >>> sorted(traces_in("林 小满来电，电话一三八 0000 1234", lin))
    ['reporter_name', 'reporter_phone']
    >>> sorted(traces_in("林女士，尾号 1234", lin))
    ['reporter_family', 'reporter_phone_end']
    """
    signs = bare(text).signs
    found: set[str] = set()
    for field, value in fields.items():
        if field == NAME:
            found |= _of_name(signs, value)
        elif field == PHONE:
            found |= _of_phone(in_figures(signs), value)
        elif _stands(signs, bare(value).signs, SHORTEST_OTHER):
            found.add(field)
    return frozenset(found)


def _of_name(signs: str, value: str) -> set[str]:
    name = bare(_ADDED.sub("", value.strip())).signs
    if _stands(signs, name, SHORTEST_NAME):
        return {NAME}
    family = name[:2] if name[:2] in _DOUBLE else name[:1]
    if not family or family.isascii():
        return set()
    called = rf"{re.escape(family)}(?:{_CALLED})|姓{re.escape(family)}"
    return {FAMILY} if re.search(called, signs) else set()


def _of_phone(signs: str, value: str) -> set[str]:
    number = in_figures(bare(same_phone(value)).signs)
    if _stands(signs, number, SHORTEST_NUMBER):
        return {PHONE}
    end = number[-END_FIGURES:]
    is_named = len(number) >= SHORTEST_NUMBER and re.search(
        in_figures(_END) + re.escape(end), signs
    )
    return {PHONE_END} if is_named else set()


def _stands(signs: str, value: str, shortest: int) -> bool:
    return len(value) >= shortest and value in signs
