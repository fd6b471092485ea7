"""Keys for other systems open until their time, and are taken back once.

Serves: R129 X02.
"""

from datetime import UTC, datetime, timedelta

import pytest

from linli.domain.access.models import ApiToken, User
from linli.domain.access.selectors import SYSTEM_ACTOR, token_by_secret
from linli.domain.access.services import issue_token, revoke_token
from linli.domain.audit.models import Journal

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def taken_back() -> int:
    return Journal.objects.filter(event="token_revoked").count()


def test_taking_a_key_back_twice_is_taking_it_back_once():
    user = User.objects.create(username="caller", name="caller")
    issue_token(user, name="api", scopes=["read"], actor=SYSTEM_ACTOR, at=AT)

    counts = [
        revoke_token(user, name="api", actor=SYSTEM_ACTOR, at=AT + timedelta(hours=hour))
        for hour in (1, 2)
    ]

    assert (counts, taken_back()) == ([1, 0], 1)
    assert ApiToken.objects.get().revoked_at == AT + timedelta(hours=1)


def test_taking_back_what_was_never_given_leaves_no_fact():
    user = User.objects.create(username="caller", name="caller")
    assert revoke_token(user, name="other", actor=SYSTEM_ACTOR, at=AT) == 0
    assert taken_back() == 0


def test_a_key_opens_until_its_time_and_not_at_it():
    user = User.objects.create(username="caller", name="caller")
    end = AT + timedelta(days=1)
    secret = issue_token(
        user, name="api", scopes=["read"], actor=SYSTEM_ACTOR, at=AT, expires_at=end
    )

    before = token_by_secret(secret, at=end - timedelta(seconds=1))

    assert before is not None
    assert token_by_secret(secret, at=end) is None
