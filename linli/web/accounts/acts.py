"""Acts on one account: shut, open, end sessions, a new link, give and end posts.

Serves: R109 R129.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_http_methods

from linli.domain.access.selectors import Actor, User
from linli.domain.access.services import close_account, end_sessions, reopen_account
from linli.domain.organisations.selectors import (
    needs_two_persons,
    post_by_code,
    unit_by_code,
)
from linli.domain.organisations.services import appoint, dismiss, propose_post
from linli.domain.places.selectors import area_by_code
from linli.kernel.clock import utc_now
from linli.kernel.errors import NotFound, NotPermitted, Rejected
from linli.web.accounts.entry import office_page, weighty_act
from linli.web.accounts.forms import EmptyForm, PostForm, ReasonForm
from linli.web.accounts.links import password_link
from linli.web.accounts.people import MANAGE, reached
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm

Data = Mapping[str, object]
LINK_CONSEQUENCE = noop("拿到链接的人可以重设密码。一天内有效，只能用一次；登录第二步不变。")


@dataclass(frozen=True)
class AccountAct:
    """An act on an account: words, what is asked, what it brings about, and doing it."""

    label: str
    consequence: str
    done: str
    form: type[LinliForm]
    do: Callable[[User, Data, Actor, datetime], object]


def _shut(user: User, data: Data, actor: Actor, at: datetime) -> object:
    return close_account(user, reason=str(data["reason"]), actor=actor, at=at)


def _open(user: User, data: Data, actor: Actor, at: datetime) -> object:
    return reopen_account(user, reason=str(data["reason"]), actor=actor, at=at)


def _end(user: User, data: Data, actor: Actor, at: datetime) -> object:
    return end_sessions(user, actor=actor, at=at)


ACTS: Mapping[str, AccountAct] = {
    "close": AccountAct(
        noop("停用账号"),
        noop("停用后立即不能登录，正在使用的登录全部结束，接口密钥全部作废。"),
        noop("账号已停用。"),
        ReasonForm,
        _shut,
    ),
    "reopen": AccountAct(
        noop("启用账号"),
        noop("启用后可以用原来的密码和登录第二步登录；作废的接口密钥不会恢复。"),
        noop("账号已启用。"),
        ReasonForm,
        _open,
    ),
    "end": AccountAct(
        noop("结束全部登录"),
        noop("该账号在所有设备上的登录立即结束，须重新登录；没有提交的内容会丢失。"),
        noop("登录已全部结束。"),
        EmptyForm,
        _end,
    ),
}


@office_page(MANAGE)
@weighty_act
@require_http_methods(["GET", "POST"])
def act_page(request: HttpRequest, username: str, act: str) -> HttpResponse:
    """The page before an act on an account, and carrying it out."""
    one, chosen = reached(actor_of(request), username), ACTS.get(act)
    if chosen is None:
        raise NotFound
    form = chosen.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen.do(one.user, form.cleaned_data, actor_of(request), utc_now())
        messages.success(request, _(chosen.done))
        return redirect("accounts:person", username)
    shown = {"person": one.user, "form": form}
    shown |= {"label": _(chosen.label), "consequence": _(chosen.consequence)}
    return render(request, "accounts/act.html", shown)


@office_page(MANAGE)
@weighty_act
@require_http_methods(["GET", "POST"])
def link_page(request: HttpRequest, username: str) -> HttpResponse:
    """A new link to set a password; shown once, to be handed over in person."""
    actor = actor_of(request)
    one = reached(actor, username)
    if one.user.pk == actor.user_id:
        raise NotPermitted(
            "自己的密码请在“账号安全”里修改。", "Change your own password under account security."
        )
    if request.method == "POST":
        path = password_link(one.user, actor=actor, at=utc_now())
        shown = {"person": one.user, "link": request.build_absolute_uri(path)}
        return render(request, "accounts/link.html", shown)
    shown = {"person": one.user, "form": EmptyForm(), "label": _("签发设置密码的链接")}
    shown["consequence"] = _(LINK_CONSEQUENCE)
    return render(request, "accounts/act.html", shown)


@office_page(MANAGE)
@weighty_act
@require_http_methods(["GET", "POST"])
def post_page(request: HttpRequest, username: str) -> HttpResponse:
    """Give a post, or propose it where it takes a second person."""
    actor = actor_of(request)
    one = reached(actor, username)
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = _give(one.user, form.cleaned_data, actor=actor, at=utc_now())
        except (NotFound, Rejected) as error:
            form.refuse(error, error.field)
        else:
            messages.success(request, said)
            return redirect("accounts:person", username)
    return render(request, "accounts/post.html", {"form": form, "person": one.user})


@office_page(MANAGE)
@weighty_act
@require_http_methods(["GET", "POST"])
def dismiss_page(request: HttpRequest, username: str, number: int) -> HttpResponse:
    """End a post at once."""
    actor = actor_of(request)
    one = reached(actor, username)
    member = next((member for member in one.posts if member.pk == number), None)
    if member is None:
        raise NotFound
    if request.method == "POST":
        dismiss(member, actor=actor, at=utc_now())
        messages.success(request, _("任职已结束。"))
        return redirect("accounts:person", username)
    shown = {"person": one.user, "form": EmptyForm(), "label": _("结束任职")}
    shown["consequence"] = _("该岗位的权限立即失效，下一次点击即被拒绝。")
    return render(request, "accounts/act.html", shown | {"about": member.post.name})


def _give(user: User, data: Data, *, actor: Actor, at: datetime) -> str:
    post = post_by_code(unit_by_code(str(data["unit"])), code=str(data["post"]))
    area, until = area_by_code(str(data["area"])), data["until"]
    last = until if isinstance(until, date) else None
    if needs_two_persons(post.role):
        reason = str(data["reason"])
        propose_post(user, post, area, reason=reason, actor=actor, at=at, until=last)
        return _("已提名，等待另一位管理员审批。")
    appoint(user, post, area, actor=actor, at=at, until=last)
    return _("已任命。")
