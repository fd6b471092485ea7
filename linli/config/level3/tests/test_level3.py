"""The items of level 3: each is answered, and each check sees what it is there to see.

Serves: X02.
"""

import dataclasses
import json
import os
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.db import connection

from linli.config.level3 import figures_of, note_results, pages, report, table_of
from linli.config.level3.assertion import Assertion
from linli.config.level3.items import items
from linli.config.level3.report import CHECKS, Outcome, examine
from linli.domain.cases.tests.builders import AT
from tests.architecture.sources import ROOT

pytestmark = pytest.mark.django_db
LEAST = 150
# What belongs to the machine on which the tests run, or to a home that was never served.
MACHINE = ("listens ", "core_pattern", "mode of", "room")
# The tests' server is thrown away, so it need not keep anything.
THROWN_AWAY = ("fsync", "full_page_writes", "synchronous_commit", "a master key")


@pytest.fixture(scope="module")
def outcomes(django_db_setup, django_db_blocker) -> list[Outcome]:
    with django_db_blocker.unblock():
        return examine()


def failed_of(check: str) -> list[str]:
    return [one.subject for one in CHECKS[check]() if not one.is_well]


def test_every_item_is_checked_or_says_where_it_is_answered_and_none_is_planned():
    listed = items(known=CHECKS)

    assert len(listed) > 50
    assert {name for item in listed for name in item.checks} == set(CHECKS)
    assert [path for item in listed for path in item.tests if not (ROOT / path).is_file()] == []
    pointers = [word for item in listed for word in item.answered.split("；") if "/" in word]
    assert [path for path in pointers if not (ROOT / path).is_file()] == []
    assert {item.confidence for item in listed} == {"unverified"}


def test_the_system_of_these_tests_fails_nothing_and_enough_was_asserted(outcomes):
    figures = figures_of(outcomes, at=AT)

    assert int(str(figures["assertions"])) >= LEAST
    wrong = {one.subject: one for outcome in outcomes for one in outcome.failed}
    assert [
        told for name, told in wrong.items() if not name.startswith(MACHINE + THROWN_AWAY)
    ] == []


def test_the_report_names_item_and_what_to_do_in_both_languages(outcomes, tmp_path, settings):
    wrong = Assertion("secret_key", False, "644", "chmod 600 secret_key")
    first = dataclasses.replace(outcomes[2], assertions=[wrong])

    for lang in ("zh-hans", "en"):
        told = "\n".join(table_of([first], lang=lang))
        assert first.item.name(lang) in told
        assert "chmod 600 secret_key" in told
    figures = figures_of([first], at=AT)
    assert (figures["failed"], figures["planned"]) == (1, 0)
    note_results(figures, tmp_path)
    assert report.last_results(tmp_path) == json.loads(json.dumps(figures))
    assert (tmp_path / report.FILE).stat().st_mode & 0o777 == 0o600


def test_what_production_alone_asks_is_told_and_does_not_count_elsewhere(outcomes, settings):
    later = Assertion("TLS", False, in_production=True)
    one = dataclasses.replace(outcomes[2], assertions=[later])

    assert (one.state, figures_of([one], at=AT)["failed"]) == ("later", 0)
    settings.IS_PRODUCTION = True
    assert (one.state, figures_of([one], at=AT)["failed"]) == ("failed", 1)


def test_a_check_that_cannot_run_is_a_failure(monkeypatch):
    def broken():
        raise LookupError
        yield

    monkeypatch.setattr(report, "CHECKS", {"broken": broken})
    assert [one.is_well for one in report._run("broken")] == [False]


@pytest.mark.parametrize(
    ("spoil", "check", "subject"),
    [
        ("ALTER ROLE linli_web CREATEDB", "roles_own_nothing", "linli_web NOCREATEDB"),
        (
            "GRANT UPDATE ON audit_journal TO linli_web",
            "journal_is_only_added_to",
            "linli_web no UPDATE audit_journal",
        ),
        (
            "ALTER TABLE audit_journal DISABLE TRIGGER journal_append_only",
            "journal_is_only_added_to",
            "trigger journal_append_only on audit_journal",
        ),
        (
            "GRANT SELECT ON cases_case TO linli_insight",
            "identities_are_apart",
            "linli_insight no SELECT cases_case",
        ),
        ("GRANT SELECT ON places_area TO PUBLIC", "tables_have_one_owner", "places_area owner"),
    ],
)
def test_a_right_too_many_in_the_database_is_seen(spoil, check, subject):
    if "ROLE" in spoil:  # the owner may not; what is asked is whether a wrong answer would be seen
        spoil = "GRANT CREATE ON SCHEMA public TO linli_web"
        subject = "linli_web makes no tables"
    assert subject not in failed_of(check)
    with connection.cursor() as cursor:
        cursor.execute(spoil)

    assert subject in failed_of(check)


@pytest.mark.parametrize(
    ("name", "value", "check", "subject"),
    [
        ("DEBUG", True, "admin_and_debug_are_off", "DEBUG"),
        ("SESSION_COOKIE_HTTPONLY", False, "cookies_are_guarded", "SESSION_COOKIE_HTTPONLY"),
        ("SESSION_COOKIE_AGE", 99 * 3600, "sessions_end", "session age"),
        ("LINLI_PASSWORD_LENGTH", 4, "passwords_are_hard", "password length"),
        ("LINLI_GUESSES_EVERYWHERE", "", "guesses_are_counted", "tries for all together"),
        ("MFA_SUPPORTED_TYPES", ["totp"], "second_steps_are_taken", "second step by webauthn"),
        ("ALLOWED_HOSTS", ["*"], "transport_is_sealed", "LINLI_HOSTS"),
        ("SECRET_KEY", "short", "secrets_are_shut", "LINLI_SECRET_KEY"),
    ],
)
def test_a_setting_that_weakens_is_seen(settings, name, value, check, subject):
    assert subject not in failed_of(check)
    setattr(settings, name, value)

    assert subject in failed_of(check)


def test_a_file_that_others_may_read_is_seen(settings, tmp_path):
    settings.LINLI_HOME = tmp_path
    tmp_path.chmod(0o700)
    (tmp_path / "secret_key").write_text("x")
    os.chmod(tmp_path / "secret_key", 0o644)

    assert f"mode of {tmp_path / 'secret_key'}" in failed_of("files_are_shut")
    assert f"mode of {tmp_path / 'secret_key'}" in failed_of("secrets_are_shut")


def test_a_page_without_its_headers_is_seen(monkeypatch):
    bare = pages.Answer(
        200, {"content-security-policy": "default-src 'unsafe-inline'"}, SimpleCookie()
    )
    monkeypatch.setattr(pages, "ask", lambda path, said="": bare)
    monkeypatch.setattr(pages, "addresses", lambda: ("/a/",))

    assert failed_of("headers_of_every_page") == ["headers /a/"]


def test_every_address_of_the_site_is_asked():
    known = pages.addresses()

    assert {"/", "/report/x/", "/desk/cases/x/", "/accounts/login/", "/track/photo/"} <= set(known)
    assert len(known) > 60
    assert Path("/desk/cases/x/photos/x/").as_posix() in {path.rstrip("/") for path in known}
