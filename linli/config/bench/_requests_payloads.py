"""What is written into bad requests: made by hand in the data file beside, and multiplied here."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html import escape
from itertools import product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import yaml
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).with_name("_requests_payloads.yaml")
MARK = "zx7"
FULL_WIDTH = 0xFEE0  # from a sign of ASCII to the same, twice as wide
HOLE = "§"


class Payload(NamedTuple):
    """Words for a request, and the kind of harm that they are of."""

    kind: str
    text: str


class Told(BaseModel):
    """A kind of harm in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    least: int
    make: tuple["Maker", ...]


class Maker(BaseModel):
    """A line of the file: a text with places, the lists that fill them, and how it is changed."""

    model_config = ConfigDict(extra="allow", frozen=True)

    text: str
    changed: tuple[str, ...] = ()
    points: tuple[int, ...] = ()
    times: tuple[int, ...] = ()

    def made(self) -> Iterator[str]:
        """Yield every text that the line comes to."""
        lists: Mapping[str, list[str]] = self.model_extra or {}
        for chosen in product(*lists.values()):
            text = self.text
            for name, word in zip(lists, chosen, strict=True):
                text = text.replace(f"{HOLE}{name}{HOLE}", str(word))
            yield from self._varied(text)

    def _varied(self, text: str) -> Iterator[str]:
        if self.points:
            yield from (text.replace(HOLE, chr(point)) for point in self.points)
        elif self.times:
            yield from (text * times for times in self.times)
        else:
            yield text
            yield from (CHANGES[name](text) for name in self.changed)


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + FULL_WIDTH) if "!" <= sign <= "~" else sign for sign in text)


CHANGES: Mapping[str, Callable[[str], str]] = {
    "upper": lambda text: text.replace("script", "ScRiPt").replace("img", "IMG"),
    "full_width": _wide,
    "entities": escape,
    "percent": quote,
    "percent_twice": lambda text: quote(quote(text)),
    "nul_inside": lambda text: f"{text[:3]}\0{text[3:]}",
    "unclosed": lambda text: text.rstrip(">"),
    "in_json": lambda text: json.dumps({"a": text}),
}


@cache
def payloads() -> tuple[Payload, ...]:
    """Return all of them, each once, in the order of the file."""
    found = (
        Payload(kind, text)
        for kind, told in _file().items()
        for maker in told.make
        for text in maker.made()
    )
    return tuple(dict.fromkeys(found))


def least() -> dict[str, int]:
    """Return how many different ones each kind must come to."""
    return {kind: told.least for kind, told in _file().items()}


@cache
def _file() -> dict[str, Told]:
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {kind: Told(**told) for kind, told in read.items()}
