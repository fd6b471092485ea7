"""Which sets go when: a moment of the days kept can always be restored."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from linli.config.backup import lsn
from linli.config.backup.framing import PARTIAL
from linli.config.backup.keys import BackupKey
from linli.config.backup.manifest import Manifest
from linli.config.backup.planning import segment_names
from linli.config.backup.store import Store, stamp_of


@dataclass(frozen=True)
class Pruning:
    """What would go: sets, segments of the log and archives of files, by their names."""

    sets: tuple[str, ...]
    log: tuple[str, ...]
    files: tuple[str, ...]


def sets_to_go(
    manifests: Sequence[Manifest], *, keep: timedelta, at: datetime
) -> tuple[Manifest, ...]:
    """Return the sets that no moment of the time kept needs, oldest first.

    The newest set from before that time stays, with the full one it leans on and all after it.
    """
    before = [place for place, made in enumerate(manifests) if made.made_at <= at - keep]
    if not before:
        return ()
    fulls = [place for place in range(before[-1] + 1) if manifests[place].kind == "full"]
    return tuple(manifests[: fulls[-1]]) if fulls else ()


def plan_pruning(store: Store, key: BackupKey, *, keep: timedelta, at: datetime) -> Pruning:
    """Return what would go."""
    manifests = store.manifests(key)
    going = sets_to_go(manifests, keep=keep, at=at)
    if not going:
        return Pruning((), (), ())
    oldest = manifests[len(going)]
    first = lsn.segment_of(lsn.parse(oldest.start_lsn))
    stamp = stamp_of(oldest.began_at)
    return Pruning(
        tuple(made.name for made in going),
        tuple(name for name in segment_names(store) if lsn.number_of(name) < first),
        tuple(sorted(path.name for path in store.files.iterdir() if path.name < stamp)),
    )


def prune(store: Store, pruning: Pruning) -> None:
    """Remove what a plan names; newest sets first, so that none is left without its base.

    Raises Busy where a set is being made.
    """
    with store.busy("sets"):
        for name in reversed(pruning.sets):
            _remove(store.sets / name)
        for name in pruning.log:
            (store.wal / name).unlink(missing_ok=True)
        for name in pruning.files:
            (store.files / name).unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    draft = folder.with_name(folder.name + PARTIAL)
    folder.rename(draft)
    shutil.rmtree(draft)
