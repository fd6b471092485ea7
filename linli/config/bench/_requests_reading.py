"""What an answer holds: its forms and links, and what must not be in it."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings

from linli.config.bench._requests_payloads import MARK

FOREIGN = frozenset(
    {"iframe", "object", "embed", "base", "math", "applet", "frameset", "marquee", "xmp"}
)
ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "hx-get", "hx-post"}
)
SCHEMES = ("javascript:", "data:text", "vbscript:")
SETS_OFF = ("=", "+", "-", "@", "\t", "\r")
BEFORE_A_SCHEME = "".join(map(chr, range(33)))
TOLD = re.compile(
    rb"Traceback \(most recent call last\)|psycopg\.|django[./]db[./]|\.py\", line \d+"
    rb"|syntax error at or near|invalid input syntax for|violates [a-z-]+ constraint"
    rb"|duplicate key value|FROM \"?(?:cases|needs|audit|access|vault)_|root:x:0:0"
)
RECKONED = str(1337 * 1337).encode()  # what a template would make of one of our payloads


@dataclass
class Field:
    """A place to fill in; `choices` of a select or of radio buttons."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form that posts."""

    action: str
    fields: dict[str, Field] = field(default_factory=dict)

    def take(self, tag: str, said: Mapping[str, str]) -> Field | None:
        """Add a place to fill in; radio buttons of one name are one."""
        if not (name := said.get("name", "")):
            return None
        kind = said.get("type", "text") if tag == "input" else tag
        place = self.fields.setdefault(name, Field(name, kind, said.get("value", "")))
        if kind in ("radio", "checkbox"):
            place.choices.append(said.get("value", "on"))
        return place


class Page(HTMLParser):
    """A page as a browser reads it: what it offers, and what was kept of a payload as markup."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.harm: list[str] = []
        self._form: Form | None = None
        self._place: Field | None = None
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag offers and what it should not be."""
        said = {name: value or "" for name, value in attrs}
        self._look(tag, said)
        self._inside = tag
        if tag == "a":
            self.links.append(said.get("href", ""))
        elif tag == "form":
            is_post = said.get("method", "").lower() == "post"
            self._form = Form(said.get("action", "")) if is_post else None
            self.forms += [self._form] if self._form else []
        elif self._form and tag in ("input", "textarea", "select", "button"):
            self._place = self._form.take(tag, said)
        elif tag == "option" and self._place:
            self._place.choices.append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave what ends."""
        self._inside = ""
        if tag == "form":
            self._form = self._place = None

    def handle_data(self, data: str) -> None:
        """Look into what a browser would run."""
        if self._inside in ("script", "style") and MARK in data:
            self.harm.append(f"{self._inside}: {data[:60]}")
        if self._inside == "textarea" and self._place:
            self._place.value += data

    def _look(self, tag: str, said: Mapping[str, str]) -> None:
        if tag in FOREIGN or MARK in tag or (tag == "meta" and MARK in said.get("content", "")):
            self.harm.append(tag)
        for name, value in said.items():
            if _is_harmful(name, value):
                self.harm.append(f"{tag} {name}={value[:60]}")


def _is_harmful(name: str, value: str) -> bool:
    if MARK in name or (name in ("style", "srcdoc") and MARK in value):
        return True
    if name.startswith(("on", "hx-on")):
        return MARK in value
    return name in ADDRESSES and leads_out(value)


def leads_out(address: str) -> bool:
    """Whether an address runs something, or leads where a payload wished."""
    plain = re.sub(r"[\t\r\n]", "", address.lstrip(BEFORE_A_SCHEME)).lower().replace("\\", "/")
    if plain.startswith(SCHEMES):
        return True
    is_elsewhere = plain.startswith("//") or re.match(r"[a-z][a-z0-9+.-]*:", plain)
    return bool(is_elsewhere) and MARK in (_host(plain) or plain)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def faults_of(status: int, headers: Mapping[str, str], body: bytes, page: Page | None) -> list[str]:
    """Return each kind of fault that an answer has, with what shows it after a colon."""
    return [
        *([f"five_hundreds: {status}"] if status >= 500 else []),
        *(f"traces: {found[:60]!r}" for found in _traces(body)),
        *(f"executable: {harm}" for harm in (page.harm if page else ())),
        *(f"formulas: {cell[:60]!r}" for cell in _formulas(headers, body)),
        *(f"headers: {name}: {value[:60]!r}" for name, value in _led(headers)),
    ]


def _traces(body: bytes) -> Iterator[bytes]:
    found = TOLD.search(body)
    if found:
        yield found[0]
    if RECKONED in body:
        yield RECKONED
    if settings.SECRET_KEY.encode() in body:
        yield b"the secret key"


def _formulas(headers: Mapping[str, str], body: bytes) -> Iterator[str]:
    if not headers.get("content-type", "").startswith("text/csv"):
        return
    for row in csv.reader(body.decode("utf-8-sig", "replace").splitlines(keepends=True)):
        yield from (cell for cell in row if MARK in cell and cell.startswith(SETS_OFF))


def _led(headers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in headers.items():
        if MARK in name or (name in ("location", "hx-redirect", "refresh") and leads_out(value)):
            yield name, value
