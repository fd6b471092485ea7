from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Start each test in Chinese; a request in English must not colour the next test."""
    with translation.override("zh-hans"):
        yield
