"""The ground that the demo plays on: a home of its own, put back to the start by each run."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import connections

from linli.config.database.copying import begin_from_copy, keep_copy
from linli.config.database.folders import find
from linli.config.database.migrating import migrate, pending
from linli.config.preparing import all_packs, publish_packs
from linli.domain.catalogue.selectors import published_state
from linli.kernel.errors import Unavailable
from linli.town.settling import settle_offices

Say = Callable[[str, str], None]


def lay(home: Path, say: Say, *, at: datetime) -> None:
    """Bring database, packs and offices of the demo's home to the state before any message.

    The first run makes them and keeps a copy; later runs begin from the copy, made anew where
    this version has other tables or packs. The database of the home is emptied.
    """
    folders = find(home)
    if folders is None:
        raise Unavailable("演示用的数据库没有启动。", "The demo's database was not started.")
    is_copy = begin_from_copy(folders)
    if not is_copy:
        say(
            "第一次运行，正在建库、发布标准包、布置街道……",
            "First run: making database, packs and offices …",
        )
    before = "" if not is_copy or pending() else published_state()
    migrate()
    publish_packs(all_packs(), at=at)
    settle_offices(at=at)
    is_changed = published_state() != before
    connections.close_all()
    if is_changed:
        keep_copy(folders)
