"""A passkey in a real browser, with the browser's own virtual device.

Serves: R109.
"""

import pytest
from django.core.cache import cache
from playwright.sync_api import CDPSession

from linli.kernel.clock import utc_now
from linli.web.accounts.tests.builders import PASSWORD, lay_out, person
from tests.journeys.browser import CHROMIUM, DESK, PHONE, Visitor, chromium

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium"),
]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _apart(monkeypatch):
    # Playwright runs a loop of its own, which Django would take for an async view.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def device_of(visitor: Visitor) -> CDPSession:
    """Plug a virtual device into the visitor's browser."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_an_administrator_enrols_a_passkey_and_signs_in_with_it_alone(live_server, size):
    cache.clear()
    lay_out()
    person("keeper", "security_admin", at=utc_now())
    address = live_server.url.replace("127.0.0.1", "localhost")
    with chromium() as browser:
        keeper = Visitor(browser, address, size=size)
        device_of(keeper)
        keeper.sign_in("keeper", PASSWORD)
        assert keeper.sees("登记通行密钥")
        keeper.press("登记通行密钥")
        keeper.write("密码", PASSWORD)
        keeper.press("确认身份")
        keeper.write("这把密钥的名称", "办公电脑")
        keeper.page.get_by_label("以后只用这把密钥登录", exact=False).check()
        keeper.press("登记通行密钥")
        keeper.page.wait_for_url("**/recovery-codes/")
        keeper.open("/-/users/")
        keeper.press("用通行密钥确认")
        keeper.page.wait_for_url("**/-/users/")
        assert keeper.sees("人员")
        keeper.open("/accounts/logout/")
        keeper.press("退出登录")
        keeper.page.wait_for_url("**/")

        keeper.open("/accounts/login/")
        keeper.press("用通行密钥登录")
        keeper.page.wait_for_url("**/-/users/")
        assert keeper.sees("keeper")
        for path in ("/accounts/2fa/", "/accounts/sessions/", "/accounts/2fa/webauthn/"):
            keeper.open(path)
            wide = keeper.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, path
        assert keeper.faults == []
