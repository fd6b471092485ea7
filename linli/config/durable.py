"""Files that are whole or not there: made once, whoever else makes them, and on the disk."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

OURS_ALONE, FOLDER_OF_OURS = 0o600, 0o700


def write_once(path: Path, content: str) -> bool:
    """Write a file for us alone that is not there yet; False where it is, or another was first.

    Written aside, brought to the disk and linked: two that make it at once agree on the first
    one's, and no crash leaves half of it. The folder must be there.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OURS_ALONE)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, path)
        is_first = True
    except FileExistsError:  # whoever was first may not have brought it to the disk yet
        is_first = False
    finally:
        draft.unlink()
    sync_folder(path.parent)
    return is_first


def make_folder(folder: Path, *, mode: int = FOLDER_OF_OURS) -> None:
    """Make a folder and those missing above it, with their names on the disk; may be there.

    What lies in a folder is safe only if the folder's own name is. A folder above that we may
    not read is left to its owner.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    for made in missing or [folder]:
        with suppress(PermissionError):
            sync_folder(made.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
