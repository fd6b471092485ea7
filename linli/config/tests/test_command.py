"""The command as people call it: real processes, a home of their own."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from linli.config.database import embedded
from linli.config.database.tests.builders import ROOT, runs, wait_until


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="linli-home-"))
    yield folder
    embedded.remove(folder)


def _environment(home: Path, lang: str = "en_US.UTF-8") -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    return {
        **plain,
        "LINLI_HOME": str(home),
        # Production minus the town: the demo data have their own tests.
        "LINLI_ENV": "production",
        "LINLI_HOSTS": "127.0.0.1",
        "LANG": lang,
        "PYTHONPATH": str(ROOT),
    }


def _linli(home: Path, *words: str, lang: str = "en_US.UTF-8"):
    return subprocess.run(
        [sys.executable, "-m", "linli.config.cli", *words],
        env=_environment(home, lang),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def _up(home: Path) -> tuple[subprocess.Popen[str], str]:
    """Start everything; return the process and what it printed until it ran."""
    process = subprocess.Popen(
        [sys.executable, "-m", "linli.config.cli", "up", "--port", "0"],
        env={**_environment(home), "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("Ctrl-C"):
            return process, said
    raise AssertionError(said)


def _family(process: subprocess.Popen[str], home: Path) -> list[int]:
    server = int((home / "pgdata" / "postmaster.pid").read_text().splitlines()[0])
    children = psutil.Process(process.pid).children(recursive=True)
    return [process.pid, server, *(child.pid for child in children)]


def test_help_tells_every_verb_in_one_line(home):
    said = _linli(home, "--help")

    assert said.returncode == 0
    for verb in ("up", "down", "doctor", "migrate", "packs", "users", "audit", "assets"):
        assert re.search(rf"^  {verb}\s+\S", said.stdout, re.MULTILINE)


def test_what_needs_tables_asks_for_migrate_first(home):
    empty = home / "empty"

    said = _linli(empty, "audit", "verify")
    embedded.remove(empty)

    assert said.returncode == 1
    assert "linli migrate" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_up_runs_and_leaves_no_process_behind_when_asked_to_stop(home, how):
    process, said = _up(home)
    family = _family(process, home)

    process.send_signal(how)
    last_words, _ = process.communicate(timeout=120)
    gone = wait_until(lambda: not any(map(runs, family)))

    assert re.search(r"http://127\.0\.0\.1:\d+/", said)
    assert (process.returncode, gone) == (0, True), last_words


def test_pages_and_jobs_do_not_outlive_a_killed_parent(home):
    process, _ = _up(home)
    family = _family(process, home)

    process.kill()
    process.wait()
    gone = wait_until(lambda: not any(runs(pid) for pid in family if pid != family[1]))
    embedded.stop(home)

    assert gone
    assert not runs(family[1])


def test_a_database_in_use_is_not_stopped_behind_the_back_of_who_uses_it(home):
    with embedded.serving(home) as server:
        refused = _linli(home, "down", lang="zh_CN.UTF-8")
        ran_on = runs(server.pid)
        forced = _linli(home, "down", "--force")

    assert (refused.returncode, ran_on, forced.returncode) == (1, True, 0)
    assert "请先在运行 linli up" in refused.stderr
    assert "is stopped" in forced.stdout
    assert "was running" in _linli(home, "down").stdout


def test_a_worker_that_was_killed_is_started_again(home):
    process, _ = _up(home)

    def workers() -> list[psutil.Process]:
        children = psutil.Process(process.pid).children()
        return [child for child in children if runs(child.pid) and "worker" in child.cmdline()]

    (first,) = workers()
    first.kill()
    again = wait_until(lambda: any(worker.pid != first.pid for worker in workers()))
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)

    assert again


def test_the_doctor_finds_nothing_wrong_with_what_up_made(home):
    _linli(home, "up", "--once", "--port", "0")

    said = _linli(home, "doctor")

    problems = [line for line in said.stdout.splitlines() if line.startswith("✗")]
    # Nobody has gathered the files of the pages or made a backup here yet.
    later = ("linli assets", "linli backup")
    assert [line for line in problems if not any(verb in line for verb in later)] == []


def test_the_doctor_speaks_chinese_where_the_terminal_does(home):
    assert "数据目录" in _linli(home, "doctor", lang="zh_CN.UTF-8").stdout
