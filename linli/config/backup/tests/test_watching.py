"""Backups that go on by themselves, and the sealed chunks under them."""

import threading
from datetime import timedelta

import pytest

from linli.config.backup.carrying import read_head
from linli.config.backup.errors import Damaged
from linli.config.backup.framing import CHUNK, TAG, opened, sealing
from linli.config.backup.keys import BackupKey
from linli.config.backup.store import Store
from linli.config.backup.tests.conftest import silent
from linli.config.backup.watching import Watch
from linli.kernel.clock import utc_now

KEY = BackupKey(b"a key for these tests alone")
HEAD = 56


def _watch(stand, store, told):
    year = timedelta(days=365)
    return Watch(store, stand.source, stand.home, told, every=year, keep=year)


def test_a_round_carries_the_log_and_begins_no_set_that_is_not_due(stand):
    at = stand.write("while somebody watches")

    (watch := _watch(stand, stand.store, silent)).run(threading.Event(), rounds=1)

    head = read_head(stand.store, stand.key)
    assert head is not None and head.at > at
    assert watch.child is None


def test_a_round_that_fails_is_told_and_does_not_end_the_watch(stand, tmp_path):
    (tmp_path / "backups").write_text("a file where the folder should be")
    said = []

    watch = _watch(stand, Store(tmp_path / "backups"), lambda _, en: said.append(en))
    watch.go_round(at=utc_now())
    watch.go_round(at=utc_now())

    assert len(said) == 2 and "trying again soon" in said[0]


def _sealed(folder, size: int):
    path = folder / "content.sealed"
    with sealing(path, KEY, salt=bytes(16), name="one") as out:
        out.write(bytes(size))
    return path


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_opens_to_the_same_bytes(tmp_path, size):
    with opened(_sealed(tmp_path, size), KEY, name="one") as plain:
        assert plain.read() == bytes(size)


@pytest.mark.parametrize("kept", [HEAD, HEAD + CHUNK + TAG, HEAD + 2 * (CHUNK + TAG)])
def test_an_end_cut_off_between_chunks_is_seen(tmp_path, kept):
    path = _sealed(tmp_path, 3 * CHUNK)
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(Damaged), opened(path, KEY, name="one"):
        pass


def test_two_chunks_that_changed_places_are_seen(tmp_path):
    path = _sealed(tmp_path, 3 * CHUNK)
    data, step = path.read_bytes(), CHUNK + TAG
    first, second = data[HEAD : HEAD + step], data[HEAD + step : HEAD + 2 * step]
    path.write_bytes(data[:HEAD] + second + first + data[HEAD + 2 * step :])

    with pytest.raises(Damaged, match="part 1"), opened(path, KEY, name="one"):
        pass


def test_a_file_under_another_name_does_not_open(tmp_path):
    path = _sealed(tmp_path, 10)

    with pytest.raises(Damaged, match="two"), opened(path, KEY, name="two"):
        pass
