"""A folder without neighbours: a pack may name what lies beside it, and tests lie side by side."""

from pathlib import Path

import pytest


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """A folder of the test's own, one level below pytest's."""
    alone = tmp_path / "alone"
    alone.mkdir()
    return alone
