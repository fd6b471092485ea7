from collections.abc import Iterator
from pathlib import Path

import pytest

from linli.jobs.tests.builders import Workers, write


@pytest.fixture
def journal(transactional_db: None) -> Iterator[None]:
    """A journal that other connections see, and a table for effects without any key."""
    write("CREATE TABLE jobs_scratch (journal_id bigint)")
    yield
    write("DROP TABLE jobs_scratch")
    write("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_events CASCADE")


@pytest.fixture
def workers(journal: None, tmp_path: Path) -> Iterator[Workers]:
    """Worker processes that end with the test."""
    started = Workers(tmp_path / "worker.log")
    yield started
    if started.running is not None:
        started.running.kill()
        started.running.wait()
