"""What the first pages tell people to type does what they say."""

import os
import subprocess

import pytest

from tests.architecture.sources import ROOT


@pytest.mark.parametrize(("words", "port"), [(["PORT=9123"], " --port 9123"), (["PORT="], "")])
def test_make_run_takes_a_port(words, port):
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    said = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", "run", *words],
        cwd=ROOT,
        env=outside,  # a run of these tests by make is no part of what is asked here
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.splitlines()[-1].endswith(f"linli.config.cli up{port}")


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "docs/how-to/run.md"])
def test_the_first_pages_say_where_the_command_is_and_how_to_choose_a_port(page):
    told = (ROOT / page).read_text(encoding="utf-8")

    assert ".venv/bin/activate" in told
    assert "PORT=9000" in told
