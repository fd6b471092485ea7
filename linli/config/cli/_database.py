"""A database for the length of a verb: the embedded one is started and left again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import django

from linli.config import options
from linli.config.database import embedded
from linli.config.database.folders import linli_home
from linli.kernel.errors import Unavailable


@contextmanager
def database(role: str = "web", *, with_tables: bool = True) -> Iterator[None]:
    """Have a server running and Django ready, connected as the given role, for a block.

    Roles: owner, web, worker, insight, audit, backup. LINLI_ROLE of the environment goes before.
    Raises Unavailable where tables of this version are missing, unless the block makes them.
    """
    os.environ.setdefault("LINLI_ROLE", role)
    is_given = bool(options.text("LINLI_DATABASE_URL"))
    with nullcontext() if is_given else embedded.serving(linli_home()):
        django.setup()
        if with_tables:
            _require_tables()
        yield


def _require_tables() -> None:
    from linli.config.database.migrating import pending

    if waiting := pending():
        raise Unavailable(
            f"数据库还不是这个版本的（{len(waiting)} 个迁移未执行）。请先执行 linli migrate。",
            f"The database is not of this version yet ({len(waiting)} migrations wait). "
            "Run linli migrate first.",
        )
