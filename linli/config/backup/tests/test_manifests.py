"""Manifests that are none are told as damaged, by name."""

import pytest

from linli.config.backup.errors import Damaged
from linli.config.backup.manifest import MANIFEST, read_manifest, salt_of


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[" * 50_000,
        b'{"format": 1}',
        b'{"format": 1, "salt": "no figures"}',
        b'{"format": 1, "salt": null}',
    ],
)
def test_a_manifest_that_is_none_is_damaged(tmp_path, content):
    (tmp_path / MANIFEST).write_bytes(content)

    for read in (salt_of, lambda folder: read_manifest(folder, None, place="sets/a")):
        with pytest.raises(Damaged):
            read(tmp_path)
