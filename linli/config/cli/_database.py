"""A database for the length of a verb: the embedded one is started and left again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django

from linli.config import options
from linli.config.database import embedded
from linli.config.database.folders import linli_home


@contextmanager
def database(role: str = "web") -> Iterator[None]:
    """Have a server running and Django ready, connected as the given role, for a block.

    Roles: owner, web, worker, insight, audit, backup. LINLI_ROLE of the environment goes before.
    """
    os.environ.setdefault("LINLI_ROLE", role)
    if options.text("LINLI_DATABASE_URL"):
        django.setup()
        yield
        return
    with embedded.serving(linli_home()):
        django.setup()
        yield
