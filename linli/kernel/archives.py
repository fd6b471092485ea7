"""Zips from outside (spreadsheets are such), looked through before anybody unpacks them.

Declared sizes are summed first; then every member is unpacked piece by piece and thrown away, so
that a list that lies is found out as well. Nothing is kept.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from linli.kernel.bounds import (
    MOST_ARCHIVE,
    MOST_DIRECTORY,
    MOST_MEMBERS,
    MOST_TIMES,
    MOST_UNPACKED,
    TIMES_COUNT_ABOVE,
)
from linli.kernel.errors import Rejected

_END = struct.Struct("<4s4H2LH")  # the record with which a zip ends
_END_MARK = b"PK\x05\x06"
_BIG_MARK = b"PK\x06\x07"
_BIG_BYTES = 20
_MOST_COMMENT = 65_535
_LOCAL = struct.Struct("<4s5H3L2H")  # what stands before each member
_LOCAL_MARK = b"PK\x03\x04"
_LOCKED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PIECE = 65_536
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_MARKUP = (".xml", ".rels", ".vml")


def check_archive(file: BinaryIO) -> None:
    """Look through a zip and go back to its beginning.

    Raises TooLarge, Bomb, ArchiveBroken, ArchiveLocked, Declarations.
    """
    size = file.seek(0, 2)
    if size > MOST_ARCHIVE:
        raise TooLarge(size, MOST_ARCHIVE)
    members = _listed(file, size)
    _check_list(members)
    for start, member in _places(file, members):
        _check_member(file, start, member)
    file.seek(0)


def _listed(file: BinaryIO, size: int) -> Sequence[zipfile.ZipInfo]:
    """Members by the zip's own list, whose own size is looked at before it is read."""
    tail = min(size, _END.size + _MOST_COMMENT + _BIG_BYTES)
    file.seek(size - tail)
    end = file.read(tail)
    at = end.rfind(_END_MARK)
    if at < 0 or len(end) - at < _END.size or _BIG_MARK in end[max(0, at - _BIG_BYTES) : at]:
        raise ArchiveBroken("no end")
    _, _, _, _, count, listed, begins, comment = _END.unpack_from(end, at)
    if at + _END.size + comment != len(end) or begins + listed != size - tail + at:
        raise ArchiveBroken("something stands before or behind it")
    if count > MOST_MEMBERS or listed > MOST_DIRECTORY:
        raise Bomb
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError) as error:
        raise ArchiveBroken(str(error)) from error


def _check_list(members: Sequence[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise Bomb
    if unpacked > TIMES_COUNT_ABOVE and unpacked > packed * MOST_TIMES:
        raise Bomb
    if len({member.filename for member in members}) < len(members):
        raise ArchiveBroken("a member stands twice")
    for member in members:
        if member.flag_bits & _LOCKED:
            raise ArchiveLocked
        if member.compress_type not in _METHODS:
            raise ArchiveBroken("an unusual way of packing")


def _places(
    file: BinaryIO, members: Sequence[zipfile.ZipInfo]
) -> Iterator[tuple[int, zipfile.ZipInfo]]:
    """Each member with where its bytes begin; members that share bytes are refused."""
    free = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        file.seek(member.header_offset)
        head = file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or not head.startswith(_LOCAL_MARK):
            raise ArchiveBroken("a member is not where the list says")
        *_, name, extra = _LOCAL.unpack(head)
        start = member.header_offset + _LOCAL.size + name + extra
        if member.header_offset < free:
            raise Bomb
        free = start + member.compress_size
        yield start, member


def _check_member(file: BinaryIO, start: int, member: zipfile.ZipInfo) -> None:
    file.seek(start)
    count, tail = 0, b""
    is_markup = member.filename.lower().endswith(_MARKUP)
    for piece in _unpacked(file, member):
        count += len(piece)
        if count > member.file_size:
            raise Bomb
        seen = tail + piece
        if is_markup and any(word in seen for word in _DECLARATIONS):
            raise Declarations
        tail = piece[-len(max(_DECLARATIONS)) :]


def _unpacked(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    left = member.compress_size
    reader = zlib.decompressobj(-zlib.MAX_WBITS)
    while left and (packed := file.read(min(left, _PIECE))):
        left -= len(packed)
        if member.compress_type == zipfile.ZIP_STORED:
            yield packed
            continue
        while packed and not reader.eof:
            try:
                yield reader.decompress(packed, _PIECE)
            except zlib.error as error:
                raise ArchiveBroken(str(error)) from error
            packed = reader.unconsumed_tail


class TooLarge(Rejected):
    """A file larger than is taken."""

    code = "file_too_large"

    def __init__(self, size: int, most: int) -> None:
        here, end = f"{size / 1024**2:.0f} MiB", f"{most / 1024**2:.0f} MiB"
        super().__init__(
            f"文件有 {here}，最多收 {end}，没有读入。请分成几个文件再导入。",
            f"The file has {here}; at most {end} are taken, so nothing was read. "
            "Part it into several files.",
        )


class Bomb(Rejected):
    """A packed file that would unpack to far more than it looks."""

    code = "file_unpacks_too_large"

    def __init__(self) -> None:
        most = MOST_UNPACKED // 1024**2
        super().__init__(
            f"文件解压后过大（最多 {most} MiB、压缩比 {MOST_TIMES}、{MOST_MEMBERS} 个内部文件），"
            "没有读入。请只留要导入的表，另存后再导入；文件若来自别处，请先核实来源。",
            f"Unpacked, the file is too large (at most {most} MiB, {MOST_TIMES} times its packed "
            f"size, {MOST_MEMBERS} members), so nothing was read. Keep only the table that is to "
            "come in and save it anew; if others sent the file, ask where it came from.",
        )


class ArchiveBroken(Rejected):
    """A packed file that is not built as it should be."""

    code = "file_broken"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"文件结构不完整或不寻常（{reason[:80]}），没有读入。请用表格软件打开并另存后再导入。",
            f"The file is broken or unusually built ({reason[:80]}), so nothing was read. Open it "
            "in a spreadsheet program, save it anew and import that.",
        )


class ArchiveLocked(Rejected):
    """A packed file with a password."""

    code = "file_locked"

    def __init__(self) -> None:
        super().__init__(
            "文件有密码，读不了。请用表格软件去掉密码、另存后再导入。",
            "The file has a password and cannot be read. Take it off, save the file anew and "
            "import that.",
        )


class Declarations(Rejected):
    """XML that declares entities, with which files fetch others or grow without end."""

    code = "file_declares_entities"

    def __init__(self) -> None:
        super().__init__(
            "文件内部声明了实体（DOCTYPE），正常的表格里没有，所以没有读入。请核实来源，"
            "用表格软件打开并另存后再导入。",
            "The file declares entities (DOCTYPE), which no usual sheet does, so nothing was read. "
            "Ask where it came from; open it in a spreadsheet program and save it anew.",
        )
