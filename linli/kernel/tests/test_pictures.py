"""Photographs drawn anew: what is refused, and what cannot survive."""

import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from linli.kernel.bounds import MOST_PICTURE, PICTURE_SIDE, SMALL_SIDE
from linli.kernel.pictures import (
    PictureBroken,
    PictureOfPhone,
    PictureTooLarge,
    PictureUnknown,
    drawn_anew,
)

HIDDEN = "岚家在柳荫街9号"
GPS = {1: "N", 2: (39.0, 54.0, 20.0), 3: "E", 4: (116.0, 23.0, 30.0)}
TURNED = 6  # shown a quarter turn to the right


def picture(kind: str = "JPEG", size=(60, 40), **given) -> bytes:
    out = io.BytesIO()
    drawn = Image.new("RGB", size, (200, 30, 30))
    drawn.paste((30, 30, 200), (0, 0, size[0] // 2, size[1]))
    drawn.save(out, kind, **given)
    return out.getvalue()


def told_in_secret() -> dict[str, bytes]:
    """The same words in each place where a picture can carry them."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = HIDDEN
    exif[0x0112] = TURNED
    exif.get_ifd(0x8825).update(GPS)
    xmp = f"<x:xmpmeta><rdf>{HIDDEN}</rdf></x:xmpmeta>".encode()
    text = PngInfo()
    text.add_itxt("Comment", HIDDEN)
    small = picture(comment=HIDDEN.encode())
    return {
        "a.jpg": picture(exif=exif, xmp=xmp, comment=HIDDEN.encode()) + HIDDEN.encode(),
        "a.png": picture("PNG", pnginfo=text, exif=exif) + small,
        "a.webp": picture("WEBP", exif=exif, xmp=xmp),
        "a.JPEG": picture(icc_profile=HIDDEN.encode() * 9),
    }


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of some bytes that unpacks to as much as its head says."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checked)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" * 9_000_000, 9))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.JPEG"])
def test_nothing_but_pixels_survives(name):
    data = told_in_secret()[name]
    made = drawn_anew(name, data)

    for out in (made.data, made.small):
        seen = Image.open(io.BytesIO(out))
        assert seen.format == "JPEG"
        assert (dict(seen.getexif()), set(seen.info) & {"comment", "icc_profile", "xmp"}) == (
            {},
            set(),
        )
        assert not [part for part in (HIDDEN.encode(), b"Exif", b"xmp") if part in out]


def test_a_turned_photograph_comes_out_upright():
    made = drawn_anew("a.jpg", told_in_secret()["a.jpg"])

    assert (made.width, made.height) == (40, 60)


def test_a_large_one_is_made_smaller_and_has_a_small_one_beside_it():
    made = drawn_anew("b.jpg", picture(size=(3000, 1500)))
    small = Image.open(io.BytesIO(made.small))

    assert ((made.width, made.height), max(small.size)) == ((PICTURE_SIDE, 1280), SMALL_SIDE)


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 99, PictureOfPhone),
        ("a.jpg", b"\0\0\0\x18ftypmif1" + b"\0" * 99, PictureOfPhone),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", PictureUnknown),
        ("a.jpg", b"<script>alert(1)</script>", PictureUnknown),
        ("a.gif", b"GIF89a" + b"\0" * 99, PictureUnknown),
        ("a.pdf", b"%PDF-1.7", PictureUnknown),
        ("", b"", PictureUnknown),
        ("a.html", picture(), PictureUnknown),
        ("a.jpg.exe", picture(), PictureUnknown),
        ("a.png", picture(), PictureUnknown),
        ("gpj.exe\u202e", picture(), PictureUnknown),
        ("a.jpg", picture() + b"\0" * MOST_PICTURE, PictureTooLarge),
        ("a.png", png_that_claims(60_000, 60_000), PictureTooLarge),
        ("a.png", png_that_claims(4_000, 4_000), PictureBroken),
        ("a.jpg", b"\xff\xd8\xff" + b"\0" * 99, PictureBroken),
        ("a.jpg", picture()[:300], PictureBroken),
        ("a.webp", b"RIFF\xff\xff\xff\xffWEBPVP8 " + b"\xff" * 99, PictureBroken),
    ],
)
def test_what_is_no_honest_photograph_is_refused_with_what_to_do(name, data, refusal):
    with pytest.raises(refusal) as told:
        drawn_anew(name, data)
    assert "请" in told.value.zh
    assert "\u202e" not in told.value.zh
