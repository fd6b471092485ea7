"""From a moment to what restores it: which sets, which part of the log, which files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from linli.config.backup import lsn
from linli.config.backup.carrying import SEALED, Head, read_head
from linli.config.backup.errors import Damaged, NothingThere, OutOfRange, WrongVersion
from linli.config.backup.keys import BackupKey
from linli.config.backup.manifest import Manifest
from linli.config.backup.store import Store, stamp_of
from linli.config.database.binaries import wheel_version


@dataclass(frozen=True)
class Target:
    """Where a restore stops: at a moment, at a named point of the log, or at the log's end."""

    moment: datetime | None = None
    point: str | None = None


@dataclass(frozen=True)
class Plan:
    """What a restore takes, oldest first: sets, segments of the log, archives of files."""

    store: Store
    target: Target
    chain: tuple[Manifest, ...]
    log: tuple[str, ...]
    files: tuple[str, ...]
    covered_until: datetime


def plan_restore(
    store: Store, key: BackupKey, target: Target, *, set_name: str | None = None
) -> Plan:
    """Return what restores a moment, from the newest set before it or from the one named.

    Raises Damaged, WrongKey, WrongVersion, OutOfRange or NothingThere.
    """
    known = [name for name in store.names() if set_name is None or name == set_name]
    newest = _newest_before(store, key, target, known if set_name is None else [set_name])
    chain = store.chain(newest.name, key)
    for manifest in chain:
        _require_version(manifest)
    head = read_head(store, key)
    last = _covered_until(chain[-1], head)
    if target.moment is not None and target.moment > last:
        raise OutOfRange(target.moment, chain[-1].made_at, last)
    log = _log(store, key, chain, target, head)
    return Plan(store, target, chain, log, _files(store, chain[-1], target, head), last)


def log_names(store: Store, *, timeline: int, first: int, end: int) -> list[str]:
    """Return the files of the segments from the first up to an end. Raises Damaged for a hole."""
    there: dict[int, list[str]] = {}
    for name in segment_names(store):
        there.setdefault(lsn.number_of(name), []).append(name)
    names = []
    for number in range(first, end):
        if number not in there:
            lost = lsn.segment_name(timeline, number)
            raise Damaged(f"wal/{lost}{SEALED}", "文件缺失", "it is missing")
        names += there[number]
    return names


def segment_names(store: Store) -> list[str]:
    """Return the files of all segments, in order."""
    there = sorted(path.name for path in store.wal.glob(f"*{SEALED}"))
    return [name for name in there if lsn.is_segment(name.removesuffix(SEALED))]


def file_names(store: Store, *, after: str, head: Head | None) -> list[str]:
    """Return the archives of files that came after a set began. Raises Damaged for a loss."""
    there = sorted(path.name for path in store.files.glob(f"*{SEALED}"))
    if head is not None and head.files is not None and head.files not in there:
        raise Damaged(f"files/{head.files}", "文件缺失", "it is missing")
    return [name for name in there if name > after]


def _newest_before(store: Store, key: BackupKey, target: Target, names: Sequence[str]) -> Manifest:
    if not names:
        raise NothingThere(str(store.folder))
    made = None
    for name in reversed(names):
        made = store.manifest(name, key)
        if target.moment is None or made.made_at <= target.moment:
            return made
    if made is None or target.moment is None:
        raise NothingThere(str(store.folder))
    raise OutOfRange(target.moment, made.made_at, _covered_until(made, read_head(store, key)))


def _covered_until(last: Manifest, head: Head | None) -> datetime:
    if head is None or head.system != last.system:
        return last.made_at
    return max(head.at, last.made_at)


def _require_version(manifest: Manifest) -> None:
    place = f"sets/{manifest.name}"
    if manifest.major != wheel_version().split(".")[0]:
        raise WrongVersion(place, f"PostgreSQL {manifest.server}", f"PostgreSQL {wheel_version()}")
    if _numbers(manifest.linli) > _numbers(version("linli")):
        raise WrongVersion(place, f"Linli {manifest.linli}", f"Linli {version('linli')}")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def _log(
    store: Store, key: BackupKey, chain: Sequence[Manifest], target: Target, head: Head | None
) -> tuple[str, ...]:
    """Return the segments from the last set to the target, and those that tell of timelines."""
    last = chain[-1]
    if head is None or head.system != last.system:
        return ()
    end = _end_of_log(store, lsn.segment_of(head.end))
    if target.moment is not None:
        for later in store.manifests(key):
            if later.made_at > target.moment and later.name > last.name:
                # Its log ends after the moment: what comes behind is not needed.
                end = min(end, lsn.segment_of(lsn.parse(later.stop_lsn)) + 1)
                break
    first = lsn.segment_of(lsn.parse(last.start_lsn))
    history = sorted(path.name for path in store.wal.glob(f"*.history{SEALED}"))
    log = log_names(store, timeline=last.timeline, first=first, end=end)
    return (*history, *log)


def _end_of_log(store: Store, end: int) -> int:
    """Return the end of the log that is there: a round that was killed wrote no head."""
    there = {lsn.number_of(name) for name in segment_names(store)}
    while end in there:
        end += 1
    return end


def _files(store: Store, last: Manifest, target: Target, head: Head | None) -> tuple[str, ...]:
    """Return the archives up to the first after the moment: keys come before what they lock."""
    names = file_names(store, after=stamp_of(last.began_at), head=head)
    if target.moment is None:
        return tuple(names)
    late = [place for place, name in enumerate(names) if name >= stamp_of(target.moment)]
    return tuple(names[: late[0] + 1] if late else names)
