"""Which system user runs the embedded server; PostgreSQL refuses to be root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

from linli.kernel.errors import Unavailable

SYSTEM_USER = "linli_postgres"


@dataclass(frozen=True)
class Owner:
    """A system user: the server's own, and who may connect to it."""

    name: str
    uid: int
    gid: int
    client: str

    @property
    def is_other(self) -> bool:
        """Whether commands for the server must first change to its user."""
        return self.uid != os.geteuid()


def server_owner() -> Owner:
    """Return who runs the server: ourselves, or a system user of its own when we are root."""
    if os.geteuid() == 0:
        entry = _system_user()
        return Owner(entry.pw_name, entry.pw_uid, entry.pw_gid, pwd.getpwuid(0).pw_name)
    name = _own_name()
    return Owner(name, os.geteuid(), os.getegid(), name)


def _own_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError as error:
        uid = os.geteuid()
        raise Unavailable(
            f"系统用户 {uid} 没有名字，内置 PostgreSQL 认不出它。"
            "请在 /etc/passwd 中添加该用户，或用 LINLI_DATABASE_URL 指定数据库。",
            f"System user {uid} has no name, so the embedded PostgreSQL cannot know it. "
            "Add it to /etc/passwd, or name a server in LINLI_DATABASE_URL.",
        ) from error


@cache
def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _create_system_user()
        return pwd.getpwnam(SYSTEM_USER)


def _create_system_user() -> None:
    # sbin is not on every PATH, also not on root's under `su` without a dash.
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    command = f"useradd --system --no-create-home --shell /usr/sbin/nologin {SYSTEM_USER}"
    if program is not None:
        arguments = command.split()[1:]
        done = subprocess.run([program, *arguments], capture_output=True, check=False)  # noqa: S603  # fixed arguments
        # 9: another process made the user in the meantime, which is what was wanted.
        if done.returncode in (0, 9):
            return
    raise Unavailable(
        f"PostgreSQL 不能以 root 身份运行，而系统用户 {SYSTEM_USER} 建不起来。"
        f"请执行：{command}；或改用普通用户启动。",
        f"PostgreSQL refuses to run as root, and the system user {SYSTEM_USER} could not be made. "
        f"Run: {command}; or start as a plain user.",
    )
