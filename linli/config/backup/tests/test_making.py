"""A set is whole or not there: after a kill, on a full disk, beside another one at work."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from linli.config.backup.carrying import carry, read_head
from linli.config.backup.errors import Busy, NoRoom
from linli.config.backup.framing import sealing
from linli.config.backup.keys import BackupKey
from linli.config.backup.making import Maker
from linli.config.backup.pruning import sets_to_go
from linli.config.backup.room import require_free
from linli.config.backup.store import Store
from linli.config.database.tests.builders import ROOT, connect, wait_until
from linli.kernel.clock import utc_now


def _backup(stand, folder: Path, *, limit: int | None = None) -> subprocess.Popen[str]:
    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [sys.executable, "-m", "linli.config.cli", "backup", "--full"],
        env={
            **os.environ,
            "LINLI_HOME": str(stand.home),
            "LINLI_BACKUPS": str(folder),
            "LC_ALL": "en_US.UTF-8",
        },
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=limited,
    )


def test_after_a_kill_the_next_run_clears_up_and_makes_a_whole_set(stand, tmp_path):
    killed = _backup(stand, tmp_path)
    sets = tmp_path / "sets"
    assert wait_until(lambda: any(sets.glob("*.partial/database*")))
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    half = [path.name for path in sets.iterdir()]

    said, _ = (again := _backup(stand, tmp_path)).communicate()

    (whole,) = sets.iterdir()
    assert half[0].endswith(".partial") and half[0] in said
    assert again.returncode == 0
    assert not whole.name.endswith(".partial")


def test_a_disk_that_is_full_midway_is_told_and_leaves_nothing_half_made(stand, tmp_path):
    said, _ = (run := _backup(stand, tmp_path, limit=1_000_000)).communicate()

    assert run.returncode == 1
    assert "did not succeed" in said and "Traceback" not in said
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".lock"] == []


def test_a_sealed_file_that_the_disk_does_not_take_leaves_no_name(tmp_path):
    (tmp_path / "a.sealed.partial").symlink_to("/dev/full")
    key = BackupKey(b"a key for this test alone")

    with (
        pytest.raises(OSError, match="No space left"),
        sealing(tmp_path / "a.sealed", key, salt=bytes(16), name="a") as sealed,
    ):
        sealed.write(bytes(3_000_000))

    assert list(tmp_path.iterdir()) == []


def test_too_little_room_is_told_with_both_sizes_before_anything_begins(tmp_path):
    with pytest.raises(NoRoom, match="MB are free"):
        require_free({tmp_path: 10**18})


def test_two_at_once_is_one_too_many(stand):
    with stand.store.busy("log"), pytest.raises(Busy):
        carry(stand.store, stand.source, stand.key, home=stand.home)


def test_a_round_of_the_log_reaches_the_present_and_lets_the_server_forget(stand):
    at = stand.write("for the log")

    carry(stand.store, stand.source, stand.key, home=stand.home)

    head = read_head(stand.store, stand.key)
    assert head is not None and head.at > at
    assert stand.source.kept_from(stand.store.slot) == head.end


def test_log_that_the_server_no_longer_has_is_told_as_a_hole(stand, tmp_path):
    own = Store(tmp_path / "own")  # its slot is lost here, and no other test's with it
    Maker(own, stand.source, stand.key, stand.home, lambda zh, en: None).make(at=utc_now())
    shutil.copytree(own.folder, tmp_path / "left")
    left = Store(tmp_path / "left")
    with connect(stand.server, role="postgres") as superuser:
        superuser.execute("SELECT pg_drop_replication_slot(%s)", [own.slot])
    for _ in range(2):  # the copy is left behind while the other folder goes on
        stand.write("for the log")
        with connect(stand.server, role="postgres") as superuser:
            superuser.execute("CHECKPOINT")
        here = carry(own, stand.source, stand.key, home=stand.home)

    there = carry(left, stand.source, stand.key, home=stand.home)

    assert (here.has_hole, there.has_hole) == (False, True)
    with connect(stand.server, role="postgres") as superuser:
        superuser.execute("SELECT pg_drop_replication_slot(%s)", [own.slot])


def test_nothing_of_the_content_can_be_read_without_the_key(stand):
    stand.write("居民的一句话 canary-7731")
    carry(stand.store, stand.source, stand.key, home=stand.home)

    for path in stand.store.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"canary-7731" not in data
            assert b"first key" not in data


def test_pruning_keeps_what_any_moment_of_the_days_kept_needs(stand):
    (full, *steps) = stand.chain
    at = full.made_at + timedelta(days=40)
    newer = [
        _moved(full, days=10),
        _moved(steps[0], days=11),
        _moved(full, days=30),
    ]
    chain = [full, *steps, *newer]

    assert sets_to_go(chain, keep=timedelta(days=35), at=at) == ()
    assert sets_to_go(chain, keep=timedelta(days=29), at=at) == (full, *steps)
    assert sets_to_go(chain, keep=timedelta(days=1), at=at) == tuple(chain[:-1])


def _moved(made, *, days: int):
    return type(made)(**{**vars(made), "made_at": made.made_at + timedelta(days=days)})
