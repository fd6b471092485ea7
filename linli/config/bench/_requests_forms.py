"""Filling in the forms that a page offered, as meant, and then one place or more as not meant."""

import json
from collections.abc import Sequence
from random import Random
from urllib.parse import quote_plus

from linli.config.bench._requests_payloads import Payload
from linli.config.bench._requests_reading import Field, Form
from linli.config.bench._requests_sender import URLENCODED
from linli.config.bench._requests_stage import Known

BOUNDARY = b"linli-bench-boundary"
MULTIPART = "multipart/form-data; boundary=" + BOUNDARY.decode()
FILES = (
    b"",
    b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a",
    b"<svg onload=zx7()>",
    b"%PDF-1.7",
)
WORDS = "晚上走路看不见，路灯坏了三天。"
BY_KIND = {
    "date": "2026-11-24",
    "number": "1",
    "datetime-local": "2026-11-24T08:30",
    "email": "a@b.cn",
}
BESIDE, BESIDE_HIDDEN = 0.1, 0.5  # of the forms are right, with a field that nobody asked for
UNTOUCHED = ("csrfmiddlewaretoken",)
TYPED = frozenset({"text", "textarea", "search", "tel", "email", "number", "date", "password"})
Pair = tuple[str, str]


class Filler:
    """Fills in forms; what hangs on the case comes from one that is there."""

    def __init__(self, chance: Random, cases: Sequence[Known]) -> None:
        self.chance, self.cases = chance, cases

    def filled(self, form: Form) -> list[Pair]:
        """Return what somebody would send who means well."""
        return [
            (place.name, value)
            for place in form.fields.values()
            if place.kind != "file" and (value := self._value(place)) is not None
        ]

    def spoilt(self, pairs: Sequence[Pair], form: Form, payload: Payload) -> list[Pair]:
        """Put a payload into one place, seldom into more; drop, double or add one."""
        names = [name for name, _ in pairs if name not in UNTOUCHED]
        if not names:
            return [*pairs, ("body", payload.text)]
        written = [name for name in names if form.fields[name].kind in TYPED]
        if self.chance.random() < (BESIDE if written else BESIDE_HIDDEN):
            return [*pairs, (payload.text, payload.text)]
        all_of_them = self.chance.random() < 0.1
        hit = {self.chance.choice(written if written and self.chance.random() < 0.6 else names)}
        if all_of_them:
            hit = set(names)
        spoilt = [(name, payload.text if name in hit else value) for name, value in pairs]
        turn = self.chance.random()
        if turn < 0.05:
            spoilt.pop(self.chance.randrange(len(spoilt)))
        elif turn < 0.1:
            spoilt.append((self.chance.choice(names), payload.text))
        return spoilt

    def _value(self, place: Field) -> str | None:
        named = {
            "code": lambda: self.chance.choice(self.cases).receipt,
            "into": lambda: self.chance.choice(self.cases).number,
        }
        if place.name in named and not place.value:
            return named[place.name]()
        if place.kind == "checkbox":
            return place.value or "on" if self.chance.random() < 0.8 else None
        chosen = [choice for choice in place.choices if choice]
        if chosen:
            return self.chance.choice(chosen)
        if place.kind in ("hidden", "submit", "button") or place.value.strip():
            return place.value
        return BY_KIND.get(place.kind, WORDS)


def encoded(pairs: Sequence[Pair]) -> tuple[bytes, str]:
    """Return a form as its browser sends it, and the type of that; half a character included."""
    text = "&".join(
        "=".join(quote_plus(word.encode(errors="surrogatepass")) for word in pair) for pair in pairs
    )
    return text.encode(), URLENCODED


def with_files(
    pairs: Sequence[Pair], files: Sequence[str], payload: Payload, chance: Random
) -> tuple[bytes, str]:
    """Return a form with files whose names, types or bytes are the payload."""
    parts = [_part(f'name="{name}"', value) for name, value in pairs]
    for name in files:
        text = payload.text.replace("\r", " ").replace("\n", " ")
        quoted = chance.choice((text.replace('"', "%22"), text, "照片.jpg"))
        kind = chance.choice(("image/jpeg", "image/png", "text/html", "", text))
        head = f'name="{name}"; filename="{quoted}"\r\nContent-Type: {kind}'
        content = chance.choice((*FILES, payload.text.encode(errors="surrogatepass")))
        parts.append(_part(head, content))
    return b"".join(parts) + b"--" + BOUNDARY + b"--\r\n", MULTIPART


def in_other_words(pairs: Sequence[Pair], chance: Random) -> tuple[bytes, str]:
    """Return a form in a way in which no browser sends it."""
    right, kind = encoded(pairs)
    as_json = json.dumps(dict(pairs)).encode()
    return chance.choice(
        (
            (as_json, "application/json"),
            (right, "text/plain"),
            (right, MULTIPART),
            (right, "multipart/form-data"),
            (right + b"&\xff\xfe=%&%zz=1&=&&", kind),
            (right, f"{kind}; charset=utf-16"),
            (right, f"{kind}; charset=zx7"),
            (b"&".join([right] * 60), kind),
            (b"--" + BOUNDARY + b"\r\nContent-Disposition: form-data; name\r\n\r\n", MULTIPART),
        )
    )


def _part(head: str, content: str | bytes) -> bytes:
    raw = content if isinstance(content, bytes) else content.encode(errors="surrogatepass")
    first = f"\r\nContent-Disposition: form-data; {head}\r\n\r\n"
    return b"--" + BOUNDARY + first.encode(errors="surrogatepass") + raw + b"\r\n"
