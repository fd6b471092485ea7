"""Making an input out of others: cut, spliced, doubled, with what parsers trip over put in."""

import json
import re
from collections.abc import Callable, Sequence
from random import Random

MOST_BYTES = 6_000  # of most inputs; what grows without end is the matter of the hostile files
MOST_GROWN = 60_000  # of one in some hundred
OFTENER = 4  # times that a parser's own words are taken, against one of all
SOUND, RECENT, LAST = 0.3, 0.3, 20  # shares of inputs, and how many are the last few
HALF = 0.5
TURNS = (1, 1, 1, 2, 2, 3, 5, 8)
# What is written differently in different places, or by nobody honest.
WORDS: tuple[bytes, ...] = (
    *(b'"', b"'", b",", b";", b":", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"\x1a", b"\\", b"%00"),
    *(b"[", b"]", b"{", b"}", b"(", b")", b"<", b">", b"&", b"*", b"!", b"|", b"-", b"#", b"../"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\x80", b"\xff", b"\x80", b"\xf4\x90"),
    *(b"null", b"true", b"NaN", b"-Infinity", b"1e999", b"-0", b"0x10", b"1_000", b"1e-400"),
    *(b"9" * 19, b"9" * 400, b"9" * 5_000, b"-1", b"0", b"2147483648", b"18446744073709551616"),
    *(b"2026-02-30", b"0000-00-00", b"0001-01-01", b"9999-12-31", b"10000-01-01", b"24:00:00"),
    *(b"2026-11-25T10:00:00+23:59", b"2026-11-25T10:00:00Z", b"0001-01-01T00:00:00+14:00"),
    *(b"\\ud800", b"\\u0000", b'"\\ud83d"', b"PK\x03\x04", b"\x1f\x8b\x08", b"<!DOCTYPE a>"),
    *(sign.encode() for sign in "０１²①٣𝟙½ﷺﬃİıßǅ\u200b\u202e\u2028\u0085\u00a0\ufeff\u0301😀国"),
    *(
        sign.encode()
        for sign in ("是", "绝密★", "元", "２０２６年１月３２日", "，", "。", "（", "）")
    ),
    *(b"=1+1", b"@a", b"__class__", b"{0}", b"%s", b"%(a)s", b"$(a)", b"`a`", b"' OR 1=1--"),
)
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"255",
    b"65536",
    b"4294967295",
    b"9" * 20,
    b"1e308",
    b"1.5",
    b"",
    b"\xd9\xa3",
)
VALUES: tuple[object, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, 10**30, 0.5, -0.0, 1e308),
    *(float("inf"), float("nan"), "", " ", "0", "a", "\0", "\ud800", "½", "９", "2026-02-30"),
    *([], {}, [[]], [None], {"": ""}, {"a": []}, [0, 1], "a" * 300),
)
_FIGURES = re.compile(rb"-?\d+(?:\.\d+)?")
_OPENERS = (
    (b"[", b"]"),
    (b'{"a":', b"}"),
    (b"(", b")"),
    (b"- ", b""),
    (b'"', b'"'),
    (b"<a>", b"</a>"),
)
Change = Callable[["Mutator", bytes], bytes]


class Mutator:
    """Makes inputs of a pool; the same seed and pool make the same ones."""

    def __init__(self, random: Random, words: Sequence[bytes] = ()) -> None:
        self.random = random
        self.words: tuple[bytes, ...] = (*WORDS, *(word for word in words for _ in range(OFTENER)))

    def made_of(self, pool: Sequence[bytes], *, sound: int) -> bytes:
        """Return a new input.

        Parameters
        ----------
        pool : inputs to make it of; the first `sound` and the last few are taken oftener.
        """
        random = self.random
        which = random.random()
        data = random.choice(
            pool[:sound] if which < SOUND else pool[-LAST:] if which < SOUND + RECENT else pool
        )
        is_kept_json = data[:1] in (b"{", b"[") and random.random() < HALF
        for _ in range(random.choice(TURNS)):
            if is_kept_json:
                data = self.valued(data)
            elif random.random() < 0.06:
                data = self.spliced(data, random.choice(pool))
            else:
                data = random.choice(CHANGES)(self, data)
        most = MOST_BYTES if random.random() < 0.995 else MOST_GROWN
        return data[:most]

    def place(self, data: bytes) -> tuple[int, int]:
        """A piece: where it begins and ends; mostly short."""
        random = self.random
        start = random.randrange(len(data) + 1)
        longest = len(data) - start
        if random.random() < 0.8:
            longest = min(longest, 16)
        return start, start + random.randrange(longest + 1)

    def spliced(self, data: bytes, other: bytes) -> bytes:
        """Put a piece of another input where a piece was."""
        (start, end), (first, last) = self.place(data), self.place(other)
        return data[:start] + other[first:last] + data[end:]

    def flipped(self, data: bytes) -> bytes:
        """Turn a bit, or set a byte."""
        if not data:
            return bytes([self.random.randrange(256)])
        at = self.random.randrange(len(data))
        new = data[at] ^ (1 << self.random.randrange(8))
        if self.random.random() < 0.3:
            new = self.random.choice((0, 1, 0x7F, 0x80, 0xFE, 0xFF, 0x0A, 0x22, 0x20))
        return data[:at] + bytes([new]) + data[at + 1 :]

    def put_in(self, data: bytes) -> bytes:
        """Put a word in, or over what stands there."""
        start, end = self.place(data)
        word = self.random.choice(self.words)
        return data[:start] + word + data[end if self.random.random() < 0.5 else start :]

    def cut(self, data: bytes) -> bytes:
        """Take a piece out, or all after a place."""
        start, end = self.place(data)
        return data[:start] + (data[end:] if self.random.random() < 0.8 else b"")

    def doubled(self, data: bytes) -> bytes:
        """Have a piece stand twice, or very often."""
        start, end = self.place(data)
        times = self.random.choice((1, 1, 2, 7, 40, 600))
        piece = data[start:end]
        return data[:end] + piece * min(times, MOST_GROWN // (len(piece) + 1)) + data[end:]

    def counted(self, data: bytes) -> bytes:
        """Set a number to one at the edge of what numbers can be."""
        found = list(_FIGURES.finditer(data))
        if not found:
            return self.put_in(data)
        one = self.random.choice(found)
        return data[: one.start()] + self.random.choice(NUMBERS) + data[one.end() :]

    def lined(self, data: bytes) -> bytes:
        """Take out, double or swap lines."""
        lines = data.split(b"\n")
        one, other = self.random.randrange(len(lines)), self.random.randrange(len(lines))
        act = self.random.randrange(3)
        if act == 0:
            del lines[one]
        elif act == 1:
            lines.insert(one, lines[other])
        else:
            lines[one], lines[other] = lines[other], lines[one]
        return b"\n".join(lines)

    def nested(self, data: bytes) -> bytes:
        """Wrap a piece in itself, up to thousands deep."""
        start, end = self.place(data)
        opens, closes = self.random.choice(_OPENERS)
        deep = self.random.choice((1, 3, 30, 1_200, 20_000))
        if self.random.random() < 0.5:
            start, end = 0, len(data)
        middle = data[start:end]
        deep = min(deep, MOST_GROWN // len(opens))
        if deep > 100 and self.random.random() < 0.95:
            deep = 30
        return data[:start] + opens * deep + middle + closes * deep + data[end:]

    def valued(self, data: bytes) -> bytes:
        """Change one value of a JSON text; of another text, put a word in."""
        try:
            whole = json.loads(data)
            return json.dumps(self._revalued(whole)).encode()
        except (ValueError, RecursionError, OverflowError):
            return self.put_in(data)

    def _revalued(self, value: object) -> object:
        random = self.random
        if not isinstance(value, dict | list) or not value or random.random() < 0.15:
            return random.choice(VALUES)
        if isinstance(value, list):
            at = random.randrange(len(value))
            if random.random() < 0.2:
                return [*value[:at], random.choice(VALUES), *value[at:]]
            return [*value[:at], self._revalued(value[at]), *value[at + 1 :]]
        key = random.choice(list(value))
        act = random.random()
        if act < 0.1:
            return {name: one for name, one in value.items() if name != key}
        if act < 0.2:
            return value | {str(random.choice(VALUES)): value[key]}
        return value | {key: self._revalued(value[key])}


CHANGES: tuple[Change, ...] = (
    *(
        Mutator.flipped,
        Mutator.flipped,
        Mutator.put_in,
        Mutator.put_in,
        Mutator.put_in,
        Mutator.cut,
    ),
    *(
        Mutator.doubled,
        Mutator.counted,
        Mutator.lined,
        Mutator.nested,
        Mutator.valued,
        Mutator.valued,
    ),
)
