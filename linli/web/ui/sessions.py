"""One's own account beside what the sign-in package offers: ending a session, what one was told.

Serves: R109 X02.
"""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_http_methods, require_POST

from linli.domain.access.selectors import User
from linli.domain.access.services import end_sessions, mark_account_notices_seen
from linli.domain.organisations.selectors import AccountNotice, notices_of
from linli.kernel.clock import utc_now
from linli.kernel.errors import NotFound
from linli.web.ui.actors import actor_of
from linli.web.ui.reading import moment_sent

KIND_WORDS = {
    "post_proposed": noop("有人提名您任重要岗位，等待另一位管理员审批"),
    "post_approved": noop("岗位提名已批准"),
    "post_refused": noop("岗位提名已驳回"),
    "sign_in_link": noop("管理员为您签发了设置密码的链接；如不知情，请联系安全管理员"),
    "second_steps_dropped": noop("登录第二步已由管理员清除，请重新登记"),
    "account_linked": noop("账号已绑定统一登录"),
    "password_changed": noop("密码已修改；如不是本人，请立即联系安全管理员"),
    "password_reset": noop("密码已用链接重设；如不是本人，请立即联系安全管理员"),
    "password_set": noop("密码已设置"),
    "totp_activated": noop("身份验证器已启用"),
    "totp_deactivated": noop("身份验证器已停用；如不是本人，请立即联系安全管理员"),
    "webauthn_added": noop("登记了一把通行密钥；如不是本人，请立即联系安全管理员"),
    "webauthn_removed": noop("移除了一把通行密钥；如不是本人，请立即联系安全管理员"),
    "recovery_codes_generated": noop("生成了新的备用码，旧的作废"),
}


@dataclass(frozen=True)
class Told:
    """A notice about one's account as it is shown."""

    words: str
    about: str
    at: datetime


@login_required
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's own sessions; another's is as absent as one that does not exist."""
    user = _user(request)
    key = UserSession.objects.filter(user=user, pk=number).values_list("session_key").first()
    if key is None:
        raise NotFound
    end_sessions(user, actor=actor_of(request), at=utc_now(), only=set(key))
    messages.success(request, _("这次登录已结束，那台设备须重新登录。"))
    return redirect("usersessions_list")


@login_required
@require_http_methods(["GET", "POST"])
def account_notices(request: HttpRequest) -> HttpResponse:
    """What one's account was told; one button marks as seen what the page has shown."""
    user, now = _user(request), utc_now()
    if request.method == "POST":
        mark_account_notices_seen(user, at=moment_sent(request, now))
        return redirect("mfa_index")
    notices = [_told(notice) for notice in notices_of(user)]
    return render(request, "ui/account_notices.html", {"notices": notices, "now": now})


def absent(request: HttpRequest) -> HttpResponse:
    """Answer an address of the sign-in package that this platform does not offer."""
    raise NotFound


def _told(notice: AccountNotice) -> Told:
    proposal = notice.proposal
    about = f"{proposal.unit_code} · {proposal.post_code}" if proposal else ""
    return Told(_(KIND_WORDS.get(notice.kind, notice.kind)), about, notice.at)


def _user(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise NotFound
    return user
