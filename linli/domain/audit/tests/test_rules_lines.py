"""Lines of the anchor that no seal wrote, whatever they hold."""

import pytest

from linli.domain.audit.rules.seals import read_line


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[" * 50_000,
        b'{"seal":' * 20_000 + b"1" + b"}" * 20_000,
        b'{"seal": {"number": ' + b"9" * 5_000 + b"}}",
        b'{"seal": {"at": "\\ud800"}}',
        b"\xff",
    ],
    ids=["nothing", "lists", "mappings", "number", "half a pair", "byte"],
)
def test_what_no_seal_wrote_is_no_seal(line):
    assert read_line(line) is None
