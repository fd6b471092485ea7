"""What stands beside a case about data of a person: the request that it is, and those about it.

Serves: X01.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.domain.cases.selectors import sees_case
from linli.domain.needs.selectors import masked_reporter
from linli.domain.privacy.selectors import (
    Amendment,
    LegalHold,
    PersonalRequest,
    amendments_of,
    duties_of,
    hold_on,
    requests_about,
)
from linli.web.desk.acts.base import Standing
from linli.web.desk.acts.persons import ERASURES
from linli.web.ui.parts import Fact
from linli.web.ui.spans import day_words

DUTY_WORDS = {
    "hold": gettext_lazy("依法留存"),
    "open": gettext_lazy("工单还在办理"),
    "waiting": gettext_lazy("还有申请、督办或关联工单没有办完"),
    "reopen": gettext_lazy("本人仍可要求重新办理"),
    "record": gettext_lazy("办理记录的最低保存期限"),
}


@dataclass(frozen=True)
class Asked:
    """A request about the case: what was asked, how it stands, and where it is."""

    words: str
    state: str
    url: str


@dataclass(frozen=True)
class Personal:
    """What the page shows: of a request its facts; of any case what was asked, and set right."""

    facts: Sequence[Fact]
    about_url: str
    about_number: str
    asked: Sequence[Asked]
    amendments: Sequence[Amendment]
    hold: LegalHold | None


def personal_of(standing: Standing) -> Personal | None:
    """Return what there is to show; None where nobody asked and nothing is held."""
    request, marks = standing.personal, standing.marks
    hold = hold_on(standing.case) if marks.is_held else None
    if request is not None:
        about = request.about
        ref = about.public_id
        url = reverse("desk:case", args=[ref]) if sees_case(standing.actor, ref) else ""
        return Personal(_facts(standing, request), url, about.number, (), (), hold)
    if not marks.is_asked and hold is None:
        return None
    asked = requests_about(standing.case) if marks.is_asked else []
    shown = [Asked(_kind(one), state_words(one), _url(standing, one)) for one in asked]
    righted = amendments_of(standing.case) if asked else ()
    return Personal((), "", "", shown, righted, hold)


def state_words(request: PersonalRequest) -> str:
    """Say how a request stands."""
    if request.fulfilled_at is None:
        return _("正在办理") if request.case.status == "open" else _("没有照办，理由已告知")
    if request.kind not in ERASURES or request.erased_at is not None:
        return _("已照办")
    if request.erase_after is None:
        return _("已封存，义务届满后删除")
    return _("已封存，%(day)s 后删除") % {"day": day_words(request.erase_after)}


def duty_words(codes: Iterable[str]) -> str:
    """Name duties to keep."""
    return "、".join(str(DUTY_WORDS[code]) for code in codes)


def _facts(standing: Standing, request: PersonalRequest) -> list[Fact]:
    facts = [Fact(_("请求"), _kind(request)), Fact(_("现在"), state_words(request))]
    if request.kind == "correct":
        right = masked_reporter(standing.case)
        facts += [Fact(_("更正后的称呼"), right.name), Fact(_("更正后的电话"), right.phone)]
    if request.kind in ERASURES:
        known = request.duties if request.fulfilled_at else _standing(standing, request)
        facts.append(Fact(_("仍须保存的理由"), duty_words(known) or _("没有，可以立即删除")))
    return facts


def _standing(standing: Standing, request: PersonalRequest) -> list[str]:
    duties = duties_of(request.about, at=standing.at, besides=request)
    return [duty.code for duty in duties if request.kind == "delete" or duty.code != "record"]


def _kind(request: PersonalRequest) -> str:
    return str(request.get_kind_display())


def _url(standing: Standing, request: PersonalRequest) -> str:
    ref = request.case.public_id
    return reverse("desk:case", args=[ref]) if sees_case(standing.actor, ref) else ""
