"""PostgreSQL's own programs as a client: they run as who we are, not as the server's user."""

import os
import subprocess
import tempfile
from typing import BinaryIO, Protocol

from linli.config.backup.errors import ToolFailed
from linli.config.database.binaries import programs_for
from linli.config.database.owner import server_owner

PIECE = 1 << 20
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "PGCONNECT_TIMEOUT": "20"}
WORDS_TOLD = 600


class _Taker(Protocol):
    def write(self, data: bytes, /) -> int: ...


def run_tool(program: str, *arguments: str, timeout_s: float = 3600) -> None:
    """Run a program to its end. Raises ToolFailed with what it said."""
    with tempfile.TemporaryFile() as heard:
        process = _started(program, arguments, out=heard, heard=heard)
        try:
            code = process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise ToolFailed(program, f"> {timeout_s:.0f} s") from None
        if code != 0:
            raise ToolFailed(program, _said(heard, code))


def stream_tool(program: str, *arguments: str, into: _Taker) -> None:
    """Run a program and hand on all that it prints. Raises ToolFailed with what it said."""
    with tempfile.TemporaryFile() as heard:
        process = _started(program, arguments, out=subprocess.PIPE, heard=heard)
        if process.stdout is None:
            raise ToolFailed(program, "no output")
        try:
            while piece := process.stdout.read(PIECE):
                into.write(piece)
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            process.stdout.close()
        if (code := process.wait()) != 0:
            raise ToolFailed(program, _said(heard, code))


def _started(
    program: str, arguments: tuple[str, ...], *, out: BinaryIO | int, heard: BinaryIO
) -> subprocess.Popen[bytes]:
    path = programs_for(server_owner()) / program
    return subprocess.Popen(  # noqa: S603  # our own programs, no words of people
        [str(path), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=heard,
        cwd="/",
        env=ENVIRONMENT | {k: v for k, v in os.environ.items() if k == "PGPASSFILE"},
        umask=0o077,
    )


def _said(heard: BinaryIO, code: int) -> str:
    heard.seek(0)
    said = heard.read().decode("utf-8", "replace").strip()[-WORDS_TOLD:]
    return f"{said} ({code})"
