"""Keeps web and worker running beside the database, and ends them all together."""

import os
import signal
import socket
import time
from collections import deque
from types import TracebackType
from typing import Self

from linli.config import options
from linli.config.database import embedded, postmaster
from linli.config.database.folders import find, linli_home
from linli.config.processes import Child, end, start_verb
from linli.kernel.errors import Unavailable

ANSWERS_WITHIN_S = 60.0
LOOK_EVERY_S = 0.25
# A part that falls this often in a minute will fall again: better to stop and say so.
FALLS_A_MINUTE = 5


def address_for(port: int) -> str:
    """Return the loopback address to serve on: the port asked for, or a free one if taken."""
    for candidate in (port, 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", candidate))
            except OSError:
                continue
            return f"127.0.0.1:{trial.getsockname()[1]}"
    raise Unavailable("本机没有空闲端口。", "This machine has no free port.")


class Supervisor:
    """Web and worker as processes of their own; what falls is started again."""

    def __init__(self, bind: str) -> None:
        self.bind = bind
        self.children: list[Child] = []
        self._is_asked_to_stop = False
        self._falls: deque[float] = deque(maxlen=FALLS_A_MINUTE)

    def __enter__(self) -> Self:
        for known in (signal.SIGINT, signal.SIGTERM):
            signal.signal(known, self._ask_to_stop)
        self.children = [
            start_verb("web", "--bind", self.bind, role="web"),
            start_verb("worker", role="worker"),
        ]
        if options.text("LINLI_BACKUPS") and not options.text("LINLI_DATABASE_URL"):
            self.children.append(start_verb("backup", "watch", role="backup"))
        try:
            self._await_answer()
        except Unavailable:
            end(self.children)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        end(self.children)

    def watch(self) -> None:
        """Start again what falls, until asked to stop; raises Unavailable if it falls too often."""
        while not self._is_asked_to_stop:
            self._restart_database()
            for place, child in enumerate(self.children):
                if not child.is_alive:
                    self._note_fall(child)
                    self.children[place] = start_verb(*child.verb, role=child.verb[0])
            time.sleep(LOOK_EVERY_S)

    def _ask_to_stop(self, *_: object) -> None:
        self._is_asked_to_stop = True

    def _restart_database(self) -> None:
        if options.text("LINLI_DATABASE_URL"):
            return
        folders = find(linli_home())
        if folders is not None and postmaster.running(folders) is None:
            # The seat taken here is dropped at once; ours from the start of `up` still stands.
            os.close(embedded.start(linli_home()).seat)

    def _note_fall(self, child: Child) -> None:
        now = time.monotonic()
        self._falls.append(now)
        if len(self._falls) == FALLS_A_MINUTE and now - self._falls[0] < 60:
            raise Unavailable(
                f"{child.verb[0]} 一分钟内停了 {FALLS_A_MINUTE} 次，已全部停止。请看上面的日志。",
                f"{child.verb[0]} fell {FALLS_A_MINUTE} times in a minute, so all is stopped. "
                "See the log above.",
            )

    def _await_answer(self) -> None:
        host, _, port = self.bind.partition(":")
        deadline = time.monotonic() + ANSWERS_WITHIN_S
        while time.monotonic() < deadline and not self._is_asked_to_stop:
            if not all(child.is_alive for child in self.children):
                break
            try:
                socket.create_connection((host, int(port)), timeout=1).close()
            except OSError:
                time.sleep(LOOK_EVERY_S)
            else:
                return
        if not self._is_asked_to_stop:
            raise Unavailable(
                f"网页服务没有在 {self.bind} 上应答。请看上面的日志。",
                f"The pages did not answer on {self.bind}. See the log above.",
            )
