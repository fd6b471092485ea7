"""Signing in at a real identity provider in another process: code flow, PKCE, nonce, state.

Serves: R109 R129.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client, override_settings

from linli.adapters.oidc.linking import link_account, uid_of
from linli.adapters.oidc.tests.lying_provider import CLIENT, SECRET
from linli.domain.access.selectors import SYSTEM_ACTOR, User
from linli.domain.access.services import close_account, create_user
from linli.domain.audit.selectors import facts_about
from linli.domain.organisations.selectors import actor_for
from linli.kernel.clock import utc_now
from linli.kernel.errors import Rejected

pytestmark = pytest.mark.django_db
START, BACK = "/accounts/oidc/login/", "/accounts/oidc/login/callback/"
PASSWORD = "a-long-and-quiet-street"
REFUSED = [
    "issuer",
    "audience",
    "shared",
    "nonce",
    "expired",
    "early",
    "nobody",
    "unsigned",
    "hmac_secret",
    "hmac_public",
    "stranger_key",
    "unknown_key",
    "altered",
    "mixed_up",
    "no_token",
    "no_nonce",
    "no_exp",
    "no_aud",
    "no_iss",
    "no_sub",
    "no_iat",
]


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[str]]:
    """A provider in a process of its own, for a block."""
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def liar() -> Iterator[str]:
    with running(str(Path(__file__).with_name("lying_provider.py"))) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    """The provider `oidc-provider-mock`, which others wrote."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = json.dumps({"sub": "subject-1", "preferred_username": "lan", "name": "王岚"})
    options = ("--port", str(port), "--require-nonce", "true", "--user-claims", claims)
    with running("-m", "oidc_provider_mock", *options):
        address, deadline = f"http://127.0.0.1:{port}", time.monotonic() + 30
        while time.monotonic() < deadline:
            with suppress(requests.ConnectionError):
                requests.get(f"{address}/.well-known/openid-configuration", timeout=5)
                break
        yield f"http://localhost:{port}"


@pytest.fixture(autouse=True)
def lan() -> User:
    cache.clear()
    return create_user("lan", name="王岚", password=PASSWORD, actor=SYSTEM_ACTOR, at=utc_now())


@contextmanager
def using(issuer: str, *, claim: str = "preferred_username", create: bool = False):
    app = {
        "provider_id": "oidc",
        "name": "统一身份认证",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": issuer},
    }
    with override_settings(
        LINLI_OIDC_ISSUER=issuer,
        LINLI_OIDC_CLAIM=claim,
        LINLI_OIDC_CREATE=create,
        SOCIALACCOUNT_PROVIDERS={"oidc": {"APPS": [app]}},
    ):
        yield


def asked_by(client: Client) -> str:
    """Begin to sign in; returns where the browser is sent."""
    return client.post(START).headers["Location"]


def come_back(client: Client, where: str):
    """Let the provider answer, and come back with what it says."""
    answer = requests.get(where, allow_redirects=False, timeout=10)
    return client.get(BACK, query_of(answer.headers["Location"]), follow=True)


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def is_in(client: Client) -> bool:
    return client.get("/accounts/2fa/").status_code == 200


def test_a_known_account_signs_in_at_a_provider_that_others_wrote(mock):
    client = Client()
    with using(mock):
        where = asked_by(client)
        asked = query_of(where)
        assert asked["code_challenge_method"] == "S256"
        assert min(len(asked[name]) for name in ("nonce", "state", "code_challenge")) >= 16
        assert asked["response_type"] == "code"
        answer = requests.post(where, data={"sub": "subject-1"}, allow_redirects=False, timeout=10)
        client.get(BACK, query_of(answer.headers["Location"]))
    assert is_in(client)
    assert SocialAccount.objects.get().user.username == "lan"
    assert SocialAccount.objects.get().extra_data == {}


def test_the_same_at_the_provider_that_can_also_lie_brings_no_role(liar, lan):
    client = Client()
    with using(f"{liar}/honest"):
        come_back(client, asked_by(client))
    assert is_in(client)
    assert actor_for(lan, at=utc_now()).roles() == set()
    events = [fact.event for fact in facts_about("user", "lan")]
    assert events == ["user_created", "account_linked", "signed_in"]


@pytest.mark.parametrize("fault", REFUSED)
def test_a_token_that_is_wrong_in_any_way_opens_nothing(liar, fault):
    client = Client()
    with using(f"{liar}/{fault}"):
        page = come_back(client, asked_by(client))
    assert not is_in(client)
    assert "统一登录没有成功" in page.content.decode()
    assert not SocialAccount.objects.exists()


def test_an_answer_for_another_browser_or_used_before_opens_nothing(liar):
    mine, theirs = Client(), Client()
    with using(f"{liar}/honest"):
        asked_by(theirs)
        sent = requests.get(asked_by(mine), allow_redirects=False, timeout=10).headers["Location"]
        theirs.get(BACK, query_of(sent))
        assert not is_in(theirs)
        mine.get(BACK, query_of(sent))
        assert is_in(mine)
        again = Client()
        again.get(BACK, query_of(sent))
        assert not is_in(again)


def test_a_provider_that_calls_itself_otherwise_or_is_down_is_not_used(liar):
    for issuer in (f"{liar}/other_self", "http://127.0.0.1:9"):
        with using(issuer):
            page = Client().post(START, follow=True)
        assert "统一登录暂时不能用" in page.content.decode()


def test_nobody_unknown_signs_in_unless_the_installation_opens_accounts(liar):
    client = Client()
    with using(f"{liar}/unknown"):
        page = come_back(client, asked_by(client))
        assert "没有对应的账号" in page.content.decode()
        assert not is_in(client)
    assert User.objects.count() == 1
    with using(f"{liar}/unknown", create=True):
        come_back(client, asked_by(client))
        assert is_in(client)
    made = User.objects.get(username="nobody")
    assert not made.has_usable_password()
    assert actor_for(made, at=utc_now()).holdings == ()


def test_without_a_claim_only_accounts_tied_by_an_administrator_sign_in(liar, lan):
    client = Client()
    with using(f"{liar}/honest", claim=""):
        come_back(client, asked_by(client))
        assert not is_in(client)
        link_account(lan, uid=uid_of("subject-1"))
        come_back(client, asked_by(client))
        assert is_in(client)


def test_a_name_that_the_provider_gives_to_somebody_else_opens_nothing(liar):
    """Reuse of a user name: the second subject with the name of the first."""
    first, second = Client(), Client()
    with using(f"{liar}/honest"):
        come_back(first, asked_by(first))
    SocialAccount.objects.update(uid=f"{liar}/stranger_name#subject-1")
    with using(f"{liar}/stranger_name"):
        come_back(second, asked_by(second))
    assert (is_in(first), is_in(second)) == (True, False)
    with pytest.raises(Rejected):
        link_account(User.objects.get(), uid="another")


def test_the_subject_of_one_provider_is_nobody_at_another(liar, lan):
    client = Client()
    with using(f"{liar}/elsewhere", claim=""):
        link_account(lan, uid=uid_of("subject-1"))
    with using(f"{liar}/honest", claim=""):
        come_back(client, asked_by(client))
    assert not is_in(client)


def test_a_shut_account_stays_shut(liar, lan):
    client = Client()
    close_account(lan, reason="调离", actor=SYSTEM_ACTOR, at=utc_now())
    with using(f"{liar}/honest"):
        come_back(client, asked_by(client))
    assert not is_in(client)


def test_the_calling_address_changes_nothing_of_what_is_asked(liar):
    with using(f"{liar}/honest"):
        plain, pushed = Client(), Client()
        odd = "?scope=admin&auth_params=nonce%3Dmine%26state%3Dmine&process=connect"
        where = pushed.post(START + odd).headers["Location"]
        assert query_of(where)["nonce"] != "mine"
        assert sorted(query_of(where)["scope"].split()) == ["openid", "profile"]
        assert query_of(where).keys() == query_of(asked_by(plain)).keys()
        assert pushed.post(f"{START}?next=https://elsewhere.example/").status_code == 404


def test_without_a_provider_its_addresses_do_not_exist():
    assert Client().post(START).status_code == 404
    assert Client().get(BACK).status_code == 404
    assert "统一身份认证" not in Client().get("/accounts/login/").content.decode()
    for address in ("/accounts/3rdparty/", "/accounts/3rdparty/signup/", "/accounts/email/"):
        assert Client().get(address).status_code == 404


def test_the_sign_in_page_offers_the_provider(liar):
    with using(f"{liar}/honest"):
        page = Client().get("/accounts/login/").content.decode()
    assert "统一身份认证" in page
    assert f'action="{START}' in page
