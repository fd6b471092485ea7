"""Files that the command is given, read whole and no further than they may reach."""

from pathlib import Path

from linli.kernel.unpacking import read_bounded


def file_bytes(path: Path, *, most: int) -> bytes:
    """Read a file of at most `most` bytes. Raises TooLarge."""
    with path.open("rb") as file:
        return read_bounded(file, most=most)
