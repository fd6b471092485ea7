"""The list of accounts, one account, and opening a new one.

Serves: R109 R129.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_GET, require_http_methods

from linli.domain.access.selectors import Actor, User
from linli.domain.access.services import create_user, require_act
from linli.domain.audit.selectors import facts_about
from linli.domain.organisations.selectors import (
    Member,
    StaffMember,
    account_by_name,
    all_staff,
    staff_member,
)
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError, NotFound
from linli.web.accounts.entry import office_page, weighty_act
from linli.web.accounts.forms import AccountForm, SearchForm
from linli.web.accounts.links import password_link
from linli.web.accounts.words import fact_words, factor_words, is_seen_words
from linli.web.ui.actors import actor_of
from linli.web.ui.parts import Column, Fact, Happening, Row

MANAGE = "user.manage"
SHOWN_FACTS = 30
COLUMNS = (noop("姓名"), noop("岗位"), noop("登录第二步"), noop("状态"))


@dataclass(frozen=True)
class Held:
    """A post held, with the way to end it."""

    words: str
    area: str
    until: str
    url: str


@office_page(MANAGE)
@require_GET
def people_page(request: HttpRequest) -> HttpResponse:
    """Everybody within reach: posts, second step, whether they may sign in."""
    actor, form = actor_of(request), SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    staff = [one for one in all_staff(at=utc_now(), words=words) if within(actor, one)]
    shown = {
        "form": form,
        "columns": [
            Column(_("姓名")),
            Column(_("岗位")),
            Column(_("登录第二步")),
            Column(_("状态")),
        ],
        "rows": [_row(one) for one in staff],
        "lacking": [one for one in staff if one.user.is_active and not one.is_secured],
    }
    return render(request, "accounts/people.html", shown)


@office_page(MANAGE)
@require_GET
def person_page(request: HttpRequest, username: str) -> HttpResponse:
    """One account: what it holds, how it is guarded, what happened to it."""
    one = reached(actor_of(request), username)
    facts = facts_about("user", one.user.username)[-SHOWN_FACTS:]
    shown = {
        "person": one.user,
        "facts": [
            Fact(_("用户名"), one.user.username),
            Fact(_("状态"), is_seen_words(one)),
            Fact(_("登录第二步"), factor_words(one.factors)),
            Fact(_("岗位要求"), factor_words({"webauthn"} if one.asked == "passkey" else set())),
        ],
        "posts": [_held(member) for member in one.posts],
        "is_lacking": not one.is_secured,
        "is_own": one.user.pk == actor_of(request).user_id,
        "entries": [
            Happening(fact_words(fact.event), fact.at, fact.actor_name) for fact in reversed(facts)
        ],
    }
    return render(request, "accounts/person.html", shown)


@office_page(MANAGE)
@weighty_act
@require_http_methods(["GET", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """Open an account, and show once the link by which its holder sets a password."""
    form = AccountForm(request.POST or None)
    actor, now = actor_of(request), utc_now()
    require_act(actor, MANAGE)
    if request.method == "POST" and form.is_valid():
        try:
            user = create_user(
                form.cleaned_data["username"],
                name=form.cleaned_data["name"],
                password=None,
                actor=actor,
                at=now,
            )
        except LinliError as error:
            form.refuse(error, error.field)
        else:
            link = request.build_absolute_uri(password_link(user, actor=actor, at=now))
            return render(request, "accounts/link.html", {"person": user, "link": link})
    return render(request, "accounts/new.html", {"form": form})


def reached(actor: Actor, username: str) -> StaffMember:
    """Return an account within reach; raises NotFound for every other, absent or not."""
    user = account_by_name(username)
    if user is None:
        raise NotFound
    one = staff_member(user, at=utc_now())
    if not within(actor, one):
        raise NotFound
    return one


def within(actor: Actor, one: StaffMember) -> bool:
    """Whether an account is this administrator's: every post of it lies inside their area.

    Not just one of them: whoever looks after a street must not reset who works for the district.
    """
    areas = [holding.area_path for _, holding in actor.reaches(MANAGE) if holding.area_path]
    paths = [member.area_path for member in one.posts]
    return all(any(path.startswith(area) for area in areas) for path in paths)


def _row(one: StaffMember) -> Row:
    posts = _("、").join(member.post.name for member in one.posts) or "--"
    words = (_named(one.user), posts, factor_words(one.factors), is_seen_words(one))
    return Row(words, reverse("accounts:person", args=[one.user.username]))


def _named(user: User) -> str:
    return f"{user.name} {user.username}"


def _held(member: Member) -> Held:
    return Held(
        words=f"{member.post.unit.name} · {member.post.name}",
        area=member.area.name,
        until=member.valid_to.isoformat() if member.valid_to else "--",
        url=reverse("accounts:dismiss", args=[member.user.username, member.pk]),
    )
