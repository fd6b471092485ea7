"""Child processes that neither outlive their parent nor die of the terminal's Ctrl-C."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass

STOP_WITHIN_S = 20.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A verb of ours that runs as a process of its own."""

    verb: tuple[str, ...]
    process: subprocess.Popen[bytes]

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None


def start_verb(*verb: str, role: str) -> Child:
    """Start `linli VERB` in a session of its own, so that only we end it."""
    process = subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-m", "linli.config.cli", *verb],
        env={**os.environ, "LINLI_ROLE": role},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    return Child(verb, process)


def end(children: list[Child]) -> None:
    """Ask all to finish what they do, wait, and kill who does not listen."""
    for child in children:
        with suppress(ProcessLookupError):
            child.process.terminate()
    for child in children:
        try:
            child.process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def end_with_parent() -> None:
    """Have the kernel end this process when its parent dies, where the kernel can (Linux)."""
    if sys.platform == "linux" and os.getppid() != 1:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
