import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from linli.config.database import embedded


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="linli-home-"))
    yield folder
    if folder.exists():
        embedded.remove(folder)


@pytest.fixture(scope="module")
def server() -> Iterator[embedded.Server]:
    folder = Path(tempfile.mkdtemp(prefix="linli-home-"))
    with embedded.serving(folder) as started:
        yield started
    embedded.remove(folder)
