"""The verbs, as a process of their own: what they say and how they end."""

import json
import os
import subprocess
import sys

from linli.config.database.tests.builders import ROOT


def _linli(*words: str, home, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "linli.config.cli", *words],
        env={**os.environ, "LINLI_HOME": str(home), "LC_ALL": "en", **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_server_of_others_is_refused_with_what_to_do(tmp_path):
    said = _linli("backup", home=tmp_path, LINLI_DATABASE_URL="postgresql://db.example/linli")

    assert said.returncode == 1
    assert "pgBackRest" in said.stderr and "Traceback" not in said.stderr


def test_the_sets_are_listed_without_any_key(stand, tmp_path):
    said = _linli("backup", "list", "--json", home=tmp_path, LINLI_BACKUPS=str(stand.store.folder))

    told = json.loads(said.stdout)
    assert [made["name"] for made in told["sets"]] == [made.name for made in stand.chain]
    assert told["until"] is not None


def test_a_restore_without_its_key_or_to_no_moment_says_what_to_name(stand, tmp_path):
    start = ("restore", "--from", str(stand.store.folder), "--into", str(tmp_path / "new"))
    short = tmp_path / "key"
    short.write_text("the wrong key, long enough")

    without = _linli(*start, home=tmp_path / "none")
    wrong = _linli(*start, "--key-file", str(short), home=tmp_path / "none")
    odd = _linli(*start, "--to", "yesterday", home=stand.home)

    assert [said.returncode for said in (without, wrong, odd)] == [1, 1, 1]
    assert "--key-file" in without.stderr
    assert "not the one of the backup" in wrong.stderr
    assert "'yesterday' is no moment" in odd.stderr
    assert not (tmp_path / "new").exists()
