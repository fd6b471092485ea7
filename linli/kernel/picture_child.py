"""Opens one picture in a process of its own, which may die of it, and draws it anew.

Run by its path, not imported: it knows nothing of Linli. The picture is its standard input. A line
of JSON goes to its standard output, then the new picture and a small one, both JPEG with nothing
but pixels in them. Arguments: bytes of memory, seconds of CPU, most pixels of a JPEG, most
of others, longest side of the new picture, longest side of the small one.
"""

import io
import json
import resource
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Drawn

FORMATS = ("JPEG", "PNG", "WEBP")
WHITE = (255, 255, 255)
QUALITY, SMALL_QUALITY = 85, 70


def main(arguments: list[str]) -> None:
    """Confine the process, then draw."""
    memory, cpu, pixels, whole, side, small = map(int, arguments)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # what goes out is a pipe
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    draw(sys.stdin.buffer.read(), most_pixels=(pixels, whole), sides=(side, small))


def draw(data: bytes, *, most_pixels: tuple[int, int], sides: tuple[int, int]) -> None:
    """Write the new pictures out, or why there are none."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  # confined first

    Image.MAX_IMAGE_PIXELS = None  # the bound is ours
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as source:
            kind = str(source.format)
            if source.width * source.height > most_pixels[kind != "JPEG"]:
                say({"fault": "too_many_pixels"})
                return
            # JPEG can be unpacked at an eighth, a quarter, a half: a big one takes no more memory.
            source.draft("RGB", (sides[0], sides[0]))
            source.thumbnail((sides[0], sides[0]))
            upright = ImageOps.exif_transpose(source)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, KeyError) as error:
        say({"fault": "unreadable", "reason": type(error).__name__})
        return
    plain = _on_white(upright)
    # Only pixels go over: no EXIF, XMP, comment, profile or thumbnail has a way into the new one.
    bare = Image.frombytes("RGB", plain.size, plain.tobytes())
    little = bare.copy()
    little.thumbnail((sides[1], sides[1]))
    made = [_jpeg(bare, QUALITY), _jpeg(little, SMALL_QUALITY)]
    said = {"format": kind, "width": bare.width, "height": bare.height}
    say(said | {"bytes": [len(one) for one in made]})
    for one in made:
        sys.stdout.buffer.write(one)


def _on_white(picture: "Drawn") -> "Drawn":
    """Return the picture as RGB; what is transparent becomes white."""
    from PIL import Image  # noqa: PLC0415  # confined first

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground = Image.new("RGB", clear.size, WHITE)
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _jpeg(picture: "Drawn", quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=False, progressive=False)
    return out.getvalue()


def say(value: object) -> None:
    """Write one line."""
    sys.stdout.buffer.write(json.dumps(value).encode("ascii") + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:])
