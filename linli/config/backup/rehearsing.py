"""A rehearsal: all is restored into an empty place, started, and compared row by row.

The moment compared is exact: writers wait some milliseconds while a point is set in the log and a
snapshot is taken; then they go on, and the snapshot is what the restored rows must equal.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from linli.config.backup.carrying import carry_when_free, read_head
from linli.config.backup.comparing import Table, differences, tables_of
from linli.config.backup.freezing import frozen
from linli.config.backup.keys import BackupKey
from linli.config.backup.planning import Target, plan_restore
from linli.config.backup.restoring import Restorer, discard
from linli.config.backup.sealing import write_whole
from linli.config.backup.source import Source, source_of
from linli.config.backup.store import Store
from linli.config.database import embedded

Say = Callable[[str, str], None]


@dataclass(frozen=True)
class Rehearsal:
    """What a rehearsal showed.

    Parameters
    ----------
    set_name : the last set that was used. tables, rows : compared. differing : what was not equal.
    log_age_s : how old the backups' head was before, None without one: what a fire would have
        taken. carried_s : seconds until the moment compared lay in the backup folder.
    restored_s : seconds from nothing to a server that answers.
    """

    at: datetime
    set_name: str
    tables: int
    rows: int
    differing: tuple[str, ...]
    log_age_s: float | None
    carried_s: float
    restored_s: float

    @property
    def is_equal(self) -> bool:
        """Whether every row was the same."""
        return not self.differing

    @property
    def log_age_text(self) -> str:
        """The age of the log in seconds, for people."""
        return "—" if self.log_age_s is None else f"{self.log_age_s:.1f}"

    def figures(self) -> dict[str, object]:
        """Return all of it as plain values."""
        return asdict(self) | {"at": self.at.isoformat()}


@dataclass(frozen=True)
class Rehearser:
    """Everything that a rehearsal needs."""

    store: Store
    source: Source
    key: BackupKey
    home: Path
    say: Say

    def rehearse(self, *, at: datetime) -> Rehearsal:
        """Restore the present moment elsewhere and compare; nothing of it is left behind.

        Raises what a restore raises, and Unavailable where writers never pause.
        """
        head = read_head(self.store, self.key)
        place = self.store.spool(self.home) / "rehearsal"
        discard(place)
        point = f"linli-{at:%Y%m%dT%H%M%S.%f}"
        with frozen(self.source, name=point) as snapshot:
            began = time.monotonic()
            carry_when_free(self.store, self.source, self.key, home=self.home)
            carried = time.monotonic() - began
            try:
                name, seconds, copy = self._restored(place, point)
            finally:
                discard(place)
            self.say("正在与原库逐行比较……", "Comparing with the source, row by row …")
            ours = tables_of(snapshot)
        rehearsal = Rehearsal(
            at=at,
            set_name=name,
            tables=len(ours),
            rows=sum(table.rows for table in ours.values()),
            differing=tuple(differences(ours, copy)),
            log_age_s=(at - head.at).total_seconds() if head else None,
            carried_s=carried,
            restored_s=seconds,
        )
        _note(self.store, rehearsal)
        return rehearsal

    def _restored(self, place: Path, point: str) -> tuple[str, float, dict[str, Table]]:
        """Restore to the point and start; returns the set, the seconds, and the tables there."""
        began = time.monotonic()
        plan = plan_restore(self.store, self.key, Target(point=point))
        Restorer(plan, self.key, place, self.say).restore()
        with embedded.serving(place) as server:
            seconds = time.monotonic() - began
            with source_of(server.folders).connected() as restored:
                tables = tables_of(restored)
        return plan.chain[-1].name, seconds, tables


def _note(store: Store, rehearsal: Rehearsal) -> None:
    """Leave word for the doctor."""
    told = json.dumps(rehearsal.figures(), ensure_ascii=False, indent=1)
    write_whole(store.rehearsal, told.encode())
