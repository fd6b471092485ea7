"""Enrolling a passkey and signing in with it, against a key in software.

Serves: R109.
"""

import html
import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from linli.domain.access.selectors import User
from linli.domain.audit.selectors import facts_about
from linli.web.accounts.tests.builders import PASSWORD, lay_out, person
from linli.web.accounts.tests.soft_key import SoftKey

pytestmark = pytest.mark.django_db
ADD, LIST = "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/"
SIGN_IN, SECOND = "/accounts/login/", "/accounts/2fa/authenticate/"
ALONE, AGAIN = "/accounts/2fa/webauthn/login/", "/accounts/2fa/webauthn/reauthenticate/"


@pytest.fixture
def wang(db) -> User:
    cache.clear()
    lay_out()
    return person("wang", "security_admin")


def browser() -> Client:
    return Client(headers={"User-Agent": "Here/1"})


def get(client: Client, address: str, **more: object):
    return client.get(address, secure=True, **more)  # type: ignore[arg-type]  # as Django takes them


def post(client: Client, address: str, data: dict[str, str]):
    return client.post(address, data, secure=True, headers={"Referer": "https://testserver/"})


def options_of(client: Client, address: str) -> dict[str, dict[str, object]]:
    """What the page asks the device for."""
    page = get(client, address, follow=True).content.decode()
    found = re.search(r'data-options="([^"]+)"', page)
    assert found is not None, page
    return dict(json.loads(html.unescape(found[1])))


def sign_in(client: Client) -> str:
    answer = post(client, SIGN_IN, {"login": "wang", "password": PASSWORD})
    return str(answer.headers.get("Location", ""))


def is_in(client: Client) -> bool:
    return get(client, "/accounts/2fa/").status_code == 200


def enrolled(client: Client, key: SoftKey, **more: str) -> str:
    """Enrol a key in a browser that is signed in; returns where that leads."""
    post(client, "/accounts/reauthenticate/", {"password": PASSWORD})
    data = {"name": "办公电脑", "credential": key.made(options_of(client, ADD)), **more}
    return str(post(client, ADD, data).headers.get("Location", ""))


@pytest.fixture
def key(wang) -> SoftKey:
    """A key that was enrolled in a visit that is over."""
    client, key = browser(), SoftKey()
    sign_in(client)
    assert enrolled(client, key) == "/accounts/2fa/recovery-codes/"
    post(client, "/accounts/logout/", {})
    return key


def test_a_post_of_weight_is_led_to_enrolment_and_works_after_a_touch(wang):
    client, key = browser(), SoftKey()
    sign_in(client)
    assert get(client, "/-/users/").headers["Location"] == "/accounts/2fa/"
    enrolled(client, key)
    assert get(client, "/-/users/").headers["Location"].startswith(AGAIN)
    post(client, f"{AGAIN}?next=/-/users/", {"credential": key.used(options_of(client, AGAIN))})
    assert get(client, "/-/users/").status_code == 200
    events = [fact.data.get("what") for fact in facts_about("user", "wang")]
    assert "webauthn_added" in events


def test_password_and_passkey_together_sign_in(wang, key):
    client = browser()
    assert sign_in(client) == SECOND
    assert not is_in(client)
    answer = post(client, SECOND, {"credential": key.used(options_of(client, SECOND))})
    assert answer.headers["Location"] == "/-/users/"
    assert get(client, "/-/users/").status_code == 200
    assert facts_about("user", "wang")[-1].data["methods"] == ["password", "webauthn"]


def test_a_passkey_alone_signs_in_where_the_device_knows_its_holder(wang, key):
    client = browser()
    options = get(client, ALONE, headers={"Accept": "application/json"}).json()["request_options"]
    assert options["publicKey"]["userVerification"] == "required"
    post(client, ALONE, {"credential": key.used(options)})
    assert get(client, "/-/users/").status_code == 200


def test_a_device_that_did_not_check_its_holder_does_not_sign_in_alone(wang, key):
    client = browser()
    key.is_verified = False
    options = get(client, ALONE, headers={"Accept": "application/json"}).json()["request_options"]
    post(client, ALONE, {"credential": key.used(options)})
    assert not is_in(client)


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://evi1.example"},
        {"rp_id": "evi1.example"},
        {"origin": "http://testserver"},
        {"credential_id": b"another"},
    ],
)
def test_what_another_site_or_key_signed_opens_nothing(wang, key, changed):
    client = browser()
    sign_in(client)
    options = options_of(client, SECOND)
    for name, value in changed.items():
        setattr(key, name, value)
    assert post(client, SECOND, {"credential": key.used(options)}).status_code == 200
    assert not is_in(client)


def test_a_stranger_s_key_with_the_right_name_opens_nothing(wang, key):
    client = browser()
    sign_in(client)
    stranger = SoftKey(credential_id=key.credential_id)
    post(client, SECOND, {"credential": stranger.used(options_of(client, SECOND))})
    assert not is_in(client)


def test_an_answer_is_good_for_one_question_only(wang, key):
    first, second = browser(), browser()
    sign_in(first)
    answer = {"credential": key.used(options_of(first, SECOND))}
    sign_in(second)
    options_of(second, SECOND)
    post(second, SECOND, answer)
    assert not is_in(second)
    post(first, SECOND, answer)
    assert is_in(first)


@pytest.mark.parametrize("sent", ["", "{}", "null", "[]", '{"id": 1}', "not json", '"text"'])
def test_what_is_no_answer_at_all_is_refused_without_a_fault(wang, key, sent):
    client = browser()
    sign_in(client)
    options_of(client, SECOND)
    assert post(client, SECOND, {"credential": sent}).status_code == 200
    assert not is_in(client)


def test_a_recovery_code_leads_in_to_enrol_anew_and_opens_nothing_of_weight(wang, key):
    helper = browser()
    sign_in(helper)
    post(helper, SECOND, {"credential": key.used(options_of(helper, SECOND))})
    post(helper, "/accounts/reauthenticate/", {"password": PASSWORD})
    page = get(helper, "/accounts/2fa/recovery-codes/").content.decode()
    code = re.findall(r"\b\d{8}\b", page)[0]
    client = browser()
    sign_in(client)
    post(client, SECOND, {"code": code})
    assert is_in(client)
    assert get(client, "/-/users/").headers["Location"].startswith(AGAIN)


def test_guesses_at_the_second_step_are_counted(wang, key):
    client = browser()
    sign_in(client)
    options = options_of(client, SECOND)
    wrong = SoftKey(origin="https://evi1.example", credential_id=key.credential_id)
    for _ in range(6):
        post(client, SECOND, {"credential": wrong.used(options)})
    post(client, SECOND, {"credential": key.used(options_of(client, SECOND))})
    assert not is_in(client)


def test_the_pages_of_a_passkey_list_rename_and_remove_it(wang, key):
    client = browser()
    sign_in(client)
    post(client, SECOND, {"credential": key.used(options_of(client, SECOND))})
    assert "办公电脑" in get(client, LIST).content.decode()
    post(client, "/accounts/reauthenticate/", {"password": PASSWORD})
    number = Authenticator.objects.get(type="webauthn").pk
    post(client, f"{LIST}keys/{number}/edit/", {"name": "新电脑"})
    assert "新电脑" in get(client, LIST).content.decode()
    post(client, f"{LIST}keys/{number}/remove/", {})
    assert get(client, "/-/users/").headers["Location"] == "/accounts/2fa/"
