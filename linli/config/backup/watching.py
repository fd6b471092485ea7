"""The log carried every few seconds, a set each day, old ones pruned: as long as it runs.

A round that fails is told and tried again: a full backup disk may not take the platform down.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from linli.config.backup.carrying import carry
from linli.config.backup.errors import Busy
from linli.config.backup.keys import KEY_NAME, find_key, new_key_words
from linli.config.backup.pruning import plan_pruning, prune
from linli.config.backup.source import Source
from linli.config.backup.store import Store
from linli.config.processes import Child, end, start_verb
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError

# Twenty seconds, a round and a slow disk are well below the minute that may be lost.
ROUND_S = 20.0
Say = Callable[[str, str], None]


@dataclass
class Watch:
    """Keeps backups going.

    Parameters
    ----------
    every : how old the last set may be. keep : of which time every moment stays restorable.
    """

    store: Store
    source: Source
    home: Path
    say: Say
    every: timedelta
    keep: timedelta
    child: Child | None = None
    has_hole: bool = False

    def run(self, stop: threading.Event, *, rounds: int | None = None) -> None:
        """Go round until told to stop, or for so many rounds."""
        done = 0
        while not stop.is_set():
            self.go_round(at=utc_now())
            done += 1
            if rounds is not None and done >= rounds:
                break
            stop.wait(ROUND_S)
        if self.child is not None:
            self._finish(self.child, is_asked=stop.is_set())

    def go_round(self, *, at: datetime) -> None:
        """Carry what is new, and begin a set where one is due; never raises for what fails."""
        try:
            had_key = (self.home / KEY_NAME).exists()
            key = find_key(self.home, may_make=True)
            if not had_key and (self.home / KEY_NAME).exists():
                self.say(*new_key_words(self.home))
            carried = carry(self.store, self.source, key, home=self.home)
            self.has_hole |= carried.has_hole
            if self.child is not None and not self.child.is_alive:
                self._settle(self.child, at=at)
            if self.child is None and self._is_due(at=at):
                self.child = start_verb("backup", role="backup")
        except Busy:
            return
        except (LinliError, OSError, psycopg.Error) as error:
            told = error.en if isinstance(error, LinliError) else type(error).__name__
            self.say(f"备份没有成功，稍后重试：{told}", f"No backup, trying again soon: {told}")

    def _is_due(self, *, at: datetime) -> bool:
        made = self.store.manifests(None)
        return self.has_hole or not made or at - made[-1].made_at >= self.every

    def _settle(self, child: Child, *, at: datetime) -> None:
        self.child = None
        if child.process.returncode != 0:
            return
        self.has_hole = False
        key = find_key(self.home)
        prune(self.store, plan_pruning(self.store, key, keep=self.keep, at=at))

    def _finish(self, child: Child, *, is_asked: bool) -> None:
        if is_asked:
            end([child])
        child.process.wait()
