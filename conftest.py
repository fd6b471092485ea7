"""The tests' environment: one embedded PostgreSQL in a home of its own, gone at the end.

Started when the first test asks for a database, shared by all workers of a run (each has a
database of its own in it), stopped and deleted by the process that made the home.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import django
import pytest
from pytest_django.plugin import blocking_manager_key

from linli.config.database import embedded
from linli.config.messages import compile_messages

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
HOMES = Path(tempfile.gettempdir())
LOCK = "session.lock"


def _home_of_this_run() -> Path:
    if IS_WORKER:
        return Path(os.environ["LINLI_HOME"])
    _sweep()
    home = Path(tempfile.mkdtemp(prefix="linli-test-", dir=HOMES))
    fcntl.flock(os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_EX)
    return home


def _sweep() -> None:
    """Remove the homes of runs that were killed; a run's lock goes with its process."""
    for home in HOMES.glob("linli-test-*"):
        gone_foreign_or_alive = (FileNotFoundError, PermissionError, BlockingIOError)
        with suppress(*gone_foreign_or_alive), (home / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            embedded.remove(home)


HOME = _home_of_this_run()
os.environ["LINLI_ENV"] = "test"
os.environ["LINLI_HOME"] = str(HOME)
# Said, not left to the default: verbs that run inside the tests would set their own role here,
# and the worker processes that tests start afterwards would inherit it.
os.environ["LINLI_ROLE"] = "owner"
os.environ["DJANGO_SETTINGS_MODULE"] = "linli.config.settings"
if not IS_WORKER:
    compile_messages()
django.setup()


def pytest_unconfigure() -> None:
    if not IS_WORKER:
        embedded.remove(HOME)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Point Django at the tests' server before it makes the first test database."""
    if os.environ.get("LINLI_DATABASE_URL"):
        yield
        return
    from django.db import connection  # noqa: PLC0415  # only after the environment stands

    server = embedded.start(HOME, is_throw_away=True)
    connection.settings_dict["HOST"] = str(server.folders.sockets)
    yield
    connection.close()
    server.leave()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Put the heads of the journal back once a test that commits has been swept.

    Sweeping empties every table, also those that a migration filled; whichever test comes next
    stands on them, so it is done after the sweep and not before the next that commits.
    """
    yield
    marker = item.get_closest_marker("django_db")
    commits = marker is not None and bool(marker.kwargs.get("transaction"))
    commits = commits or "transactional_db" in getattr(item, "fixturenames", ())
    if nextitem is None or not commits:
        return
    from django.db import connection  # noqa: PLC0415  # only after the environment stands

    with item.config.stash[blocking_manager_key].unblock(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_journalhead (stream, seq, hash)"
            " SELECT stream, 0, sha256(convert_to('linli journal stream ' || stream, 'UTF8'))"
            " FROM generate_series(0, 63) AS stream ON CONFLICT DO NOTHING"
        )
