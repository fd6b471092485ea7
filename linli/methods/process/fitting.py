"""Breaking words into lines by an estimate of their width, where no font can be asked."""

import unicodedata
from collections.abc import Sequence

from linli.methods.process.xml_out import FORBIDDEN

NARROW, WIDE = 0.58, 1.0
MORE, BETWEEN = "…", " · "


def width_of(text: str) -> float:
    """Return the width of text in ems: Chinese and signs one, Latin and figures 0.58.

    >>> width_of("ab中")
    2.16
    """
    return round(sum(_width(char) for char in text), 6)


def lines_of(text: str, *, ems: float, most: int) -> list[str]:
    """Break text into at most `most` lines of `ems` width each; what is cut ends in an ellipsis.

    Latin words stay whole where they fit on a line. What XML cannot hold is left out first, or a
    line of it alone would be empty.
    """
    lines: list[str] = [""]
    for piece in _pieces(" ".join(FORBIDDEN.sub("", text).split())):
        if width_of(lines[-1] + piece) > ems and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        for char in piece if width_of(piece) > ems else [piece]:
            if width_of(lines[-1] + char) > ems and lines[-1]:
                lines.append("")
            lines[-1] += char if lines[-1] else char.lstrip()
    if len(lines) <= most:
        return [line for line in lines if line]
    kept, last = lines[: most - 1], lines[most - 1]
    while last and width_of(last + MORE) > ems:
        last = last[:-1]
    return [*kept, last.rstrip() + MORE]


def joined_lines(parts: Sequence[str], *, ems: float, most: int) -> list[str]:
    """Join parts by dots into at most `most` lines, without breaking a part that fits on one.

    >>> joined_lines(["提醒 70%", "催办 100%", "督办 150%"], ems=12, most=2)
    ['提醒 70% · 催办 100%', '督办 150%']
    """
    lines: list[str] = []
    for part in filter(None, parts):
        longer = f"{lines[-1]}{BETWEEN}{part}" if lines else part
        if lines and width_of(longer) <= ems:
            lines[-1] = longer
        else:
            lines += lines_of(part, ems=ems, most=most)
    return lines if len(lines) <= most else lines_of(BETWEEN.join(parts), ems=ems, most=most)


def _pieces(text: str) -> list[str]:
    """Words of narrow letters whole, each wide character by itself."""
    pieces: list[str] = []
    for char in text:
        joins = pieces and _width(char) == NARROW and char != " "
        if joins and _width(pieces[-1][-1]) == NARROW and pieces[-1] != " ":
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _width(char: str) -> float:
    if unicodedata.combining(char) or char in "\u200d\ufe0f":
        return 0.0
    is_wide = unicodedata.east_asian_width(char) in "WFA" or ord(char) > 0x2FFF
    return WIDE if is_wide else NARROW
