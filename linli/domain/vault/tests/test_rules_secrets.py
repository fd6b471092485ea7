"""Sealed text: read back as it was written, and nothing else is taken for it."""

import pytest

from linli.domain.vault.rules.secrets import read_back, written
from linli.kernel.crypto import SealBroken


def test_what_was_written_is_read_back():
    assert read_back(written("intl", b"\0\xff-_")) == ("intl", b"\0\xff-_")


@pytest.mark.parametrize(
    "text",
    ["", "a", "linli-sealed:intl:a", "linli-sealed:intl:é", "linli-sealed::\x8c", "x:y:YQ=="],
)
def test_what_is_no_sealed_text_is_refused_by_name(text):
    with pytest.raises(SealBroken):
        read_back(text)
