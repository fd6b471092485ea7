"""`linli keys` and what the doctor says of keys."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.db import connection

from linli.config.cli import keys
from linli.config.doctor.keys import key_findings
from linli.config.master_keys import FileKeeper
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.vault.services import begin_keys, rotate_master_key, seal_person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.fixture
def keeper(settings, tmp_path):
    settings.LINLI_KEY_KEEPER = FileKeeper(tmp_path / "keys")
    begin_keys(actor=SYSTEM_ACTOR, at=AT)
    return settings.LINLI_KEY_KEEPER


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LINLI_DATABASE_URL", "postgresql:///the-tests-own")
    return lambda *words: CliRunner().invoke(keys.command, words)


def test_keys_are_checked_changed_and_destroyed(keeper, run):
    seal_person("case1", {"reporter_phone": "13800001234"}, at=AT)

    assert "generation 1 (intl): there, and the right one, wraps 4 keys" in run("check").output
    assert "4 keys are wrapped under the master key of generation 2" in run("rotate").output
    assert run("retire", "2").exit_code != 0
    assert "destroyed" in run("retire", "1").output
    checked = run("check", "--open-all")
    assert "4 keys and 1 fields opened, 0 stay shut" in checked.output
    assert checked.exit_code == 0
    assert keeper.generations() == [2]


def test_a_missing_key_or_a_broken_seal_ends_the_check_with_one(keeper, run):
    seal_person("case1", {"reporter_phone": "13800001234"}, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE vault_sealedfield SET sealed = %s", [b"x" * 40])
    broken = run("check", "--open-all")
    assert (broken.exit_code, "case1" in broken.output) == (1, True)

    keeper.destroy(1)
    missing = run("check")
    assert (missing.exit_code, "not in the folder of keys" in missing.output) == (1, True)


def test_the_doctor_sees_keys_that_others_can_read(keeper):
    assert all(finding.is_well for finding in key_findings())

    keeper.path_of(1).chmod(0o644)

    wrong = [finding for finding in key_findings() if not finding.is_well]
    assert [finding.advice for finding in wrong] == [
        f"chmod 600 {keeper.path_of(1)}; linli keys rotate"
    ]


def test_the_doctor_sees_keys_that_are_missing(keeper):
    rotate_master_key(actor=SYSTEM_ACTOR, at=AT)
    keeper.destroy(2)
    assert [f.en for f in key_findings() if not f.is_well] == [
        "Master key 2 is missing or another, 3 keys under it"
    ]
