"""What is taken away is gone on the very next request: nine events, one table.

Serves: R109 R129.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from linli.domain.access.selectors import SYSTEM_ACTOR, User
from linli.domain.access.services import close_account, issue_token, revoke_token
from linli.domain.organisations.services import UnitRow, dismiss, import_units
from linli.web.accounts.tests.builders import (
    DISTRICT,
    PASSWORD,
    enrol_passkey,
    lay_out,
    person,
    signed_in,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 15, 5, tzinfo=UTC)  # 23:05 in Shanghai
TODAY = AT.date()


@dataclass
class Held:
    """Somebody at work: a browser and another system, both let in a moment ago."""

    user: User
    browser: Client
    secret: str
    clock: time_machine.Traveller

    def sees_cases(self) -> bool:
        """Whether the browser still gets the list of cases, and the way to it in the navigation."""
        answer = self.browser.get("/desk/cases/")
        return answer.status_code == 200 and b'href="/desk/cases/"' in answer.content

    def is_served(self) -> bool:
        """Whether the other system's key still opens the API; what it sees hangs on posts too."""
        key = {"Authorization": f"Bearer {self.secret}"}
        return Client().get("/api/v1/cases", headers=key).status_code == 200

    def manages(self) -> bool:
        """Whether the browser still gets the pages of a post of weight."""
        return self.browser.get("/-/users/").status_code == 200


@pytest.fixture
def held():
    with time_machine.travel(AT, tick=False) as clock:
        cache.clear()
        lay_out()
        user = person("wang", "clerk", "security_admin", at=AT)
        user.memberships.update(valid_to=TODAY + timedelta(days=1))
        enrol_passkey(user)
        secret = issue_token(
            user,
            name="api",
            scopes=["read"],
            actor=SYSTEM_ACTOR,
            at=AT,
            expires_at=AT + timedelta(hours=1),
        )
        client = signed_in(user)
        UserSession.objects.create(
            user=user, session_key=client.session.session_key, ip="192.0.2.1", user_agent="Here/1"
        )
        yield Held(user, client, secret, clock)


def deactivated(held: Held) -> None:
    close_account(held.user, reason="调离", actor=SYSTEM_ACTOR, at=AT)


def password_changed(held: Held) -> None:
    """Elsewhere: the person changes it from another device."""
    other = signed_in(held.user)
    new = "another-long-and-quiet-lane"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert other.post("/accounts/password/change/", data).status_code == 302


def post_ended(held: Held) -> None:
    held.user.memberships.update(valid_to=TODAY)
    held.clock.move_to(AT.replace(hour=15, minute=59, second=59))
    assert held.sees_cases()
    held.clock.shift(timedelta(seconds=1))  # midnight in Shanghai


def role_withdrawn(held: Held) -> None:
    for member in held.user.memberships.all():
        dismiss(member, actor=SYSTEM_ACTOR, at=AT)


def factor_removed(held: Held) -> None:
    Authenticator.objects.filter(user=held.user).delete()


def session_ended(held: Held) -> None:
    signed_in(held.user).post("/accounts/sessions/")


def token_revoked(held: Held) -> None:
    revoke_token(held.user, name="api", actor=SYSTEM_ACTOR, at=AT)


def token_expired(held: Held) -> None:
    held.clock.shift(timedelta(hours=1))


def unit_closed(held: Held) -> None:
    row = UnitRow("it", "信息科", "department", DISTRICT, valid_to=TODAY - timedelta(days=1))
    import_units([row], actor=SYSTEM_ACTOR, at=AT)


Event = Callable[[Held], None]


@pytest.mark.parametrize(
    ("event", "sees_cases", "manages", "is_served"),
    [
        (deactivated, False, False, False),
        (password_changed, False, False, True),
        (post_ended, False, False, True),
        (role_withdrawn, False, False, True),
        (factor_removed, False, False, True),
        (session_ended, False, False, True),
        (token_revoked, True, True, False),
        (token_expired, True, True, False),
        (unit_closed, False, False, True),
    ],
)
def test_the_next_request_already_knows(
    held: Held, event: Event, sees_cases: bool, manages: bool, is_served: bool
):
    assert (held.sees_cases(), held.manages(), held.is_served()) == (True, True, True)

    event(held)

    assert (held.sees_cases(), held.manages(), held.is_served()) == (sees_cases, manages, is_served)


def test_an_account_that_is_opened_again_brings_no_old_session_or_key_back(held: Held):
    deactivated(held)
    User.objects.update(is_active=True)
    assert (held.sees_cases(), held.is_served()) == (False, False)


def test_a_session_of_one_s_own_is_ended_by_its_number_and_nobody_else_s(held: Held):
    number = UserSession.objects.get().pk
    stranger = signed_in(person("li", "clerk"))
    assert stranger.post(f"/accounts/sessions/{number}/end/").status_code == 404
    assert held.sees_cases()
    signed_in(held.user).post(f"/accounts/sessions/{number}/end/")
    assert not held.sees_cases()


def test_a_step_up_gives_the_session_a_new_key_and_the_old_one_is_worth_nothing(held: Held):
    before = held.browser.session.session_key
    thief = Client()
    thief.cookies["sessionid"] = str(before)
    assert thief.get("/accounts/2fa/").status_code == 200
    held.browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert held.browser.session.session_key != before
    assert UserSession.objects.get().session_key == held.browser.session.session_key
    assert held.browser.get("/accounts/2fa/").status_code == 200
    assert thief.get("/accounts/2fa/").status_code == 302


def test_removing_a_second_step_ends_the_sessions_elsewhere(held: Held):
    other = signed_in(held.user)
    key = Authenticator.objects.get().pk
    other.post(f"/accounts/2fa/webauthn/keys/{key}/remove/")
    assert not held.sees_cases()
