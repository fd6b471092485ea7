"""How signing in differs from allauth's defaults.

Serves: R109 R129 X02.
"""

from typing import TYPE_CHECKING, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal import ratelimit
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.domain.access.selectors import Actor, User, may
from linli.domain.access.services import end_sessions, note_secured, note_sign_in
from linli.domain.organisations.selectors import actor_for, notices_of
from linli.kernel.clock import utc_now
from linli.web.ui.navigation import PLACES

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

APP, FAILED, EVERYWHERE = "allauth.account", "login_failed", "login_failed_everywhere"
WEAKENED = ("removed", "deactivated", "password_changed", "password_reset")
# allauth wants a template for each message; this one is ours.
SECOND_STEP_TOO_WEAK = (
    "您的岗位登录第二步须用通行密钥，验证码不够。请点“用通行密钥登录”，或用备用码。"
)


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Who may sign in, and whose session still counts: asked at each request."""

    def user_can_authenticate(self, user: "AbstractBaseUser") -> bool:
        """Refuse accounts that are shut, and demo accounts wherever data are real."""
        account = cast(User, user)
        return account.is_active and (settings.ALLOW_DEMO_USERS or not account.is_demo)


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by an administrator; residents need none."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse to let anybody make an account for himself."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Count the attempt before any password is hashed; too many are refused at once.

        Beside the limits by address and by name there is one for all strangers together, so that
        many addresses cannot keep the processors hashing. It does not hold whoever comes from
        an address from which somebody is signed in.
        """
        super().pre_authenticate(request, **credentials)
        if UserSession.objects.filter(ip=self.get_client_ip(request)).exists():
            return
        usage = ratelimit.consume(
            request,
            app=APP,
            action=EVERYWHERE,
            config={EVERYWHERE: settings.LINLI_GUESSES_EVERYWHERE},
            key=EVERYWHERE,
        )
        if usage is None:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage.extend(usage.usage)

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session under a new key, and write down by which steps."""
        super().login(request, user)
        now = utc_now()
        steps = [str(step.get("type") or step["method"]) for step in _records(request, user)]
        note_sign_in(user, methods=steps, actor=_holder(user), at=now)
        if count := len(notices_of(user)):
            words = _("账号有 %(count)d 条新通知，点右上角的姓名查看。") % {"count": count}
            messages.info(request, words)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the first page that the person's posts open."""
        actor = actor_for(cast(User, request.user), at=utc_now())
        for entry in PLACES["desk"]:
            if any(may(actor, act) for act in entry.acts):
                return reverse(entry.url_name)
        return str(settings.LOGIN_REDIRECT_URL)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: object = None,
        email: object = None,
    ) -> None:
        """Write down that what guards the account has changed; what weakens it ends sessions.

        allauth calls this after each such change, where it would send a letter.
        """
        what = template_prefix.rpartition("/")[2]
        actor, now = _holder(user), utc_now()
        note_secured(user, what=what, actor=actor, at=now)
        if what.endswith(WEAKENED):
            is_own = self.request is not None and self.request.user == user
            keep = str(self.request.session.session_key or "") if is_own else ""
            end_sessions(user, actor=actor, at=now, keep=keep)


def _records(request: HttpRequest, user: User) -> list[dict[str, object]]:
    return list(get_authentication_records(request, user))


def _holder(user: User) -> Actor:
    """The account's holder, who acts upon it alone: no post is needed for that."""
    return Actor(user.pk, user.name, lang=user.language)
