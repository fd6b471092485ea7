"""Where the data, the sockets and the logs of the embedded server lie; all of it 0700.

A plain user's lie in LINLI_HOME. Root's lie in /var/lib/linli, because the server's own user
cannot enter /root and no folder that is not ours is ever opened for it.
"""

import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from linli.config.database.binaries import SYSTEM_FOLDER
from linli.config.database.owner import Owner
from linli.config.durable import make_folder, sync_folder
from linli.kernel.errors import Unavailable

SOCKET_NAME = ".s.PGSQL.5432"
CLUSTERS = SYSTEM_FOLDER / "clusters"
LONGEST_SOCKET_BYTES = 100  # Linux takes 107, macOS 103; the lock file beside it adds to neither


@dataclass(frozen=True)
class Folders:
    """The folders of one embedded server."""

    home: Path
    data: Path
    sockets: Path

    @property
    def log(self) -> Path:
        """The file that the server writes before its own log collector runs."""
        return self.data / "start.log"


def linli_home() -> Path:
    """Return the folder that holds everything of this installation: LINLI_HOME or its default."""
    named = os.environ.get("LINLI_HOME", "")
    home = Path(named) if named else Path.home() / ".local" / "share" / "linli"
    return home.expanduser().absolute()


def make_home(home: Path) -> None:
    """Make the home where it is missing. Raises Unavailable where it is another user's."""
    make_folder(home)
    if home.stat().st_uid != os.geteuid():
        raise _of_a_stranger(home)


def lay_out(home: Path, owner: Owner) -> Folders:
    """Make what is missing of the server's folders and return them; not for two at once.

    Raises Unavailable where another kind of user laid them out.
    """
    make_home(home)
    is_of_root = _cluster_apart(home) is not None
    if os.path.lexists(home / "pgdata") and is_of_root != (os.geteuid() == 0):
        raise _of_a_stranger(home)
    return _lay_out_apart(home, owner) if owner.is_other else _lay_out_inside(home)


def find(home: Path) -> Folders | None:
    """Return the folders as they are, or None where no server was ever laid out."""
    cluster = _cluster_apart(home)
    folders = (
        Folders(home, cluster / "data", cluster / "run")
        if cluster is not None
        else Folders(home, (home / "pgdata").resolve(), _real(home / "run"))
    )
    return folders if folders.data.is_dir() else None


def socket_folder(home: Path) -> Path:
    """Return where clients of the embedded server connect, started or not."""
    folders = find(home)
    return folders.sockets if folders is not None else home / "run"


def _lay_out_inside(home: Path) -> Folders:
    sockets = home / "run"
    if len(os.fsencode(sockets / SOCKET_NAME)) <= LONGEST_SOCKET_BYTES:
        sockets.mkdir(mode=0o700, exist_ok=True)
    elif not _is_private(_real(sockets)):
        # The link is the memory of which private folder it was; /tmp is emptied at times.
        sockets.unlink(missing_ok=True)
        sockets.symlink_to(tempfile.mkdtemp(prefix="linli-", dir=_runtime_folder()))
    return Folders(home, (home / "pgdata").resolve(), _real(sockets))


def _lay_out_apart(home: Path, owner: Owner) -> Folders:
    cluster = _cluster_apart(home) or _new_cluster(home, owner)
    if not cluster.is_dir():
        raise Unavailable(
            f"{home / 'pgdata'} 指向 {cluster}，而该目录已不存在。请恢复它，或另设 LINLI_HOME。",
            f"{home / 'pgdata'} points to {cluster}, and that folder is gone. "
            "Put it back, or set another LINLI_HOME.",
        )
    return Folders(home, cluster / "data", cluster / "run")


def _cluster_apart(home: Path) -> Path | None:
    """Return the folder in /var/lib/linli that a home of root's points to."""
    link = home / "pgdata"
    cluster = Path(os.readlink(link)).parent if link.is_symlink() else None
    return cluster if cluster is not None and cluster.parent == CLUSTERS else None


def _new_cluster(home: Path, owner: Owner) -> Path:
    make_folder(CLUSTERS, mode=0o711)
    cluster = CLUSTERS / secrets.token_hex(6)
    for folder in (cluster, cluster / "run"):
        folder.mkdir(mode=0o700)
        os.chown(folder, owner.uid, owner.gid)
    (home / "pgdata").symlink_to(cluster / "data")
    for folder in (cluster, CLUSTERS, home):
        sync_folder(folder)
    return cluster


def _of_a_stranger(home: Path) -> Unavailable:
    holder, us = home.stat().st_uid, os.geteuid()
    return Unavailable(
        f"{home} 属于系统用户 {holder}，当前用户是 {us}。请用原来的用户启动，或另设 LINLI_HOME。",
        f"{home} belongs to system user {holder}, and this is user {us}. "
        "Start as the user who made it, or set another LINLI_HOME.",
    )


def _runtime_folder() -> str | None:
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    return named if named and _is_private(Path(named)) else None


def _is_private(folder: Path) -> bool:
    if not folder.is_dir() or folder.is_symlink():
        return False
    facts = folder.stat()
    return facts.st_uid == os.geteuid() and facts.st_mode & 0o077 == 0


def _real(path: Path) -> Path:
    return Path(os.readlink(path)) if path.is_symlink() else path
