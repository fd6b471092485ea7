"""How accounts read on a page."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from linli.domain.organisations.selectors import StaffMember

FACTORS = {
    "webauthn": noop("通行密钥"),
    "totp": noop("身份验证器"),
    "recovery_codes": noop("备用码"),
}
FACTS = {
    "user_created": noop("账号已开设"),
    "account_closed": noop("账号已停用"),
    "account_reopened": noop("账号已启用"),
    "signed_in": noop("登录"),
    "account_secured": noop("登录保护有变动"),
    "sessions_ended": noop("登录已结束"),
    "second_steps_dropped": noop("登录第二步已在服务器上清除"),
    "sign_in_link_issued": noop("签发了设置密码的链接"),
    "account_linked": noop("绑定了统一登录"),
    "token_issued": noop("发放了接口密钥"),
    "token_revoked": noop("收回了接口密钥"),
}


def factor_words(kinds: Collection[str]) -> str:
    """Name the kinds of second steps, the strongest first; "--" for none."""
    return _("、").join(_(words) for kind, words in FACTORS.items() if kind in kinds) or "--"


def fact_words(event: str) -> str:
    """Say what happened to an account."""
    return _(FACTS.get(event, event))


def is_seen_words(one: StaffMember) -> str:
    """Say whether an account may sign in, and whether it is guarded as its posts ask."""
    if not one.user.is_active:
        return _("已停用")
    if not one.user.has_usable_password():
        return _("未设密码")
    return _("正常") if one.is_secured else _("缺通行密钥")
