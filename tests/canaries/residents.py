"""Residents who exist nowhere else, in every way their names and numbers may be written."""

import base64
import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Signs that no street, pack or page of this project uses together, with their reading.
FAMILY = (("欧阳", "ouyang"), ("令狐", "linghu"), ("尉迟", "yuchi"), ("澹台", "tantai"))
FIRST = (("鹮", "huan"), ("珙", "gong"), ("瓒", "zan"), ("翀", "chong"), ("彧", "yu"))
SECOND = (("霁", "ji"), ("昶", "chang"), ("熠", "yi"))
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Resident:
    """One planted person, and the way in which they write themselves."""

    number: int
    name: str
    pinyin: str
    phone: str

    @property
    def written_name(self) -> str:
        """The name as this resident gives it."""
        split = " ".join(self.name)
        wide = unicodedata.normalize("NFC", self.pinyin.title())
        return (self.name, split, wide, f"{self.name}（女士）")[self.number % 4]

    @property
    def written_phone(self) -> str:
        """The number as this resident gives it."""
        parted = f"{self.phone[:3]}-{self.phone[3:7]}-{self.phone[7:]}"
        ways = (self.phone, parted, self.phone.translate(WIDE), f"+86 {self.phone}")
        return ways[self.number // 4 % 4]


def planted(count: int) -> list[Resident]:
    """Return so many residents, no two alike."""
    made = []
    for number in range(count):
        family, first, second = (
            FAMILY[number % 4],
            FIRST[number // 4 % 5],
            SECOND[number // 20 % 3],
        )
        made.append(
            Resident(
                number,
                name=family[0] + first[0] + second[0],
                pinyin=family[1] + first[1] + second[1],
                phone=f"1990000{number:04d}",
            )
        )
    return made


def traces_of(one: Resident) -> Iterator[str]:
    """Yield what would give a resident away, brought to one form by `plainly`."""
    yield from (plainly(one.name), one.pinyin, one.phone)
    for text in (one.name, one.phone, one.written_name, one.written_phone):
        yield text.encode().hex()
        yield from _inside_base64(text.encode())
        for algorithm in ("md5", "sha1", "sha256"):
            yield hashlib.new(algorithm, text.encode()).hexdigest()


def plainly(text: str) -> str:
    """Bring text to one form: no width, case or gaps between signs to hide behind."""
    kept = unicodedata.normalize("NFKC", text).lower()
    return "".join(sign for sign in kept if sign.isalnum() or sign in "+/=")


def _inside_base64(data: bytes) -> Iterator[str]:
    """Yield what base64 shows of data at each of the three places where it may begin."""
    for lead in range(3):
        coded = base64.b64encode(b"\0" * lead + data).decode().rstrip("=")
        yield plainly(coded[lead + 1 : -1])
