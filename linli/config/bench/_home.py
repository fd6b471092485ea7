"""A home of the bench's own: an empty embedded database, away from everything that is in use."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.db import connections

from linli.config.database import embedded


@contextmanager
def bench_home() -> Iterator[Path]:
    """Have an empty database and Django as its owner for a block; both are gone afterwards.

    What child processes print goes to standard error: standard output is for the figures.
    """
    home = Path(tempfile.mkdtemp(prefix="linli-bench-"))
    os.environ.pop("LINLI_DATABASE_URL", None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        "LINLI_HOME": str(home),
        "LINLI_ENV": "demo",
        "LINLI_ROLE": "owner",
        "LINLI_LOG_LEVEL": "WARNING",
    }
    try:
        with _figures_only():
            embedded.start(home)
            django.setup()
            yield home
            connections.close_all()
    finally:
        embedded.remove(home)


@contextmanager
def _figures_only() -> Iterator[None]:
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)
