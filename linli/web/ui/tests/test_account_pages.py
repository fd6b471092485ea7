"""The account pages of the sign-in package, in our look and words."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from linli.domain.access.selectors import SYSTEM_ACTOR, User
from linli.domain.access.services import create_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)
PASSWORD = "a-long-and-quiet-street"


@pytest.fixture(autouse=True)
def refusals_forgotten():
    cache.clear()


@pytest.fixture
def clerk() -> User:
    return create_user("lan", name="王岚", password=PASSWORD, actor=SYSTEM_ACTOR, at=AT)


@pytest.fixture
def signed_in(client: Client, clerk: User) -> Client:
    client.post("/accounts/login/", {"login": "lan", "password": PASSWORD})
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_sign_in_page_speaks_to_staff_and_offers_no_sign_up(client: Client):
    html = text_of(client, "/accounts/login/")
    assert "<h1>登录</h1>" in html
    assert "供工作人员使用" in html
    assert "signup" not in html
    assert "password/reset" not in html


def test_a_wrong_password_is_told_in_the_summary_and_the_title(client: Client, clerk: User):
    answer = client.post("/accounts/login/", {"login": "lan", "password": "wrong"})
    html = answer.content.decode()
    assert "<title>错误：" in html
    assert 'class="error-summary"' in html
    assert "wrong" not in html


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/accounts/2fa/", "账号安全"),
        ("/accounts/password/change/", "修改密码"),
        ("/accounts/logout/", "退出登录"),
        ("/accounts/reauthenticate/", "再次确认身份"),
        ("/accounts/sessions/", "登录设备"),
        ("/accounts/2fa/webauthn/", "通行密钥"),
        ("/accounts/notices/", "账号通知"),
    ],
)
def test_each_account_page_is_in_our_shell(signed_in: Client, address: str, heading: str):
    html = text_of(signed_in, address)
    assert heading in html
    assert 'class="shell shell--desk"' in html
    assert " style=" not in html


def test_the_name_and_the_way_out_stand_in_the_header(signed_in: Client):
    html = text_of(signed_in, "/accounts/2fa/")
    assert "王岚" in html
    assert 'action="/accounts/logout/"' in html


def test_signing_out_is_a_post(signed_in: Client):
    signed_in.post("/accounts/logout/")
    assert signed_in.get("/accounts/2fa/").status_code == 302


def test_the_authenticator_is_turned_on_after_asking_again_who_it_is(signed_in: Client):
    asked = signed_in.get("/accounts/2fa/totp/activate/", follow=True)
    assert "再次确认身份" in asked.content.decode()
    where = asked.redirect_chain[-1][0]
    html = signed_in.post(where, {"password": PASSWORD}, follow=True).content.decode()
    assert "<h1>启用身份验证器</h1>" in html
    assert 'alt="二维码，内容与下面的密钥相同"' in html
    assert " style=" not in html
