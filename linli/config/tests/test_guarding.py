"""What holds for every page of whoever is signed in.

Serves: R109 R129.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client, override_settings

from linli.domain.access.selectors import User
from linli.web.accounts.tests.builders import (
    enrol_passkey,
    lay_out,
    person,
    signed_in,
)

ROOT = Path(__file__).resolve().parents[3]
WEIGHTY = ("admin", "security_admin", "auditor")


@pytest.fixture
def office(db):
    cache.clear()
    lay_out()


@pytest.mark.parametrize("role", WEIGHTY)
def test_a_post_of_weight_without_a_passkey_is_led_to_enrolment_before_any_page(office, role):
    client = signed_in(person("wang", role))
    for address in ("/", "/desk/", "/desk/cases/", "/-/users/", "/cockpit/", "/api/v1/docs"):
        assert client.get(address).headers["Location"] == "/accounts/2fa/", address
    page = client.get("/accounts/2fa/").content.decode()
    assert "须用通行密钥登录" in page
    assert "登记通行密钥" in page


def test_an_authenticator_application_is_not_enough_for_a_post_of_weight(office):
    user = person("wang", "auditor")
    Authenticator.objects.create(user=user, type="totp", data={"secret": ""})
    assert signed_in(user).get("/desk/").headers["Location"] == "/accounts/2fa/"


def test_who_has_a_passkey_and_came_in_another_way_confirms_with_it_first(office):
    user = person("wang", "security_admin")
    enrol_passkey(user)
    client = signed_in(user, passkey=False)
    where = client.get("/-/users/?q=li").headers["Location"]
    assert where == "/accounts/2fa/webauthn/reauthenticate/?next=%2F-%2Fusers%2F%3Fq%3Dli"
    assert signed_in(user).get("/-/users/").status_code == 200


def test_an_ordinary_post_works_with_a_password(office):
    assert signed_in(person("wang", "clerk"), passkey=False).get("/desk/").status_code == 200


def test_demo_accounts_are_spared_in_the_demo_and_nowhere_else(office):
    user = person("wang", "auditor")
    User.objects.update(is_demo=True)
    client = signed_in(user, passkey=False)
    assert client.get("/desk/").status_code == 200
    with override_settings(ALLOW_DEMO_USERS=False):
        assert client.get("/desk/").headers["Location"].startswith("/accounts/login/")


def test_pages_of_the_signed_in_are_kept_nowhere(office):
    client = signed_in(person("wang", "clerk"), passkey=False)
    for address in ("/desk/", "/accounts/2fa/", "/", "/accounts/sessions/", "/nowhere/"):
        assert "no-store" in client.get(address).headers["Cache-Control"], address


def test_signing_out_clears_the_browser(office):
    client = signed_in(person("wang", "clerk"), passkey=False)
    assert "Clear-Site-Data" not in client.get("/desk/").headers
    gone = client.post("/accounts/logout/")
    assert gone.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Clear-Site-Data" not in client.get("/").headers


def test_a_password_set_by_a_link_leaves_the_second_step_in_place(office):
    from linli.domain.access.selectors import SYSTEM_ACTOR  # noqa: PLC0415  # beside its use
    from linli.kernel.clock import utc_now  # noqa: PLC0415  # beside its use
    from linli.web.accounts.links import password_link  # noqa: PLC0415  # beside its use

    user = person("wang", "auditor")
    enrol_passkey(user)
    inside = signed_in(user)
    browser = Client()
    where = browser.get(password_link(user, actor=SYSTEM_ACTOR, at=utc_now())).headers["Location"]
    new = "another-long-and-quiet-lane"
    browser.post(where, {"password1": new, "password2": new})
    assert inside.get("/accounts/2fa/").status_code == 302
    answer = browser.post("/accounts/login/", {"login": "wang", "password": new})
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert browser.get("/accounts/2fa/").status_code == 302
    assert Authenticator.objects.filter(user=user).count() == 1


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME", "__Host-sessionid __Host-csrftoken"),
        (
            "s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_SECURE",
            "True True True",
        ),
        (
            "getattr(s, 'SESSION_COOKIE_DOMAIN', None), getattr(s, 'SESSION_COOKIE_PATH', '/')",
            "None /",
        ),
        ("s.ALLOW_DEMO_USERS, s.DEBUG", "False False"),
        ("'django.contrib.admin' in s.INSTALLED_APPS", "False"),
        ("getattr(s, 'MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN', False)", "False"),
        ("getattr(s, 'MFA_TOTP_INSECURE_BYPASS_CODE', None)", "None"),
        ("getattr(s, 'MFA_TRUST_ENABLED', False)", "False"),
        ("s.PASSWORD_HASHERS", "['linli.config.hashers.StaffPasswordHasher']"),
    ],
)
def test_production_guards_cookies_and_sign_ins(expression, said, tmp_path):
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    production = {
        "LINLI_ENV": "production",
        "LINLI_HOSTS": "town.example",
        "LINLI_HOME": str(tmp_path),
    }
    answer = subprocess.run(
        [sys.executable, "-c", f"from linli.config import settings as s; print({expression})"],
        env={**plain, **production, "LINLI_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == said
