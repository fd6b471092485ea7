"""What holds for every page of whoever is signed in: second step, fresh keys, nothing kept.

Serves: R109 R129.
"""

from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linli.domain.access.selectors import User
from linli.domain.organisations.selectors import factor_for, factors_of, is_enough
from linli.web.ui.actors import actor_of

Handler = Callable[[HttpRequest], HttpResponse]
# What must stay reachable for whoever has yet to take the second step, or wants to leave.
OPEN_TO_ALL = ("/accounts/", "/-/i18n/", "/-/healthz", "/static/")
PASSKEY, PASSKEY_ASKED = "webauthn", "passkey"
FORGET = '"cache", "cookies", "storage"'


class AccountGuard:
    """Keep to the second step; change the session's key at each step-up; leave no trace."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or lead to the step that is missing."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        user = request.user
        way = _missing_step(request, user)
        if way:
            response: HttpResponse = HttpResponseRedirect(way)
        else:
            before = _step_ups(request, user)
            response = self.get_response(request)
            if _step_ups(request, user) > before:
                _change_key(request)
        response.headers.setdefault("Cache-Control", "no-store")
        if not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = FORGET
        return response


def _missing_step(request: HttpRequest, user: User) -> str:
    """Where the person must go first; "" where nothing is missing."""
    if request.path.startswith(OPEN_TO_ALL) or (user.is_demo and settings.ALLOW_DEMO_USERS):
        return ""
    asked = factor_for(actor_of(request).roles())
    if not asked:
        return ""
    if not is_enough(factors_of(user), asked):
        words = {
            "passkey": _("您的岗位须用通行密钥登录。请先登记通行密钥，再办其他事。"),
            "any": _("您的岗位须有登录第二步。请先登记通行密钥或身份验证器，再办其他事。"),
        }
        messages.warning(request, words[asked])
        return reverse("mfa_index")
    if asked == PASSKEY_ASKED and not _has_used_passkey(request, user):
        target = request.get_full_path() if request.method == "GET" else "/"
        return f"{reverse('mfa_reauthenticate_webauthn')}?{urlencode({'next': target})}"
    return ""


def _has_used_passkey(request: HttpRequest, user: User) -> bool:
    records = get_authentication_records(request, user)
    return any(record.get("type") == PASSKEY for record in records)


def _step_ups(request: HttpRequest, user: User) -> int:
    """How often this session has asked again who it is."""
    if not request.user.is_authenticated:
        return 0
    records = get_authentication_records(request, user)
    return sum(1 for record in records if record.get("reauthenticated"))


def _change_key(request: HttpRequest) -> None:
    """Give the session a new key: one that was seen before the step-up is worth nothing."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)
