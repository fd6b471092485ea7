"""Reads bytes as the product would: one function a parser, a value or one of its refusals."""

import gzip
import io
import os
import resource
import struct
import sys
import tempfile
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from linli.domain.catalogue.rules.loader import Loaded, load_pack
from linli.domain.catalogue.rules.references import Known
from linli.domain.needs.rules.mapping import ImportMapping, mapping_of
from linli.domain.organisations.rules.duty_rows import read_duty_rows
from linli.domain.organisations.rules.unit_rows import read_unit_rows
from linli.domain.places.rules.drawing import drawn
from linli.domain.places.rules.features import read_features
from linli.domain.places.rules.lookup import Outline, OutlineIndex
from linli.domain.places.rules.marks import read_landmarks
from linli.domain.places.rules.rows import read_rows
from linli.kernel import picture_child, sheet_child
from linli.kernel.archives import check_archive
from linli.kernel.bounds import (
    CHILD_CPU_S,
    CHILD_MEMORY,
    MOST_CELL_CHARS,
    MOST_CELLS,
    MOST_LINE_CHARS,
    MOST_PIXELS,
    MOST_PIXELS_WHOLE,
    PICTURE_SIDE,
    SMALL_SIDE,
)
from linli.kernel.delimited import records, scan
from linli.kernel.pictures import Picture, drawn_anew, picture_of
from linli.kernel.sheets import SHEET_MARKS, Sheet, TooManyCells, open_sheet, sheet_of
from linli.kernel.tables import TableRow, open_table
from linli.kernel.unpacking import unpacked

NAME_END, PART_END = b"\0", b"\1"
SMALL = (
    2_000  # pixels: the fuzzer draws pictures that cost little; large ones are the bombs' matter
)


def text_table(data: bytes) -> list[TableRow]:
    """Read a table as an import does; spreadsheets have targets of their own."""
    if data.startswith(SHEET_MARKS):
        return []
    return list(open_table(io.BytesIO(data)).rows)


def delimited(data: bytes) -> int:
    """Read records in each encoding that a mapping may name."""
    file = io.BytesIO(data)
    count = 0
    for encoding in (scan(file).encoding, "utf-8", "gb18030", "utf-16"):
        file = io.BytesIO(data)
        count += sum(1 for _ in records(file, encoding=encoding))
    return count


def packed_table(data: bytes) -> int:
    """Unpack gzip."""
    return sum(len(line) for line in unpacked(io.BytesIO(data)))


def packed_anew(data: bytes) -> int:
    """Unpack what was packed, so that the check sums hold."""
    return len(text_table(gzip.compress(data, 1)))


def archive(data: bytes) -> None:
    """Look a zip through."""
    check_archive(io.BytesIO(data))


def parts_of(data: bytes) -> dict[str, bytes]:
    """Files by name, of one text that holds them all."""
    pieces = (piece.partition(NAME_END) for piece in data.split(PART_END))
    return {name.decode("utf-8", "replace"): content for name, _, content in pieces}


def in_one(parts: dict[str, bytes]) -> bytes:
    """Return one text that holds files by name."""
    return PART_END.join(name.encode() + NAME_END + content for name, content in parts.items())


def sheet(data: bytes) -> int:
    """Read a spreadsheet by a copy of this process, and what it says as we do."""
    if data.startswith(SHEET_MARKS[0]):
        check_archive(io.BytesIO(data))
    most = (MOST_CELLS, MOST_CELL_CHARS, MOST_LINE_CHARS)
    act = partial(sheet_child.read, io.BytesIO(data), "", most=most)
    with tempfile.TemporaryFile() as lines:
        if not _lives(act, lines):
            raise TooManyCells
        lines.seek(0)
        return _counted(sheet_of(lines, ""))


def _lives(act: Callable[[], None], out: BinaryIO) -> bool:
    """Let a copy of this process do something that it may die of; whether it did not."""
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1] == 0
    with suppress(BaseException):  # whatever comes ends this copy, as it ends the child
        sys.settrace(None)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (CHILD_CPU_S, CHILD_CPU_S))
        most = _data_now() + CHILD_MEMORY
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        out.write(_said(act))
        out.flush()
        os._exit(0)
    os._exit(1)


def _data_now() -> int:
    """Bytes of data that this process has already, and its copy with it."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[5]
    return int(pages) * resource.getpagesize()


def sheet_parts(data: bytes) -> int:
    """Read a spreadsheet of whose members the fuzzer changes the text."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in parts_of(data).items():
            packed.writestr(zipfile.ZipInfo(name.replace("\0", "")[:60_000] or "a"), content)
    return sheet(file.getvalue())


def sheet_apart(data: bytes) -> int:
    """Read a spreadsheet by a process of its own."""
    return _counted(open_sheet(io.BytesIO(data)))


def _counted(opened: Sheet) -> int:
    return sum(1 for _ in opened.rows)


def _said(act) -> bytes:
    """What a child's function writes to its standard output."""
    out = io.BytesIO()
    with redirect_stdout(io.TextIOWrapper(out, write_through=True)) as text:
        act()
        sys.stdout.flush()
        text.detach()
    return out.getvalue()


def picture(data: bytes) -> Picture:
    """Draw a picture as the process beside does, and take what it says as we do."""
    pixels = (min(MOST_PIXELS, SMALL**2), min(MOST_PIXELS_WHOLE, SMALL**2))
    sides = (min(PICTURE_SIDE, 64), min(SMALL_SIDE, 16))
    said = _said(lambda: picture_child.draw(data, most_pixels=pixels, sides=sides))
    return picture_of("a.jpg", said, kind=None)


def picture_chunks(data: bytes) -> Picture:
    """Draw a PNG whose check sums are put right, so that what stands in it is read."""
    return picture(b"".join(_with_sums(data)))


def _with_sums(data: bytes) -> Iterator[bytes]:
    yield data[:8]
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        body = data[at + 4 : at + 8 + length]
        yield data[at : at + 4] + body + struct.pack(">I", zlib.crc32(body))
        at += 12 + length
    yield data[at:]


def picture_apart(data: bytes) -> Picture:
    """Draw a picture by a process of its own."""
    ending = {b"\xff\xd8": "jpg", b"\x89P": "png"}.get(data[:2], "webp")
    return drawn_anew(f"a.{ending}", data)


def features(data: bytes) -> tuple[object, ...]:
    """Read GeoJSON, then draw and look up what was read."""
    found, faults = read_features(data, source="a.geojson")
    drawn([one.polygon for one in found])
    outlines = [Outline.of(area_id=1, kind="grid", polygon=one.polygon) for one in found]
    OutlineIndex(outlines).area_at(lng=120.0, lat=30.0)
    return list(found), faults


def areas(data: bytes) -> tuple[object, ...]:
    """Read a table of areas."""
    return read_rows(data, source="a.csv")


def landmarks(data: bytes) -> tuple[object, ...]:
    """Read a table of landmarks."""
    return read_landmarks(data)


def units(data: bytes) -> tuple[object, ...]:
    """Read a file of units."""
    return read_unit_rows(data)


def duties(data: bytes) -> tuple[object, ...]:
    """Read a file of duties; as a spreadsheet it has a target of its own."""
    return ([], []) if data.startswith(SHEET_MARKS) else read_duty_rows(data)


def pack(data: bytes) -> Loaded:
    """Read a pack, and say what is wrong in both languages."""
    loaded = load_pack(parts_of(data), Known())
    deque((one.text(lang) for one in loaded.problems for lang in ("zh-hans", "en")), maxlen=0)
    return loaded


def mapping(data: bytes) -> ImportMapping:
    """Read the mapping of an import."""
    return mapping_of(data, name="mapping.yaml")
