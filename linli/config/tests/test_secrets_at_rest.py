"""Secrets of second factors and content of sessions, as the tables have them."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.test import Client

from linli.config.second_factor import seal_second_factors
from linli.config.sessions import SessionStore
from linli.domain.access.selectors import User
from linli.kernel.crypto import SealBroken

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def user():
    return User.objects.create(username="lin", name="林")


def test_a_time_code_and_recovery_codes_work_and_lie_sealed(user):
    """Serves: X02."""
    codes = TOTP.activate(user, SECRET), RecoveryCodes.activate(user)

    for factor in Authenticator.objects.all():
        assert SECRET not in str(factor.data)
        assert "linli-sealed:" in str(factor.data)
    assert get_adapter().decrypt(codes[0].instance.data["secret"]) == SECRET
    assert len(RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes())


def test_what_earlier_versions_left_in_clear_is_sealed_once(user):
    Authenticator.objects.create(user=user, type="totp", data={"secret": SECRET})
    Authenticator.objects.create(
        user=user, type="recovery_codes", data={"migrated_codes": ["1234", "5678"]}
    )

    assert (seal_second_factors(), seal_second_factors()) == (2, 0)
    totp, recovery = Authenticator.objects.order_by("id")
    assert get_adapter().decrypt(totp.data["secret"]) == SECRET
    assert RecoveryCodes(recovery).get_unused_codes() == ["1234", "5678"]
    assert "1234" not in str(recovery.data)


def test_a_secret_that_somebody_planted_in_clear_is_refused(user):
    with pytest.raises(SealBroken):
        get_adapter().decrypt(SECRET)


def test_answers_that_wait_in_a_session_lie_sealed():
    """Serves: X02 R109."""
    resident = Client()
    resident.post("/report/who/", {"name": "林小满", "phone": "13800001234"})

    kept = Session.objects.get()
    opened = SessionStore(kept.session_key).load()
    assert opened["report_answers"]["phone"] == "13800001234"
    for readable in (kept.session_data, str(kept.get_decoded())):
        assert "13800001234" not in readable
        assert "report_answers" not in readable


@pytest.mark.parametrize("data", ["", "x", "no base64!", "YWJj", "e30:1abc:sig"])
def test_a_session_that_does_not_open_is_empty(data):
    assert SessionStore().decode(data) == {}


def test_a_session_of_a_former_key_still_opens(settings):
    sealed = SessionStore().encode({"a": 1})
    settings.SECRET_KEY, former = "another" * 10, settings.SECRET_KEY

    assert SessionStore().decode(sealed) == {}
    settings.SECRET_KEY_FALLBACKS = [former]
    assert SessionStore().decode(sealed) == {"a": 1}
