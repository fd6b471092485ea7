"""The same server for somebody who is not root; tried as the system user `nobody`."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from linli.config.database.tests.builders import ROOT

PACKAGES = Path(psycopg.__file__).parents[1]
TOUR = """
import os, stat, sys
from pathlib import Path
import psycopg
from linli.config.database import embedded
home = Path(sys.argv[1])
with embedded.serving(home) as server:
    address = dict(host=str(server.folders.sockets), dbname="linli")
    with psycopg.connect(user="linli_web", **address) as connection:
        print(connection.execute("SELECT current_user").fetchone()[0])
    print(server.folders.data.relative_to(home), server.folders.sockets.relative_to(home))
    print(oct(stat.S_IMODE(server.folders.data.stat().st_mode)))
    print(server.folders.data.owner())
print(embedded.stop(home))
"""


def _as_nobody(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments,
        user="nobody",
        cwd="/",
        env={"PATH": os.defpath, "PYTHONPATH": f"{ROOT}:{PACKAGES}"},
        capture_output=True,
        text=True,
        check=False,
    )


def _python_for_nobody() -> str | None:
    pythons = [sys.executable, shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin")]
    for python in filter(None, pythons):
        try:
            if _as_nobody(python, "-c", "import psycopg, linli.kernel").returncode == 0:
                return python
        except PermissionError:
            continue
    return None


def test_a_plain_user_has_everything_in_his_own_home():
    python = _python_for_nobody() if os.geteuid() == 0 else None
    if python is None:
        pytest.skip("needs root, and a Python and packages that nobody can read")
    home = Path(tempfile.mkdtemp(prefix="linli-home-"))
    os.chown(home, pwd.getpwnam("nobody").pw_uid, -1)

    said = _as_nobody(python, "-c", TOUR, str(home))
    shutil.rmtree(home)

    assert said.stderr == ""
    assert said.stdout.split() == ["linli_web", "pgdata", "run", "0o700", "nobody", "False"]
