"""Signing in with a second factor, and what happens to whoever guesses.

Serves: R109.
"""

import base64
import hmac
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from linli.domain.access.selectors import SYSTEM_ACTOR, User
from linli.domain.access.services import create_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)
PASSWORD = "a-long-and-quiet-street"
SIGN_IN, SECOND, SAFE = "/accounts/login/", "/accounts/2fa/authenticate/", "/accounts/2fa/"
Clock = time_machine.Traveller


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(AT, tick=False) as clock:
        cache.clear()
        yield clock


@pytest.fixture
def clerk(clock: Clock) -> User:
    return create_user("lan", name="王岚", password=PASSWORD, actor=SYSTEM_ACTOR, at=AT)


@pytest.fixture
def secret(clerk: User) -> str:
    """The key of the clerk's authenticator, turned on in a visit that is over."""
    client = Client()
    sign_in(client)
    where = client.get("/accounts/2fa/totp/activate/", follow=True).redirect_chain[-1][0]
    page = client.post(where, {"password": PASSWORD}, follow=True).content.decode()
    found = re.search(r"\b[A-Z2-7]{32}\b", page)
    assert found is not None
    turned_on = client.post("/accounts/2fa/totp/activate/", {"code": code_of(found[0])})
    assert turned_on.status_code == 302
    client.post("/accounts/logout/")
    return found[0]


def code_of(secret: str) -> str:
    """What an authenticator shows now: RFC 6238 with SHA-1, 30 seconds, 6 digits."""
    steps = int(datetime.now(UTC).timestamp()) // 30
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", steps), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def another(code: str) -> str:
    """A code that is not the one shown."""
    return f"{(int(code) + 1) % 10**6:06d}"


def sign_in(client: Client, password: str = PASSWORD) -> str:
    """Give name and password; returns where that leads, or what was said."""
    answer = client.post(SIGN_IN, {"login": "lan", "password": password})
    return str(answer.headers.get("Location") or answer.content.decode())


def is_in(client: Client) -> bool:
    return client.get(SAFE).status_code == 200


def test_password_and_code_together_open_the_desk(secret, clock):
    client = Client()
    clock.shift(60)

    assert sign_in(client) == SECOND
    assert not is_in(client)
    answer = client.post(SECOND, {"code": code_of(secret)})

    assert answer.headers["Location"] == "/desk/"
    assert is_in(client)


def test_a_wrong_code_opens_nothing_and_is_told(secret, clock):
    client = Client()
    clock.shift(60)
    sign_in(client)

    answer = client.post(SECOND, {"code": another(code_of(secret))})

    assert answer.status_code == 200
    assert 'class="error-summary"' in answer.content.decode()
    assert not is_in(client)


def test_a_code_opens_once(secret, clock):
    first, second = Client(), Client()
    clock.shift(60)
    code = code_of(secret)
    sign_in(first)
    first.post(SECOND, {"code": code})

    sign_in(second)
    again = second.post(SECOND, {"code": code})

    assert is_in(first)
    assert (again.status_code, is_in(second)) == (200, False)


def test_a_code_of_five_minutes_ago_opens_nothing(secret, clock):
    client, code = Client(), code_of(secret)
    clock.shift(300)
    sign_in(client)

    assert client.post(SECOND, {"code": code}).status_code == 200
    assert not is_in(client)


def test_a_recovery_code_opens_once(secret, clock):
    owner, finder = Client(), Client()
    clock.shift(60)
    sign_in(owner)
    owner.post(SECOND, {"code": code_of(secret)})
    where = owner.get("/accounts/2fa/recovery-codes/", follow=True).redirect_chain[-1][0]
    page = owner.post(where, {"password": PASSWORD}, follow=True).content.decode()
    code = re.findall(r"\b\d{8}\b", page)[0]
    owner.post("/accounts/logout/")

    sign_in(owner)
    owner.post(SECOND, {"code": code})
    sign_in(finder)
    finder.post(SECOND, {"code": code})

    assert (is_in(owner), is_in(finder)) == (True, False)


def test_the_second_factor_cannot_be_stepped_around(secret, clock):
    client = Client()
    sign_in(client)

    for page in ("/desk/", "/desk/cases/", SAFE, "/accounts/sessions/"):
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer.headers["Location"] != "/desk/"


def test_after_five_wrong_passwords_the_right_one_waits_five_minutes(clerk, clock):
    client = Client()
    for _ in range(5):
        assert "错误" in sign_in(client, "wrong")

    assert sign_in(client) != "/desk/"
    clock.shift(60 * 4)
    assert sign_in(client) != "/desk/"
    clock.shift(60 * 2)
    assert sign_in(client) == "/desk/"


def test_guesses_at_the_code_are_stopped_like_guesses_at_the_password(secret, clock):
    client = Client()
    clock.shift(60)
    sign_in(client)
    for number in range(8):
        client.post(SECOND, {"code": f"{number:06d}"})

    client.post(SECOND, {"code": code_of(secret)})

    assert not is_in(client)


def test_who_does_not_exist_is_told_what_a_wrong_password_is_told(clerk, clock):
    known = Client().post(SIGN_IN, {"login": "lan", "password": "wrong"})
    unknown = Client().post(SIGN_IN, {"login": "nobody", "password": "wrong"})

    def said(html: bytes) -> str:
        return re.sub(r'csrfmiddlewaretoken" value="\w+"|lan|nobody', "", html.decode())

    assert said(known.content) == said(unknown.content)


def test_a_session_ends_after_its_time_however_busy_it_was(clerk, clock):
    client = Client()
    sign_in(client)
    clock.shift(settings.SESSION_COOKIE_AGE - 60)
    assert is_in(client)

    clock.shift(120)

    assert not is_in(client)


def test_a_person_sees_where_else_they_are_signed_in_and_ends_it(clerk, clock):
    here, there = (
        Client(headers={"User-Agent": "Here/1"}),
        Client(headers={"User-Agent": "There/1"}),
    )
    sign_in(here)
    sign_in(there)
    page = here.get("/accounts/sessions/").content.decode()
    assert "Here/1" in page
    assert "There/1" in page

    here.post("/accounts/sessions/")

    assert (is_in(here), is_in(there)) == (True, False)


def test_an_account_that_is_shut_is_out_at_once(clerk, clock):
    client = Client()
    sign_in(client)
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    assert not is_in(client)
    assert sign_in(client) != "/desk/"


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts_and_of_other_sites(clerk, clock):
    client = Client()
    sign_in(client)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_session_before_signing_in_is_not_the_one_after(clerk, clock):
    client = Client()
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = str(before)

    sign_in(client)

    assert client.session.session_key != before
