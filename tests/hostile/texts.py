"""Text tables and packed files that nobody honest sends."""

import gzip
import io
import os
import struct
import zlib
from collections.abc import Callable, Mapping

from tests.hostile.books import book, cell, parts, zeros

HEAD = "编号,内容\n"


def gzip_bomb(megabytes: int = 200) -> bytes:
    """Return zeros that gzip packs to a thousandth."""
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb") as packed:
        for _ in range(megabytes):
            packed.write(b"0" * 1_000_000)
    return file.getvalue()


def named_gzip() -> bytes:
    """Return a gzip whose file name, which is skipped, has no end."""
    return b"\x1f\x8b\x08\x08" + bytes(6) + b"n" * 3_000_000


def wrong_check() -> bytes:
    """Return a gzip whose check sum does not hold."""
    return gzip.compress((HEAD + "1,a\n").encode())[:-8] + struct.pack("<LL", 1, 1)


BAD_TEXTS: Mapping[str, Callable[[], bytes]] = {
    "gzip_bomb": gzip_bomb,
    "gzip_in_gzip": lambda: gzip.compress(gzip_bomb(20)),
    "gzip_cut": lambda: gzip.compress(os.urandom(100_000))[:-500],
    "gzip_wrong_check": wrong_check,
    "gzip_long_name": named_gzip,
    "gzip_garbage": lambda: b"\x1f\x8b" + os.urandom(5_000),
    "gzip_of_a_book_bomb": lambda: gzip.compress(zeros(5_000_000)),
    "gzip_of_a_far_cell": lambda: gzip.compress(book(parts(cell("A1") + cell("XFD1048576")))),
    "million_columns": lambda: b"a," * 1_000_000 + b"a\n1\n",
    "only_nul": lambda: bytes(1_000_000),
    "random": lambda: os.urandom(1_000_000),
    "utf_16_without_mark": lambda: (HEAD + "1,a\n" * 100).encode("utf-16-le"),
    "utf_32": lambda: (HEAD + "1,a\n" * 100).encode("utf-32-be"),
    "every_line_broken": lambda: b"\xff\xff\n" * 500_000,
    "blank_lines": lambda: b"\n" * 2_000_000,
}

HARMLESS_TEXTS: Mapping[str, Callable[[], bytes]] = {
    "long_line": lambda: (HEAD + "1," + "x" * 20_000_000 + "\n2,b\n").encode(),
    "open_quote_over_long_lines": lambda: (
        HEAD + '1,"' + ("y" * 100_000 + "\n") * 100 + "2,b\n"
    ).encode(),
    "open_quotes": lambda: (HEAD + '1,"x\n' * 20_000).encode(),
    "head_without_end": lambda: b"a" * 20_000_000,
    "only_quotes": lambda: b'"' * 3_000_000,
    "nul_in_cell": lambda: (HEAD + "1,a\0b\n").encode(),
    "million_cells_in_a_row": lambda: (HEAD + "," * 1_000_000 + "\n2,b\n").encode(),
    "surrogates": lambda: HEAD.encode() + b"1,\xed\xa0\x80\n2,b\n",
    "carriage_returns": lambda: (HEAD + "1,a\r" * 100_000).encode(),
    "gzip_of_many_members": lambda: gzip.compress(HEAD.encode()) + gzip.compress(b"") * 10_000,
    "gzip_with_rubbish_behind": lambda: gzip.compress(HEAD.encode()) + b"rubbish",
    "not_really_gzip": lambda: zlib.compress(HEAD.encode()),
}
