import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from linli.config.disk import refusal
from linli.config.refusals import RefusalFile
from linli.domain.needs.services import Export

HOME = "/srv/linli"


@pytest.fixture
def home(monkeypatch) -> Path:
    monkeypatch.setenv("LINLI_HOME", HOME)
    return Path(HOME)


@pytest.mark.parametrize(
    ("number", "place", "word"),
    [
        (errno.ENOSPC, "/elsewhere/x", "full"),
        (errno.EDQUOT, None, "full"),
        (errno.EROFS, f"{HOME}/secret_key.new", "read-only"),
        (errno.EACCES, "/elsewhere", "permissions"),
        (errno.EEXIST, HOME, "LINLI_HOME"),
        (errno.ENOTDIR, f"{HOME}/run", "LINLI_HOME"),
        (errno.ENOENT, "/srv", "LINLI_HOME"),
    ],
)
def test_what_a_disk_refuses_is_told_in_a_sentence_with_its_place(home, number, place, word):
    told = refusal(OSError(number, os.strerror(number), place))

    assert told is not None
    assert word in told.en
    assert (place or HOME) in told.en
    assert (place or HOME) in told.zh


@pytest.mark.parametrize(
    ("number", "place"), [(errno.ENOENT, "/elsewhere/x"), (errno.EBADF, HOME), (errno.EPIPE, None)]
)
def test_a_fault_of_ours_is_not_laid_to_the_disk(home, number, place):
    assert refusal(OSError(number, os.strerror(number), place)) is None


def run(home: Path, *verb: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LINLI_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "linli.config.cli", *verb],
        env={**kept, "LINLI_HOME": str(home), "LC_ALL": "en_US.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("below", ["", "below", "n" * 300])
@pytest.mark.parametrize("verb", [("migrate",), ("up", "--port", "0")])
def test_a_home_that_is_none_ends_a_verb_with_a_sentence(tmp_path, verb, below):
    file = tmp_path / "file"
    file.touch()
    place = tmp_path / below if len(below) > 200 else file / below if below else file
    done = run(place, *verb)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(tmp_path) in done.stderr


def test_a_home_that_is_read_only_ends_a_verb_with_a_sentence():
    done = run(Path("/proc/linli"), "migrate")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "/proc/linli" in done.stderr


def test_a_place_for_refused_rows_that_is_no_file_is_left_alone(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    export = Export(head=("a",), rows=iter(()), expected=0, columns={}, unlisted=())
    with RefusalFile(pipe, export):
        pass
    os.close(reader)

    assert pipe.exists()
