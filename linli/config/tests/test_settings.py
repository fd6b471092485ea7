"""The settings as another process reads them from its environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[3]


def _read(expression: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    return subprocess.run(
        [sys.executable, "-c", f"from linli.config import settings as s; print({expression})"],
        env={**plain, "LINLI_HOME": str(home), "PYTHONPATH": str(ROOT), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_without_host_names_does_not_start(tmp_path):
    said = _read("1", tmp_path, LINLI_ENV="production", LINLI_HOSTS="*")

    assert said.returncode != 0
    assert "LINLI_HOSTS" in said.stderr


def test_production_has_no_demo_users_and_no_debug(tmp_path):
    said = _read(
        "s.ALLOW_DEMO_USERS, s.DEBUG", tmp_path, LINLI_ENV="production", LINLI_HOSTS="town.example"
    )

    assert said.stdout.strip() == "False False"


def test_production_sends_cookies_over_tls_only(tmp_path):
    said = _read(
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT",
        tmp_path,
        LINLI_ENV="production",
        LINLI_HOSTS="town.example",
    )

    assert said.stdout.strip() == "True True True"


def test_a_slip_in_a_variable_stops_the_start(tmp_path):
    said = _read("1", tmp_path, LINLI_ENVIRONMENT="production")

    assert "LINLI_ENVIRONMENT" in said.stderr


def test_the_content_policy_allows_nothing_inline():
    sources = [
        s for group in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for s in group
    ]

    assert [source for source in sources if "unsafe" in source or source == "*"] == []


def test_passwords_are_kept_with_argon2_of_46_mib():
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415  # needs Django

    assert make_password("a long enough one").startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")


@pytest.mark.django_db
def test_nobody_makes_an_account_for_himself(client):
    page = client.post("/accounts/signup/", {"username": "me", "password1": "x", "password2": "x"})

    assert "closed" in page.templates[0].name
