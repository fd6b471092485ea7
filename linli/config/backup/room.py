"""Whether a disk has room for what is to come: asked before, not found out halfway."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from linli.config.backup.errors import NoRoom

# A server whose disk is full stops; this much is left to it whatever we write.
LEFT_OVER = 256 * 2**20


def require_room(store: Path, home: Path, *, needs: int) -> None:
    """Raise NoRoom unless a set fits, and beside the home its proof, unpacked."""
    wanted: dict[int, tuple[Path, int]] = {}
    for place in (store, home):
        device = place.stat().st_dev
        _, so_far = wanted.get(device, (place, 0))
        wanted[device] = (place, so_far + needs)
    require_free({place: needed for place, needed in wanted.values()})


def require_free(wanted: Mapping[Path, int]) -> None:
    """Raise NoRoom for the first place that has less free than is wanted of it."""
    for place, needed in wanted.items():
        free = shutil.disk_usage(place).free
        if free < needed + LEFT_OVER:
            raise NoRoom(str(place), needs=needed + LEFT_OVER, free=free)
