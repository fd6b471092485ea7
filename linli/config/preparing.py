"""What must stand before the first page: tables, packs, static files, and a town in the demo."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from linli.config.database.migrating import migrate
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.catalogue.selectors.drafts import changed_here
from linli.domain.catalogue.services import check_pack, publish_pack
from linli.domain.needs.services import learn_to_read
from linli.kernel.clock import utc_now

# The demo town, when it is part of the program: `settle(at=…)` and `sign_ins()`.
TOWN = "linli.town.settling"
TOLD_EACH = 100
Say = Callable[[str, str], None]


def prepare(say: Say) -> None:
    """Bring database, packs, static files and, in the demo, the town to this version."""
    say("正在准备数据库……", "Preparing the database …")
    migrate()
    published = publish_packs(all_packs(), at=utc_now())
    if published:
        say(f"已发布标准包：{'、'.join(published)}。", f"Packs published: {', '.join(published)}.")
    learn_to_read(at=utc_now())
    gather_static_files()
    if settings.LINLI_ENV == "demo" and find_spec(TOWN) is not None:
        say("正在布置演示街道……", "Settling the demo town …")
        import_module(TOWN).settle(
            at=utc_now(), loaded=_tell_loaded(say), progress=_tell_each_hundred(say)
        )
    connections.close_all()


def _tell_each_hundred(say: Say) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        if done % TOLD_EACH == 0:
            say(f"  已办 {done} / {total} 件", f"  {done} of {total} cases played")

    return tell


def _tell_loaded(say: Say) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        say(f"  已转入往年办结件 {done} / {total} 件", f"  {done} of {total} past cases loaded")

    return tell


def sign_ins() -> list[str]:
    """Return one line for each role of the demo: who signs in, and with what."""
    if settings.LINLI_ENV != "demo" or find_spec(TOWN) is None:
        return []
    return [str(line) for line in import_module(TOWN).sign_ins()]


def all_packs() -> tuple[Path, ...]:
    """Return the folders of all packs of this installation."""
    return tuple(file.parent for file in sorted(settings.LINLI_PACKS.glob("*/pack.yaml")))


def publish_packs(folders: tuple[Path, ...], *, at: datetime) -> list[str]:
    """Publish packs, those that others need first; return name and version of each.

    Raises PackFaulty for the first pack that cannot be taken.
    """
    waiting: dict[str, tuple[Path, set[str], str]] = {}
    for folder in folders:
        content = check_pack(folder).content
        name = content.head.pack if content else folder.name
        needs = set(content.head.requires) if content else set()
        waiting[name] = (folder, needs, content.head.version if content else "")
    published = []
    while waiting:
        ready = [name for name, (_, needs, _) in waiting.items() if not needs & waiting.keys()]
        for name in ready or list(waiting):  # packs that need each other: publishing says so
            folder, _, version = waiting.pop(name)
            kept = changed_here(name, shipped=version) if version else None
            pack = kept or publish_pack(folder, actor=SYSTEM_ACTOR, at=at)
            published.append(f"{pack.code} {pack.version}")
    return published


def gather_static_files() -> None:
    """Copy static files to where they are served from, with their hash in the name."""
    call_command("collectstatic", verbosity=0, interactive=False)
