"""Whose account a subject of the identity provider is; no role ever comes from there.

Serves: R109 R129.
"""

import logging
from collections.abc import Mapping
from typing import NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linli.domain.access.selectors import SYSTEM_ACTOR, User, user_by_name
from linli.domain.access.services import create_user, note_linked
from linli.kernel.clock import utc_now
from linli.kernel.egress import Session, egress_session
from linli.kernel.errors import LinliError, Rejected

log = logging.getLogger("linli.oidc")
PROVIDER = "oidc"
LONGEST_NAME = 64
Claims = Mapping[str, object]


class StaffSocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # untyped
    """Known accounts sign in; a new one is made only where the installation says so."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Refuse the package's own sign-up in every case."""
        return False

    def get_requests_session(self) -> Session:
        """Return what calls the provider, and others that the installation lists, alone."""
        policy = settings.LINLI_EGRESS.and_host_of(settings.LINLI_OIDC_ISSUER)
        return egress_session(policy, trust=settings.LINLI_EGRESS_TRUST)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account of the subject, or refuse."""
        if sociallogin.is_existing:
            return
        claims: Claims = getattr(request, "oidc_claims", {})
        try:
            user = _account_for(claims)
            account = link_account(user, uid=sociallogin.account.uid)
        except LinliError as error:
            _refuse(
                request, _("统一登录没有对应的账号，不能登录。请联系本单位的安全管理员。"), error
            )
        sociallogin.user, sociallogin.account = user, account

    def on_authentication_error(
        self, request: HttpRequest, provider: object, **told: object
    ) -> NoReturn:
        """Lead back to the sign-in page; why is for the log alone."""
        words = _("统一登录没有成功，没有登录。请再试一次，或改用密码。")
        _refuse(request, words, told.get("exception") or told.get("error"))

    def unreachable(self, request: HttpRequest) -> HttpResponse:
        """Say that the provider cannot be used now."""
        messages.error(request, _("统一登录暂时不能用。请过几分钟再试，或改用密码。"))
        return redirect("account_login")


@transaction.atomic
def link_account(user: User, *, uid: str) -> SocialAccount:
    """Tie an account to one subject, for good; records AccountLinked.

    Raises Rejected where the account or the subject is tied already: a name that the provider
    gives to somebody else does not open the former holder's account.
    """
    User.objects.select_for_update().get(pk=user.pk)
    tied = SocialAccount.objects.filter(provider=PROVIDER)
    if tied.filter(user=user).exists() or tied.filter(uid=uid).exists():
        raise Rejected(
            f"账号“{user.username}”或该统一身份已经绑定，不能改绑。",
            f"The account {user.username} or that subject is linked already.",
            field="username",
        )
    account = SocialAccount.objects.create(user=user, provider=PROVIDER, uid=uid, extra_data={})
    note_linked(user, provider=PROVIDER, actor=SYSTEM_ACTOR, at=utc_now())
    return account


def uid_of(subject: str) -> str:
    """Return how a subject of the configured provider is kept."""
    return f"{settings.LINLI_OIDC_ISSUER}#{subject}"


def _account_for(claims: Claims) -> User:
    """The account that the claims name, made now where the installation lets accounts be made."""
    claim = settings.LINLI_OIDC_CLAIM
    username = claims.get(claim) if claim else None
    if not isinstance(username, str) or not username:
        raise Rejected("该统一身份没有绑定账号。", "That subject is linked to no account.")
    user = user_by_name(username)
    if user is not None:
        return user
    if not settings.LINLI_OIDC_CREATE:
        raise Rejected("没有这个账号。", "There is no such account.")
    name = str(claims.get("name") or username)[:LONGEST_NAME]
    return create_user(
        username[:LONGEST_NAME], name=name, password=None, actor=SYSTEM_ACTOR, at=utc_now()
    )


def _refuse(request: HttpRequest, words: str, why: object) -> NoReturn:
    log.warning("sign-in by the identity provider refused: %s", why)
    messages.error(request, words)
    raise ImmediateHttpResponse(redirect("account_login"))
