"""`linli users token`: shown once, listed without the key, taken back at once.

Serves: R129 X02 X10.
"""

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from linli.config.cli.users import command
from linli.domain.access.selectors import User, token_by_secret
from linli.domain.audit.selectors import facts_about
from linli.kernel.clock import utc_now
from linli.kernel.errors import NotFound, Rejected


@pytest.fixture(autouse=True)
def account(db, monkeypatch):
    # The tests' own server, which the verb must not start again.
    monkeypatch.setenv("LINLI_DATABASE_URL", f"postgresql:///{connection.settings_dict['NAME']}")
    monkeypatch.setenv("LINLI_ROLE", "owner")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return User.objects.create(username="gis", name="地理系统")


def token(*words: str) -> Result:
    return CliRunner().invoke(command, ["token", *words], catch_exceptions=False)


def test_a_key_is_printed_once_and_opens_for_the_days_given():
    said = token("create", "gis", "--scope", "read", "--scope", "message", "--days", "30")
    secret = said.output.splitlines()[0]
    key = token_by_secret(secret, at=utc_now())
    assert key is not None
    assert key.scopes == ["read", "message"]
    assert key.expires_at is not None
    assert 29 <= (key.expires_at - utc_now()).days <= 30
    listed = token("list", "gis").output
    assert "api\tread,message" in listed
    assert "alive" in listed
    assert secret not in listed


def test_a_key_that_is_taken_back_opens_nothing_and_both_are_in_the_journal():
    said = token("create", "gis", "--scope", "read", "--days", "1", "--name", "map")
    secret = said.output.splitlines()[0]
    assert token("revoke", "gis", "map").exit_code == 0
    assert token_by_secret(secret, at=utc_now()) is None
    assert "revoked" in token("list", "gis").output
    assert [fact.event for fact in facts_about("user", "gis")] == ["token_issued", "token_revoked"]
    with pytest.raises(NotFound):
        token("revoke", "gis", "map")
    assert len(facts_about("user", "gis")) == 2


def test_an_unknown_scope_account_or_time_is_refused_and_nothing_is_issued():
    with pytest.raises(Rejected):
        token("create", "gis", "--scope", "everything", "--days", "1")
    with pytest.raises(NotFound):
        token("create", "nobody", "--scope", "read", "--days", "1")
    assert token("create", "gis", "--scope", "read", "--days", "0").exit_code == 2
    assert token("create", "gis", "--scope", "read").exit_code == 2
    assert "no keys" in token("list", "gis").output
