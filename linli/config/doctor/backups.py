"""The backups: how old the last set is, how far the log reaches, when a restore was rehearsed."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from linli.config import options
from linli.config.backup.carrying import read_head
from linli.config.backup.store import Store, store_of
from linli.config.doctor.finding import Finding
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError

SET_WITHIN = timedelta(hours=48)
LOG_WITHIN = timedelta(minutes=5)
REHEARSED_WITHIN = timedelta(days=100)


def backup_findings() -> Iterator[Finding]:
    """Yield what concerns backups; in the demo nothing of it is a problem."""
    if options.text("LINLI_DATABASE_URL"):
        said = "外部数据库由其管理员备份", "The keeper of the given server backs it up"
        yield Finding(True, *said, "docs/how-to/backup.md")
        return
    store, at = store_of(settings.LINLI_HOME), utc_now()
    yield _last_set(store, at)
    if store.names():
        yield _log(store, at)
        yield _rehearsal(store, at)
        yield _place(store)


def _last_set(store: Store, at: datetime) -> Finding:
    made = store.manifests(None)
    if not made:
        return _told(False, "没有备份", "There is no backup", "linli backup")
    age = at - made[-1].made_at
    hours = age / timedelta(hours=1)
    return _told(
        age <= SET_WITHIN,
        f"最近的备份 {made[-1].name}，{hours:.1f} 小时前制作并核验",
        f"Last backup {made[-1].name}, made and proved {hours:.1f} h ago",
        "linli backup",
    )


def _log(store: Store, at: datetime) -> Finding:
    try:
        head = read_head(store, None)
    except LinliError as fault:
        return _told(False, fault.zh, fault.en, "linli backup --full")
    age = at - head.at if head else timedelta.max
    minutes = age / timedelta(minutes=1)
    return _told(
        age <= LOG_WITHIN,
        f"日志备份落后 {minutes:.1f} 分钟",
        f"The log's backup is {minutes:.1f} min behind",
        "LINLI_BACKUPS=…, linli up; linli backup watch",
    )


def _rehearsal(store: Store, at: datetime) -> Finding:
    try:
        told = json.loads(store.rehearsal.read_bytes())
        when, is_equal = datetime.fromisoformat(told["at"]), not told["differing"]
    except (OSError, ValueError, KeyError):
        said = "从未演练过恢复", "A restore was never rehearsed"
        return Finding(True, *said, "linli backup rehearse")
    days = (at - when).days
    return _told(
        is_equal and at - when <= REHEARSED_WITHIN,
        f"恢复演练于 {days} 天前，{'逐行相同' if is_equal else '有不同的行'}",
        f"Restore rehearsed {days} days ago, {'all rows equal' if is_equal else 'rows differed'}",
        "linli backup rehearse",
    )


def _place(store: Store) -> Finding:
    is_apart = store.folder.stat().st_dev != settings.LINLI_HOME.stat().st_dev
    said = f"备份目录 {store.folder}", f"Backups in {store.folder}"
    return Finding(True, *said, "" if is_apart else "LINLI_BACKUPS=/another/disk")


def _told(is_well: bool, zh: str, en: str, advice: str) -> Finding:
    """Return a finding that is a problem in production only."""
    is_fine = is_well or not settings.IS_PRODUCTION
    return Finding(is_fine, zh, en, "" if is_well else advice)
