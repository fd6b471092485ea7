"""What in a rendition would tell the unit complained about who complains; and what a state allows.

A finding is hard where nothing justifies it (name, telephone, identity number, number of the
case) and soft where a person may have a reason. None holds a word that is not in the rendition.

Serves: X08 R129.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from linli.methods.quoting import bare, in_figures, runs_in

MOST_TOLD = 3  # stretches of one kind that are quoted in a finding
SHORTEST_ADDRESS, SHORTEST_NUMBER = 6, 6  # bare signs from which a place or a number tells
_ID = re.compile(  # area, date of birth, serial and check sign, as GB 11643 has them
    r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx](?!\d)"
)
_MOBILE = re.compile(r"(?<!\d)(?:86)?(1[3-9]\d{9})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)")
_ZH = "[一二三四五六七八九十两]"
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MOMENT = re.compile(
    r"(?<!\d)(?:\d{2}|\d{4})\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}[日号]?(?!\d)"
    rf"|(?:\d{{1,2}}|{_ZH}{{1,2}})\s*月\s*(?:\d{{1,2}}|[一二三四五六七八九十廿]{{1,3}})\s*[日号]?"
    r"|(?<!\d)\d{1,2}\s*(?::\s*\d{2}|[点时](?:\s*\d{1,2}分?|[半整多钟左])?)"
    rf"|{_ZH}{{1,3}}点(?:[半钟整左]|{_ZH}{{1,3}}分)"
    r"|今[天早晚]|昨[天晚夜日]|前[天晚]|上(?:周|星期|礼拜)[一二三四五六日天]"
    rf"|\b(?:{_MONTH})[a-z]*\.? \d{{1,2}}\b|\b\d{{1,2}} (?:{_MONTH})[a-z]*\b",
    re.IGNORECASE,
)
_DOOR = re.compile(r"[0-9一二三四五六七八九十]+\s*(?:号楼|栋|幢|单元|室|号院|弄)")
_EVIDENCE = re.compile(
    r"附件|照片|相片|录音|录像|视频|截图|聊天记录|收据|发票"
    r"|[A-Za-z0-9_-]+\.(?:jpe?g|png|heic|mp[34]|pdf|docx?|xlsx?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Original:
    """What a rendition is held against: the case, and those merged into it.

    Parameters
    ----------
    texts : titles, messages and comments, as the residents wrote them.
    addresses : where they say it is.
    numbers : what names the case to people and other systems.
    names : of units, matters and areas, which anybody may say.
    """

    texts: Sequence[str]
    addresses: Sequence[str] = ()
    numbers: Sequence[str] = ()
    names: Sequence[str] = ()


@dataclass(frozen=True)
class Finding:
    """Something in a rendition that may give the complainant away.

    Parameters
    ----------
    code : a key of `WHY`.
    said : where it stands, in the rendition's own words; "" where that would be the datum itself.
    """

    code: str
    said: str = ""

    @property
    def is_hard(self) -> bool:
        """Whether no reason lets it pass."""
        return WHY[self.code].is_hard

    def message(self, lang: str = "zh-hans") -> str:
        """Say what is so, why it matters and what to do."""
        why = WHY[self.code]
        said = f"“{self.said}”" if self.said else ""
        return (why.en if lang.startswith("en") else why.zh).replace("{said}", said)


@dataclass(frozen=True)
class Why:
    """How a kind of finding is told, and whether a reason lets it pass."""

    is_hard: bool
    zh: str
    en: str


_TELLS = "对方能由此认出反映人"
_TELLS_EN = "It tells the unit who complains"
WHY: dict[str, Why] = {
    "reporter_name": Why(
        True,
        f"文中有反映人的姓名。{_TELLS}，不得保留。请删去，写“反映人”。",
        f"The complainant's name stands in the text. {_TELLS_EN} and may not stay. Write "
        "“the complainant” instead.",
    ),
    "reporter_phone": Why(
        True,
        f"文中有反映人的电话号码或其尾号。{_TELLS}，不得保留。请删去。",
        f"The complainant's telephone number, or its end, stands in the text. {_TELLS_EN} and may "
        "not stay. Take it out.",
    ),
    "reporter_other": Why(
        True,
        f"文中有反映人的其他个人信息。{_TELLS}，不得保留。请删去。",
        f"Other personal data of the complainant stand in the text. {_TELLS_EN} and may not stay. "
        "Take them out.",
    ),
    "phone_of_original": Why(
        True,
        f"文中的电话号码出自诉求原文。{_TELLS}，不得保留。请删去。",
        f"A telephone number of the original stands in the text. {_TELLS_EN} and may not stay. "
        "Take it out.",
    ),
    "id_number": Why(
        True,
        "文中有证件号码。转述件不需要任何人的证件号码。请删去。",
        "An identity number stands in the text. A rendition needs nobody's. Take it out.",
    ),
    "case_number": Why(
        True,
        "文中有工单编号或来源编号。凭编号可以打听到是谁反映的，不得保留。请删去。",
        "A number of the case stands in the text. By it one can find out who complains, so it may "
        "not stay. Take it out.",
    ),
    "reporter_family": Why(
        False,
        f"文中有反映人的姓氏和称呼。{_TELLS}。请改写为“反映人”，确需保留的写明理由。",
        f"The complainant's family name stands in the text. {_TELLS_EN}. Write “the complainant”, "
        "or give a reason to keep it.",
    ),
    "quoted": Why(
        False,
        f"{{said}}与诉求原文逐字相同。{_TELLS}。请用自己的话改写，确需保留的写明理由。",
        f"{{said}} stands word for word in the original. {_TELLS_EN}. Say it in your own words, "
        "or give a reason to keep it.",
    ),
    "moment": Why(
        False,
        f"{{said}}是确切的日期或时刻。{_TELLS}。请写得宽一些，如“十一月下旬”，确需保留的写明理由。",
        f"{{said}} is an exact day or hour. {_TELLS_EN}. Say it more broadly, such as “late in "
        "November”, or give a reason to keep it.",
    ),
    "place": Why(
        False,
        f"{{said}}是具体的楼栋、门牌或诉求所写的地址。{_TELLS}。请只写路段或小区，确需保留的写明理由。",
        f"{{said}} is a building, a door or the address of the original. {_TELLS_EN}. Name the "
        "street or the estate alone, or give a reason to keep it.",
    ),
    "evidence": Why(
        False,
        f"文中提到{{said}}。{_TELLS}，也会知道反映人手里有什么。请删去，确需保留的写明理由。",
        f"{{said}} is spoken of. {_TELLS_EN} and what evidence they hold. Take it out, or give a "
        "reason to keep it.",
    ),
    "phone_number": Why(
        False,
        "文中有电话号码{said}。不是反映人的也可能牵出反映人。请删去，确需保留的写明理由。",
        "A telephone number stands in the text: {said}. Even another's may lead to the "
        "complainant. Take it out, or give a reason to keep it.",
    ),
}
_OF_PERSON = {
    "reporter_name": "reporter_name",
    "reporter_phone": "reporter_phone",
    "reporter_phone_end": "reporter_phone",
    "reporter_family": "reporter_family",
}


def findings_in(
    text: str, original: Original, *, traces: Collection[str], least: int
) -> list[Finding]:
    """Return what in a rendition may give the complainant away, hard findings first.

    Parameters
    ----------
    text : the rendition. original : what it is held against.
    traces : fields of the persons behind the case that stand in the text, as the vault says.
    least : bare signs from which a stretch of the original counts as quoted, >= 1.
    """
    found = [
        *_of_person(traces),
        *_numbers(text, original),
        *_quoted(text, original, least),
        *_seen(text, original),
    ]
    return sorted(dict.fromkeys(found), key=lambda finding: not finding.is_hard)


def _of_person(traces: Collection[str]) -> Iterator[Finding]:
    for field in sorted(traces):
        yield Finding(_OF_PERSON.get(field, "reporter_other"))


def _numbers(text: str, original: Original) -> Iterator[Finding]:
    signs = in_figures(bare(text).signs)
    if _ID.search(signs):
        yield Finding("id_number")
    known = (bare(number).signs for number in original.numbers)
    if any(len(number) >= SHORTEST_NUMBER and number in bare(text).signs for number in known):
        yield Finding("case_number")
    written = "\n".join(in_figures(bare(said).signs) for said in original.texts)
    mobiles = set(_MOBILE.findall(signs))
    if any(number in written for number in mobiles):
        yield Finding("phone_of_original")
    others = sorted(number for number in mobiles if number not in written)
    others += _LANDLINE.findall(unicodedata.normalize("NFKC", text))
    if others:
        yield Finding("phone_number", _told(others))


def _quoted(text: str, original: Original, least: int) -> Iterator[Finding]:
    runs = runs_in(text, original.texts, least=least, apart=original.names)
    if runs:
        yield Finding("quoted", _told(runs))


def _seen(text: str, original: Original) -> Iterator[Finding]:
    folded = unicodedata.normalize("NFKC", text)
    for code, pattern in (("moment", _MOMENT), ("place", _DOOR), ("evidence", _EVIDENCE)):
        found = [match.group().strip() for match in pattern.finditer(folded)]
        if code == "place":
            found += _addresses(text, original)
        if found:
            yield Finding(code, _told(found))


def _addresses(text: str, original: Original) -> list[str]:
    signs = bare(text).signs
    known = ((bare(one).signs, one) for one in original.addresses)
    return [one for stands, one in known if len(stands) >= SHORTEST_ADDRESS and stands in signs]


def _told(found: Sequence[str]) -> str:
    kept = list(dict.fromkeys(found))
    more = "……" if len(kept) > MOST_TOLD else ""
    return "”“".join(kept[:MOST_TOLD]) + more
