"""A file that is made once is whole, is ours alone, and keeps what the first one wrote."""

import stat
from concurrent.futures import ThreadPoolExecutor

from linli.config.durable import write_once


def test_of_many_who_make_it_at_once_one_does_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "key"

    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda n: write_once(path, f"key {n}"), range(8)))

    assert made.count(True) == 1
    assert path.read_text() == f"key {made.index(True)}"
    assert [file.name for file in tmp_path.iterdir()] == ["key"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_there_stays(tmp_path):
    path = tmp_path / "key"
    path.write_text("old")

    assert not write_once(path, "new")
    assert path.read_text() == "old"
