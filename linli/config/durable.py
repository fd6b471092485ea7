"""Files that are whole or not there: made once, whoever else makes them, and on the disk."""

import os
import secrets
from pathlib import Path

OURS_ALONE = 0o600


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
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    sync_folder(path.parent)
    return True


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
