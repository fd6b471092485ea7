"""What a disk or folder refuses, as a sentence: full, read-only, not ours, not a folder."""

import errno
import os
from pathlib import Path

from linli.config import options
from linli.config.database.folders import linli_home
from linli.kernel.errors import Unavailable

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)
NO_FOLDER = (
    *(errno.ENOTDIR, errno.EEXIST, errno.ENOENT, errno.EISDIR),
    *(errno.ENAMETOOLONG, errno.ELOOP),
)
FEWEST_FILES = 1_000


class NoRoom(Unavailable):
    """Less is free than the floor."""

    code = "no_room"
    retry_after_s = 600

    def __init__(self) -> None:
        super().__init__(
            "服务器的存储空间快用完了，这次没有收下，已有的内容不受影响。请十分钟后再提交；"
            "急事请直接打热线电话。",
            "The server is nearly out of room, so this was not taken; what is there is safe. Send "
            "it again in ten minutes; in urgent matters telephone the hotline.",
        )


def refusal(error: OSError) -> Unavailable | None:
    """Return what to tell people of an error of the disk, None where it may be a fault of ours.

    That a file is missing or is no folder is told of the home and what lies on its path alone.
    """
    place = str(error.filename or linli_home())
    if error.errno in FULL:
        return Unavailable(
            f"磁盘已满或超出配额，写不进“{place}”。已写入的不受影响；请腾出空间后再执行一次。",
            f"The disk is full or its quota used up, so nothing more can be written to {place}. "
            "What was written stands; make room and run it again.",
        )
    if error.errno in CLOSED:
        return Unavailable(
            f"“{place}”不能写入或打开（只读，或不属于当前用户）。请更改权限，"
            "或用 LINLI_HOME 另指一个可写的文件夹。",
            f"{place} cannot be written or opened: it is read-only or another user's. Change its "
            "permissions, or name a folder that can be written with LINLI_HOME.",
        )
    if error.errno in NO_FOLDER and _is_of_home(Path(place)):
        return Unavailable(
            f"“{place}”不能用作数据文件夹：它不是文件夹，或建不起来。请用 LINLI_HOME 另指一个。",
            f"{place} cannot serve as the data folder: it is none, or cannot be made. Name another "
            "with LINLI_HOME.",
        )
    return None


def _is_of_home(place: Path) -> bool:
    home = linli_home()
    return place == home or place in home.parents or home in place.parents


def has_room(folder: Path) -> bool:
    """Return whether as much is free as the floor asks, and files can still be made.

    Where it cannot be told, the write itself will say it.
    """
    try:
        found = os.statvfs(folder)
    except OSError:
        return True
    has_files = not found.f_files or found.f_favail >= FEWEST_FILES
    return has_files and found.f_bavail * found.f_frsize >= floor_bytes()


def require_room(folder: Path) -> None:
    """Raise NoRoom below the floor."""
    if not has_room(folder):
        raise NoRoom


def floor_bytes() -> int:
    """Return how many bytes must stay free."""
    return options.integer("LINLI_FLOOR_MB", least=0) * 1024**2
