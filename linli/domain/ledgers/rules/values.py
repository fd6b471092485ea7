"""One value as people write it, in a form, a file or a message, turned into what is stored."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from linli.domain.catalogue.rules.ledger import LedgerField
from linli.domain.ledgers.errors import FieldUnfit
from linli.kernel.formulas import unguarded
from linli.methods.normalise import clean

Json = str | int | float | bool | list[str] | dict[str, str] | dict[str, float]
Given = object
"""What comes from outside: text, numbers, dates, lists or mappings of them; never trusted."""

SHORT, LONG = 200, 5000  # characters of a text or long text that says no bound of its own
MOST_OF_A_LIST = 50
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?")
_URL = re.compile(r"https?://[^\s<>\"']{1,490}")
_BETWEEN = re.compile(r"[,，、;；|\n]+")
_CODED = re.compile(r"[^（）]*（([^（）\s]+)）")
_YES = {"是", "有", "yes", "y", "true", "1", "on"}
_NO = {"否", "无", "没有", "no", "n", "false", "0", "off"}


@dataclass(frozen=True)
class Known:
    """What values may name: word as written → code, for each kind that names something.

    Parameters
    ----------
    named : kind of field (area, unit, post, matter, stage, citation, file) → word → code.
    linked : ledger, or `case` → word as written → public id.
    """

    named: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    linked: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def is_blank(given: Given) -> bool:
    """Whether nothing was written."""
    return given is None or given in ([], {}, ()) or (isinstance(given, str) and not given.strip())


def words_of(kind: str, given: Given) -> list[str]:
    """The words in which a value names something, as they are looked up."""
    if is_blank(given):
        return []
    if kind == "citation":
        return [_citation(given)["source"]]
    if kind in ("link", "file"):
        return _listed(given)
    return [_word(given)]


def read_value(of: LedgerField, given: Given, known: Known) -> Json:
    """Return what is stored of a value that is not blank. Raises FieldUnfit."""
    return _READERS[of.kind](of, given, known)


def _unfit(of: LedgerField, given: Given, zh: str, en: str) -> FieldUnfit:
    return FieldUnfit(of.code, (of.name, of.name_en), _text(given), (zh, en))


def _text(given: Given) -> str:
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    return clean(unguarded(str(given))).strip()


def _word(given: Given) -> str:
    """The word that names something; of a name with its code in brackets, the code."""
    text = _text(given)
    found = _CODED.fullmatch(text)
    return found[1] if found else text


def _listed(given: Given) -> list[str]:
    parts = given if isinstance(given, list | tuple) else _BETWEEN.split(_text(given))
    return list(dict.fromkeys(text for part in parts if (text := _text(part))))


def _words(of: LedgerField, given: Given, known: Known) -> str:
    text = _text(given)
    if of.kind == "text":
        text = " ".join(text.split())
    most = of.longest or (SHORT if of.kind == "text" else LONG)
    if len(text) > most:
        raise _unfit(of, given, f"不超过 {most} 个字", f"at most {most} characters")
    return text


def _decimal(of: LedgerField, given: Given) -> Decimal:
    if isinstance(given, bool):
        raise _unfit(of, given, "数字", "a number")
    text = _text(given).replace(",", "").replace("，", "")
    for unit in ("元", "¥", "￥", of.unit or "", of.unit_en or ""):
        text = text.removesuffix(unit).removeprefix(unit).strip() if unit else text
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _unfit(of, given, "数字", "a number") from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise _unfit(of, given, "不超过 15 位的数字", "a number of at most 15 digits")
    if of.at_least is not None and number < Decimal(str(of.at_least)):
        raise _unfit(of, given, f"不小于 {of.at_least:g}", f"at least {of.at_least:g}")
    if of.at_most is not None and number > Decimal(str(of.at_most)):
        raise _unfit(of, given, f"不大于 {of.at_most:g}", f"at most {of.at_most:g}")
    return number


def _number(of: LedgerField, given: Given, known: Known) -> int | float:
    number = _decimal(of, given)
    return int(number) if number == number.to_integral_value() else float(number)


def _money(of: LedgerField, given: Given, known: Known) -> str:
    number = _decimal(of, given)
    if number != (rounded := round(number, 2)):
        raise _unfit(of, given, "以元计、最多两位小数", "yuan with at most two decimals")
    return f"{rounded:.2f}"


def _day(of: LedgerField, given: Given, known: Known) -> str:
    if isinstance(given, datetime):
        return given.date().isoformat()
    if isinstance(given, date):
        return given.isoformat()
    found = _DATE.fullmatch(_text(given))
    try:
        if found:
            return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        pass
    raise _unfit(of, given, "日期，如 2026-01-31", "a date such as 2026-01-31")


def _yes_no(of: LedgerField, given: Given, known: Known) -> bool:
    word = _text(given).lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise _unfit(of, given, "是或否", "yes or no")


def _choice_of(of: LedgerField, word: str) -> str:
    for choice in of.choices:
        if word in (choice.code, choice.name) or word.lower() == choice.name_en.lower():
            return choice.code
    zh, en = (", ".join(getattr(c, key) for c in of.choices) for key in ("name", "name_en"))
    raise _unfit(of, word, f"以下之一：{zh}", f"one of: {en}")


def _choice(of: LedgerField, given: Given, known: Known) -> str:
    return _choice_of(of, _text(given))


def _choices(of: LedgerField, given: Given, known: Known) -> list[str]:
    return list(dict.fromkeys(_choice_of(of, word) for word in _listed(given)))


def _url(of: LedgerField, given: Given, known: Known) -> str:
    text = _text(given)
    if not _URL.fullmatch(text):
        raise _unfit(of, given, "以 http:// 或 https:// 开头的网址", "an address with http(s)://")
    return text


_CALLED = {
    "area": ("已登记的区域代码或名称", "the code or name of an area"),
    "unit": ("已登记的单位代码或名称", "the code or name of a unit"),
    "post": ("单位代码/岗位代码", "unit code/post code"),
    "matter": ("事项编号或名称", "the code or name of a matter"),
    "stage": ("标准编号/环节编号", "standard code/stage key"),
    "file": ("本记录的附件", "attachments of this record"),
}


def _named(of: LedgerField, given: Given, known: Known) -> str:
    found = known.named.get(of.kind, {}).get(_word(given))
    if found is None:
        raise _unfit(of, given, *_CALLED[of.kind])
    return found


def _point(of: LedgerField, given: Given, known: Known) -> dict[str, float]:
    pair = [given.get("lng"), given.get("lat")] if isinstance(given, dict) else _listed(given)
    try:
        lng, lat = (float(str(part)) for part in pair)
    except ValueError:
        lng, lat = 999.0, 999.0
    if not (-180 <= lng <= 180 and -90 <= lat <= 90):
        raise _unfit(of, given, "“经度,纬度”，如 116.40,39.90", "longitude,latitude in degrees")
    return {"lng": round(lng, 6), "lat": round(lat, 6)}


def _several(of: LedgerField, given: Given) -> list[str]:
    words = _listed(given)
    most = MOST_OF_A_LIST if of.many else 1
    if len(words) > most:
        raise _unfit(of, given, f"最多 {most} 项", f"at most {most}")
    return words


def _files(of: LedgerField, given: Given, known: Known) -> list[str]:
    files = known.named.get("file", {})
    words = _several(of, given)
    if not set(words) <= files.keys():
        raise _unfit(of, given, *_CALLED["file"])
    return words


def _links(of: LedgerField, given: Given, known: Known) -> list[str]:
    found = known.linked.get(of.links_to or "", {})
    words = _several(of, given)
    for word in words:
        if word not in found:
            raise _unfit(
                of, word, "您查得到的记录或工单的编号", "the number of a record or case in reach"
            )
    return list(dict.fromkeys(found[word] for word in words))


def _citation(given: Given) -> dict[str, str]:
    if isinstance(given, dict):
        return {
            "source": _text(given.get("source", "")),
            "article": _text(given.get("article", "")),
        }
    source, _, article = _text(given).partition(" ")
    return {"source": source, "article": article.strip()}


def _cited(of: LedgerField, given: Given, known: Known) -> dict[str, str]:
    said = _citation(given)
    if said["source"] not in known.named.get("citation", {}) or len(said["article"]) > SHORT:
        raise _unfit(
            of, said["source"], "已登记依据的编号，空格后写条款", "a source's id, then the article"
        )
    return said


_Reader = Callable[[LedgerField, Given, Known], Json]
_READERS: Mapping[str, _Reader] = {
    "text": _words,
    "long_text": _words,
    "number": _number,
    "money": _money,
    "date": _day,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "url": _url,
    "area": _named,
    "unit": _named,
    "post": _named,
    "matter": _named,
    "stage": _named,
    "point": _point,
    "file": _files,
    "link": _links,
    "citation": _cited,
}
