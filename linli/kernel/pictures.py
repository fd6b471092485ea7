"""Photographs from outside, drawn anew by a process of its own within bounds.

What a picture is, its content says and its name must agree with. What comes out is a JPEG that
holds pixels alone: no place, no time, no device, no words, no smaller picture of before it was cut.
"""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from linli.kernel.bounds import (
    MIB,
    MOST_PICTURE,
    MOST_PIXELS,
    MOST_PIXELS_WHOLE,
    PICTURE_CPU_S,
    PICTURE_MEMORY,
    PICTURE_SIDE,
    PICTURE_WAIT_S,
    PICTURES_AT_ONCE,
    SMALL_SIDE,
)
from linli.kernel.errors import Rejected, Unavailable

_CHILD = Path(__file__).with_name("picture_child.py")
_BOUNDS = (PICTURE_MEMORY, PICTURE_CPU_S, MOST_PIXELS, MOST_PIXELS_WHOLE, PICTURE_SIDE, SMALL_SIDE)
_ENDINGS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif")
# Each takes memory of its own; more of them wait their turn.
_turns = threading.BoundedSemaphore(PICTURES_AT_ONCE)


@dataclass(frozen=True)
class Picture:
    """A picture drawn anew.

    Parameters
    ----------
    data, small : JPEG of at most `PICTURE_SIDE` and `SMALL_SIDE` pixels a side.
    width, height : pixels of the first.
    """

    data: bytes
    small: bytes
    width: int
    height: int


def drawn_anew(name: str, data: bytes) -> Picture:
    """Return a picture that shows the same and says nothing else.

    Parameters
    ----------
    name : the file's name; only its ending is looked at.
    data : the file, at most `MOST_PICTURE` bytes.

    Raises Rejected: PictureTooLarge, PictureUnknown, PictureOfPhone, PictureBroken; Unavailable
    where too many wait.
    """
    if len(data) > MOST_PICTURE:
        raise PictureTooLarge(name)
    kind = _kind_of(name, data)
    if not _turns.acquire(timeout=PICTURE_WAIT_S):
        raise _Busy
    try:
        said = _drawn_apart(name, data)
    finally:
        _turns.release()
    return picture_of(name, said, kind=kind)


def picture_of(name: str, said: bytes, *, kind: str | None) -> Picture:
    """Return the picture that the process beside has drawn.

    Parameters
    ----------
    said : all that it wrote. kind : the format that the picture must have had; None for any.

    Raises PictureTooLarge, PictureBroken.
    """
    head, newline, rest = said.partition(b"\n")
    if not newline:
        raise PictureBroken(name)
    told = json.loads(head)
    if told.get("fault") == "too_many_pixels":
        raise PictureTooLarge(name)
    if "fault" in told or kind not in (None, told["format"]):
        raise PictureBroken(name)
    first, _ = told["bytes"]
    return Picture(rest[:first], rest[first:], int(told["width"]), int(told["height"]))


def _kind_of(name: str, data: bytes) -> str:
    """The format by content; the ending of the name must say the same."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise PictureOfPhone(name)
    if data.startswith(b"\xff\xd8\xff"):
        kind = "JPEG"
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        kind = "PNG"
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        kind = "WEBP"
    else:
        raise PictureUnknown(name)
    if _ENDINGS.get(name.rpartition(".")[2].lower()) != kind:
        raise PictureUnknown(name)
    return kind


def _drawn_apart(name: str, data: bytes) -> bytes:
    """Have it drawn by a process; what that wrote, or PictureBroken."""
    try:
        done = subprocess.run(  # noqa: S603  # our own program; nothing of people's is an argument
            [sys.executable, "-I", str(_CHILD), *map(str, _BOUNDS)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=PICTURE_WAIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PictureBroken(name) from error
    if done.returncode:
        raise PictureBroken(name)
    return done.stdout


class PictureTooLarge(Rejected):
    """More bytes or pixels than are taken."""

    code = "picture_too_large"

    def __init__(self, name: str) -> None:
        most, pixels = MOST_PICTURE // MIB, MOST_PIXELS // 10_000
        super().__init__(
            f"“{_short(name)}”太大（最多 {most} MiB、{pixels} 万像素），没有收下。"
            "请在手机相册里裁剪或压缩后再选。",
            f"{_short(name)} is too large (at most {most} MiB and {pixels}0,000 pixels); it was "
            "not taken. Crop or shrink it on your phone and choose it again.",
            field="photos",
        )


class PictureUnknown(Rejected):
    """No JPEG, PNG or WebP, or one that calls itself otherwise."""

    code = "picture_unknown"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{_short(name)}”不是 JPEG、PNG 或 WebP 照片，或扩展名与内容不符，没有收下。"
            "请直接选手机拍的照片或截图。",
            f"{_short(name)} is no JPEG, PNG or WebP picture, or its name says otherwise than its "
            "content; it was not taken. Choose a photograph or a screenshot as the phone made it.",
            field="photos",
        )


class PictureOfPhone(Rejected):
    """HEIC or AVIF, which not every browser of an office can show."""

    code = "picture_heic"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{_short(name)}”是 HEIC 格式，这里打不开。请把照片截一张图再选截图；"
            "以后可在“设置－相机－格式”里选“兼容性最佳”。",
            f"{_short(name)} is HEIC, which cannot be opened here. Take a screenshot of it and "
            "choose that; for later, set Camera, Formats to Most Compatible.",
            field="photos",
        )


class PictureBroken(Rejected):
    """A picture that does not open, or takes more memory or time than it may."""

    code = "picture_broken"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{_short(name)}”打不开或已损坏，没有收下。请重拍一张，或换一张照片。",
            f"{_short(name)} does not open or is damaged and was not taken. Take it again, or "
            "choose another.",
            field="photos",
        )


class _Busy(Unavailable):
    """Too many pictures wait."""

    def __init__(self) -> None:
        super().__init__(
            "正在处理的照片太多，没有收下。请过一分钟再提交；也可以先不带照片提交。",
            "Too many pictures are being looked at, so nothing was taken. Send it again in a "
            "minute, or send it without pictures.",
        )


def _short(name: str) -> str:
    """Return a name as it may be told: no control or direction marks, not long."""
    return "".join(char for char in name if char.isprintable())[-40:]
