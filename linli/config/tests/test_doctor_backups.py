"""What the doctor says about backups.

Serves: X05.
"""

import json
from datetime import timedelta

import pytest
from django.test import override_settings

from linli.config.backup.keys import BackupKey
from linli.config.backup.manifest import Manifest, write_manifest
from linli.config.backup.store import Store, name_for
from linli.config.doctor.backups import backup_findings
from linli.kernel.clock import utc_now

KEY = BackupKey(b"a key for these tests alone")


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "backups")
    store.make()
    with override_settings(LINLI_HOME=tmp_path):
        yield store


def _add_set(store: Store, *, hours_ago: float) -> None:
    at = utc_now() - timedelta(hours=hours_ago)
    name = name_for(at, "full")
    manifest = Manifest(
        name, "full", None, at, at, "0.1.0", "18.6", "7", 1, "0/3000028", "0/3000120", 1, ()
    )
    (store.sets / name).mkdir()
    write_manifest(store.sets / name, manifest, KEY, salt=bytes(16))


def _lines() -> list[str]:
    return [finding.text("en") for finding in backup_findings()]


def test_no_backup_is_a_word_in_the_demo_and_a_problem_in_production(store):
    with override_settings(IS_PRODUCTION=False):
        (in_demo,) = _lines()
    with override_settings(IS_PRODUCTION=True):
        (in_production,) = _lines()

    assert in_demo.startswith("! There is no backup")
    assert in_production.startswith("✗ There is no backup")


def test_a_fresh_set_and_a_good_rehearsal_are_well_and_a_missing_log_is_not(store):
    _add_set(store, hours_ago=3)
    store.rehearsal.write_text(json.dumps({"at": utc_now().isoformat(), "differing": []}))

    with override_settings(IS_PRODUCTION=True):
        made, log, rehearsed, _ = _lines()

    assert made.startswith("✓ Last backup") and "3.0 h ago" in made
    assert log.startswith("✗") and "head.json" in log
    assert rehearsed.startswith("✓") and "all rows equal" in rehearsed


def test_an_old_set_and_a_rehearsal_that_differed_are_problems(store):
    _add_set(store, hours_ago=72)
    store.rehearsal.write_text(json.dumps({"at": utc_now().isoformat(), "differing": ["a: 1 ≠ 2"]}))

    with override_settings(IS_PRODUCTION=True):
        made, _, rehearsed, _ = _lines()

    assert made.startswith("✗") and "72.0 h ago" in made
    assert rehearsed.startswith("✗") and "rows differed" in rehearsed
