"""Text tables (CSV and its kin) of any size and encoding, read record by record.

A record that cannot be read is told and left out; the next line is read as if it had not been.
"""

import csv
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from typing import BinaryIO

from linli.kernel.bounds import MOST_COLUMNS, MOST_LINE_CHARS, MOST_LINES_A_RECORD
from linli.kernel.errors import LinliError, Rejected

ENCODINGS = ("utf-8", "gb18030")
MARKED_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 65_536
_DELIMITERS = ",\t;"
_UNREAD_BYTE = range(0xDC80, 0xDD00)  # what "surrogateescape" makes of a byte it cannot read


@dataclass(frozen=True)
class Scan:
    """What one look through a file shows: its encoding and how many lines it has."""

    encoding: str
    lines: int


@dataclass(frozen=True)
class Record:
    """One record: its cells, or why it cannot be read and the line on which it begins."""

    cells: tuple[str, ...]
    fault: LinliError | None = None


def scan(file: BinaryIO) -> Scan:
    """Look through a file and choose the encoding in which the fewest lines are broken.

    Raises Rejected for an empty file, and where most lines are broken in every encoding.
    """
    start = file.read(_LOOKED_AT)
    file.seek(0)
    if not start.strip(b"\xef\xbb\xbf \r\n\t"):
        raise EmptyTable
    if start[:2] in MARKED_UTF_16:
        return Scan("utf-16", start.count(b"\n"))
    if _is_unmarked_utf_16(start):
        raise UnmarkedEncoding
    if start.count(b"\0") * 4 > len(start):
        raise UnknownEncoding(1)
    trials = [_Trial(name) for name in ENCODINGS]
    lines, piece = 1, b""
    for piece in iter(lambda: file.readline(_LOOKED_AT), b""):
        for trial in trials:
            trial.read(piece, line=lines)
        lines += piece.endswith(b"\n")
    file.seek(0)
    best = min(trials, key=lambda trial: trial.broken)
    if best.broken * 2 > lines:
        raise UnknownEncoding(best.first_broken)
    encoding = "utf-8-sig" if best.encoding == "utf-8" else best.encoding
    return Scan(encoding, lines - piece.endswith(b"\n"))


def records(file: BinaryIO, *, encoding: str) -> Iterator[Record]:
    """Read record after record; blank ones come as a record without cells.

    Parameters
    ----------
    file : at its beginning; bytes that the encoding does not know break their record alone.

    Raises Unmarked for UTF-16 without the mark that says which of its two kinds it is.
    """
    if encoding == "utf-16":
        start = file.read(len(MARKED_UTF_16[0]))
        file.seek(0)
        if start not in MARKED_UTF_16:
            raise Unmarked
    errors = "replace" if encoding == "utf-16" else "surrogateescape"
    lines = _Lines(TextIOWrapper(file, encoding=encoding, errors=errors, newline=""))
    delimiter = lines.delimiter()
    while lines.begin():
        yield _record(lines, delimiter)


def has_unread_bytes(text: str) -> bool:
    """Whether a cell holds bytes that could not be read in the file's encoding."""
    return not text.isascii() and any(ord(char) in _UNREAD_BYTE for char in text)


def _is_unmarked_utf_16(start: bytes) -> bool:
    """Whether a beginning makes lines when read two bytes at a time, which other text does not."""
    if b"\0" not in start:
        return False
    whole = start[: len(start) // 2 * 2]
    texts = [whole.decode(name, "replace") for name in ("utf-16-le", "utf-16-be")]
    return any("\n" in text and "\0" not in text for text in texts)


class _Trial:
    """Reads a file in one encoding, piece by piece, and counts the lines it cannot read."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.broken = self.first_broken = self._last_broken = 0
        self._decoder = getincrementaldecoder(encoding)()

    def read(self, piece: bytes, *, line: int) -> None:
        """Read a piece of a line; its end is known by its last byte."""
        try:
            self._decoder.decode(piece, piece.endswith(b"\n"))
        except UnicodeDecodeError:
            self._decoder.reset()
            self.broken += line != self._last_broken
            self.first_broken = self.first_broken or line
            self._last_broken = line


class _Lines:
    """Hands out lines, remembers those of the present record, and can take some back."""

    def __init__(self, text: TextIOWrapper) -> None:
        self._text = text
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.is_open = False
        self.is_too_long = False
        self._chars = 0

    def begin(self) -> bool:
        """Begin a record; whether there is a line left for it."""
        self.taken, self.is_open, self.is_too_long, self._chars = [], False, False, 0
        first = self._next()
        self._again.appendleft(first)
        return bool(first)

    def delimiter(self) -> str:
        """Which sign parts the cells of the first line."""
        first = self._next()
        self._again.appendleft(first)
        return max(_DELIMITERS, key=first.count)

    def give_back(self) -> None:
        """Have all lines of the record but its first read again."""
        self._again.extendleft(reversed(self.taken[1:]))

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = "" if self._is_full() else self._next()
        if not line:
            self.is_open = True
            raise StopIteration
        self.taken.append(line)
        self._chars += len(line)
        return line

    def _is_full(self) -> bool:
        return len(self.taken) >= MOST_LINES_A_RECORD or self._chars > MOST_LINE_CHARS

    def _next(self) -> str:
        if self._again:
            return self._again.popleft()
        line = self._text.readline(MOST_LINE_CHARS)
        if len(line) < MOST_LINE_CHARS or line.endswith("\n"):
            return line
        self.is_too_long = True
        while (rest := self._text.readline(MOST_LINE_CHARS)) and not rest.endswith("\n"):
            pass
        return line


def _record(lines: _Lines, delimiter: str) -> Record:
    usual = csv.field_size_limit(MOST_LINE_CHARS)
    try:
        cells = next(csv.reader(lines, delimiter=delimiter, strict=True), [])
    except csv.Error:
        cells, lines.is_open = [], True
    finally:
        csv.field_size_limit(usual)
    if lines.is_too_long:
        return Record((), LineTooLong())
    if lines.is_open:
        lines.give_back()
        return Record((lines.taken[0].rstrip("\r\n"),), QuoteOpen())
    if len(cells) > MOST_COLUMNS:
        return Record((), TooManyColumns())
    return Record(tuple(cells))


class EmptyTable(Rejected):
    """There is not one line."""

    def __init__(self) -> None:
        super().__init__(
            "文件是空的，没有可导入的内容。请核对导出时是否选中了数据。",
            "The file is empty; there is nothing to import. Check what was chosen for the export.",
            row=1,
        )


class UnknownEncoding(Rejected):
    """Neither of the encodings that offices use."""

    def __init__(self, row: int) -> None:
        super().__init__(
            "文件既不是 UTF-8 也不是 GB18030 编码，文字读不出来。请另存为 UTF-8 的 CSV 再导入。",
            "The file is neither UTF-8 nor GB18030, so its text cannot be read. "
            "Save it as CSV in UTF-8 and import that.",
            row=row,
        )


class UnmarkedEncoding(UnknownEncoding):
    """UTF-16 without the mark that says which of its two kinds it is."""

    def __init__(self) -> None:
        Rejected.__init__(
            self,
            "文件是不带标记的 UTF-16 编码，文字会读错，没有读入。请另存为 UTF-8 的 CSV 再导入。",
            "The file is in UTF-16 without its mark and would be misread, so nothing was read. "
            "Save it as CSV in UTF-8 and import that.",
            row=1,
        )


class Unmarked(Rejected):
    """A file that is said to be UTF-16 and does not begin as such."""

    def __init__(self) -> None:
        super().__init__(
            "映射里写的编码是 utf-16，但文件开头没有 UTF-16 标记，没有读入。"
            "请删去映射中的 encoding，或把文件另存为 UTF-8 的 CSV。",
            "The mapping says utf-16, but the file does not begin with its mark, so nothing was "
            "read. Take `encoding` out of the mapping, or save the file as CSV in UTF-8.",
            field="encoding",
            row=1,
        )


class QuoteOpen(Rejected):
    """A cell begins with a quote that nothing ends, or goes on after it."""

    def __init__(self) -> None:
        super().__init__(
            "引号没有配对，这一行分不清单元格。请核对这一行的引号，单元格里的引号要写两遍。",
            "A quote is not closed, so the cells of this row cannot be told apart. "
            "Check its quotes; one inside a cell is written twice.",
        )


class LineTooLong(Rejected):
    """A line too long to be held."""

    def __init__(self) -> None:
        super().__init__(
            f"这一行超过 {MOST_LINE_CHARS} 个字，没有读入。请删去误粘贴的内容。",
            f"The line has more than {MOST_LINE_CHARS} characters and was not read. "
            "Remove what was pasted by mistake.",
        )


class TooManyColumns(Rejected):
    """A row with more cells than any spreadsheet has columns."""

    def __init__(self) -> None:
        super().__init__(
            f"这一行超过 {MOST_COLUMNS} 列，没有读入。请核对分隔符，或删去误粘贴的内容。",
            f"The row has more than {MOST_COLUMNS} columns and was not read. Check what parts "
            "the cells, or remove what was pasted by mistake.",
        )
