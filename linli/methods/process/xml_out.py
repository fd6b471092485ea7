"""Writing XML a piece at a time: what is written is always well-formed and always escaped."""

import re
from collections.abc import Callable, Mapping

Attributes = Mapping[str, str | int | float]
# What XML 1.0 has no place for, escaped or not: most control characters, halves of pairs.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
ESCAPES |= {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
NOTABLE = re.compile(r'[&<>"\t\n\r]')
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def escaped(text: str) -> str:
    """Write text as XML writes it, in content and in attributes; what XML cannot hold is left out.

    >>> escaped('a < "b"')
    'a &lt; &quot;b&quot;'
    """
    return NOTABLE.sub(lambda found: ESCAPES[found[0]], FORBIDDEN.sub("", text))


class XmlOut:
    """Elements written one after the other, each on a line of its own.

    Parameters
    ----------
    write : takes each piece of text.
    head : whether the document begins with an XML declaration.
    """

    def __init__(self, write: Callable[[str], object], *, head: bool = True) -> None:
        self._write = write
        self._open: list[str] = []
        if head:
            write(HEAD)

    def open(self, name: str, attributes: Attributes | None = None) -> None:
        """Begin an element that holds others."""
        self._begin(name, attributes, ">")
        self._open.append(name)

    def close(self) -> None:
        """End the element begun last. Raises IndexError where none is open."""
        name = self._open.pop()
        self._write(f"\n{'  ' * len(self._open)}</{name}>")

    def leaf(
        self, name: str, attributes: Attributes | None = None, text: str | None = None
    ) -> None:
        """Write an element that holds text, or nothing."""
        if text is None:
            self._begin(name, attributes, "/>")
        else:
            self._begin(name, attributes, f">{escaped(text)}</{name}>")

    def end(self) -> None:
        """End every element that is still open, and the document with a line end."""
        while self._open:
            self.close()
        self._write("\n")

    def _begin(self, name: str, attributes: Attributes | None, rest: str) -> None:
        told = "".join(
            f' {key}="{escaped(str(value))}"' for key, value in (attributes or {}).items()
        )
        self._write(f"\n{'  ' * len(self._open)}<{name}{told}{rest}")
