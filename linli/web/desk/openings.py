"""Special access: asking for a case beyond reach, deciding on what others asked, and what has been.

Serves: R109 R129 X02 X08.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_GET, require_http_methods

from linli.domain.access.selectors import BREAK, OPENINGS, Actor, Opening, may
from linli.domain.cases.selectors import (
    DECIDING,
    SEE_ALL,
    opening_to_decide,
    openings_within,
    own_openings,
    state_of,
    told_state_of,
    unconfirmed_openings,
    waiting_openings,
)
from linli.domain.cases.services import decide_opening, end_opening
from linli.domain.organisations.selectors import unit_names
from linli.kernel.clock import utc_now
from linli.kernel.errors import NotFound, NotPermitted, WrongState
from linli.web.desk.asking import reason_words
from linli.web.desk.signed_in import staff_page
from linli.web.desk.words import minute_words
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm
from linli.web.ui.parts import Fact

MOST_SHOWN = 100
KINDS = {"glass": noop("应急查阅"), "person": noop("身份查阅")}
STATES: Mapping[str, tuple[str, str]] = {
    "waiting": (noop("等待审批"), "waiting"),
    "open": (noop("开启中"), "active"),
    "over": (noop("到时结束"), "done"),
    "ended": (noop("提前收回"), "done"),
    "refused": (noop("未批准"), "done"),
    "lapsed": (noop("未获批准"), "done"),
    "unconfirmed": (noop("逾期未确认"), "problem"),
}
LABELS = {
    "approve": noop("批准查阅"),
    "refuse": noop("不批准"),
    "end": noop("立即收回"),
}
DONE = {
    "approve": gettext_lazy("已批准，申请人现在可以查阅。"),
    "refuse": gettext_lazy("已处理：没有批准。"),
    "end": gettext_lazy("已收回，查阅立即结束。"),
}


@dataclass(frozen=True)
class Shown:
    """An opening as one person sees it; `case_url` where that person may open the case."""

    ref: str
    kind: str
    number: str
    case_url: str
    who: str
    reason: str
    asked_at: datetime
    state: str
    state_kind: str
    until: datetime | None
    may_decide: bool = False
    may_end: bool = False


@staff_page
@require_GET
def openings_page(request: HttpRequest) -> HttpResponse:
    """What waits for one's decision, what one has asked for, and what has been."""
    actor, now = actor_of(request), utc_now()
    decides = any(may(actor, act) for act in DECIDING.values())
    oversees = decides or may(actor, SEE_ALL)
    own = own_openings(actor)
    if not (oversees or own or may(actor, BREAK)):
        raise NotPermitted("这一页不属于您的岗位。", "This page is not for your post.")
    waiting = list(waiting_openings(actor, at=now)[:MOST_SHOWN]) if decides else []
    past = list(openings_within(actor)[:MOST_SHOWN]) if oversees else []
    names = unit_names({one.office for one in [*waiting, *past]})
    shown = {
        "now": now,
        "may_ask": may(actor, BREAK),
        "decides": decides,
        "oversees": oversees,
        "waiting": [_overseen(one, actor, names, now) for one in waiting],
        "own": [_own(one, now) for one in own],
        "past": [_overseen(one, actor, names, now) for one in past],
        "late": unconfirmed_openings(actor, at=now).count() if may(actor, SEE_ALL) else 0,
    }
    return render(request, "desk/openings.html", shown)


@staff_page
@require_http_methods(["GET", "POST"])
def decide_page(request: HttpRequest, ref: str, decision: str) -> HttpResponse:
    """Approve what another asked for, refuse it, or shut what stands open."""
    actor = actor_of(request)
    opening = opening_to_decide(actor, ref, ends=decision == "end")
    if opening is None:
        raise NotFound
    form = LinliForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _decided(form, ref, decision, actor):
        messages.success(request, str(DONE[decision]))
        return redirect("desk:openings")
    names = unit_names({opening.office})
    shown = {
        "form": form,
        "label": _(LABELS[decision]),
        "kind": "" if decision == "approve" else "grave",
        "facts": _facts(opening, names),
        "case_url": _case_url(opening) if _may_see(opening, actor) else "",
        "consequence": _("批准前请先与申请人或其单位核实。每次查阅都会记入流水，并告知诉求人。")
        if decision == "approve"
        else "",
    }
    return render(request, "desk/opening_decide.html", shown, status=422 if form.errors else 200)


def _decided(form: LinliForm, ref: str, decision: str, actor: Actor) -> bool:
    form.is_valid()
    try:
        if decision == "end":
            end_opening(ref, actor=actor, at=utc_now())
        else:
            decide_opening(ref, granted=decision == "approve", actor=actor, at=utc_now())
    except (NotPermitted, WrongState) as error:
        form.refuse(error, None)
        return False
    return True


def _case_url(opening: Opening) -> str:
    return reverse("desk:case", args=[opening.case_ref]) if opening.case_ref else ""


def _may_see(opening: Opening, actor: Actor) -> bool:
    """Whether who oversees an opening reaches its case: auditors do not, approvers do."""
    return may(actor, DECIDING[opening.kind])


def _own(opening: Opening, now: datetime) -> Shown:
    state = told_state_of(opening, at=now)
    is_open = state == "open"
    return _shown(
        opening,
        state,
        who="",
        case_url=_case_url(opening) if is_open or opening.kind == "person" else "",
        may_end=is_open,
    )


def _overseen(opening: Opening, actor: Actor, names: Mapping[str, str], now: datetime) -> Shown:
    state = state_of(opening, at=now)
    decides = _may_see(opening, actor) and opening.user_id != actor.user_id
    is_due = opening.state == Opening.State.ASKED and state != "lapsed"
    is_open = opening.ended_at is None and opening.ends_at is not None and opening.ends_at > now
    return _shown(
        opening,
        state,
        who=f"{opening.user.name} {names.get(opening.office, '')}".strip(),
        case_url=_case_url(opening) if _may_see(opening, actor) else "",
        may_decide=decides and is_due,
        may_end=decides and is_open,
    )


def _shown(
    opening: Opening,
    state: str,
    *,
    who: str,
    case_url: str,
    may_decide: bool = False,
    may_end: bool = False,
) -> Shown:
    words, kind = STATES[state]
    return Shown(
        ref=opening.public_id,
        kind=_(KINDS[opening.kind]),
        number=opening.number,
        case_url=case_url,
        who=who,
        reason=reason_words(opening.kind, opening.reason),
        asked_at=opening.asked_at,
        state=_(words),
        state_kind=kind,
        until=opening.ends_at if state == "open" else None,
        may_decide=may_decide,
        may_end=may_end,
    )


def _facts(opening: Opening, names: Mapping[str, str]) -> Sequence[Fact]:
    lasts = OPENINGS.numbers.glass_open if opening.kind == "glass" else OPENINGS.numbers.person_open
    ends = minute_words(opening.ends_at) if opening.ends_at else ""
    return [
        Fact(_("种类"), _(KINDS[opening.kind])),
        Fact(_("工单编号"), opening.number),
        Fact(_("申请人"), f"{opening.user.name} {names.get(opening.office, '')}".strip()),
        Fact(_("理由"), reason_words(opening.kind, opening.reason)),
        Fact(_("具体情况"), opening.words),
        Fact(_("申请时间"), minute_words(opening.asked_at)),
        Fact(
            _("开启多久"),
            _("至 %(end)s") % {"end": ends}
            if ends
            else _("批准后 %(minutes)d 分钟") % {"minutes": lasts.value},
        ),
    ]
