"""What is kept, for everybody; and what is kept of oneself, for whoever holds a receipt code.

Serves: X01.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.domain.access.selectors import POLICY, RESIDENT_ACTOR, Role, grants_of
from linli.domain.cases.selectors import Case, case_by_receipt, looks_at, notes_of, timeline
from linli.domain.catalogue.selectors import parameters_in_force
from linli.domain.privacy.selectors import (
    CATALOGUE,
    Keep,
    Length,
    PersonalRequest,
    amendments_of,
    explanation_of,
    length_of,
    may_fetch,
    requests_about,
    words_on,
)
from linli.domain.privacy.services import Asked, ask_by_receipt, fetch_own_data
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError
from linli.web.portal.forms import OwnDataForm
from linli.web.portal.looks import told_look
from linli.web.portal.telling import happenings, rounds_of, stage_words
from linli.web.ui.languages import is_english
from linli.web.ui.spans import day_words, length_words

ERASURES = frozenset({"delete", "withdraw"})


@dataclass(frozen=True)
class Kept:
    """A group of data in plain words: what, why, on what basis, how long, who sees it."""

    title: str
    why: str
    bases: list[str]
    spans: list[str]
    seen: list[str]


@dataclass(frozen=True)
class OwnRequest:
    """A request as its person sees it; `fetch` is the last day of a copy, "" where there is none.

    Parameters
    ----------
    ref : public id of its case. words : what staff said. advice : what can be done against it.
    """

    ref: str
    title: str
    at: datetime
    state: str
    words: str
    advice: str
    fetch: str


@require_GET
def privacy_page(request: HttpRequest) -> HttpResponse:
    """Say to everybody what is kept, why, how long, and who may see it."""
    return render(request, "portal/privacy.html", {"groups": kept_groups(utc_now())})


@require_POST
def own_page(request: HttpRequest) -> HttpResponse:
    """Show and take requests about one's own data. The code travels in the body. Raises NotFound.

    The first POST brings the code alone; asking brings the kind as well.
    """
    code = request.POST.get("code", "")
    case = case_by_receipt(code)
    form = OwnDataForm(request.POST if "kind" in request.POST or "key" in request.POST else None)
    form.fields["code"].initial = code
    if form.is_valid():
        try:
            _ask(case, form.cleaned_data)
        except LinliError as error:
            form.refuse(error, None)
        else:
            form = OwnDataForm(initial={"code": code})
    now = utc_now()
    shown = {
        "case": case,
        "code": code,
        "form": form,
        "requests": [_own(one, now) for one in requests_about(case)],
        "amendments": amendments_of(case),
    }
    answer = render(request, "portal/own.html", shown, status=422 if form.errors else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
def copy_file(request: HttpRequest) -> HttpResponse:
    """Give the copy that was granted, as a plain text. Raises NotFound, TooLongKept."""
    case = case_by_receipt(request.POST.get("code", ""))
    now = utc_now()
    own = fetch_own_data(case, request.POST.get("request", ""), at=now)
    told = explanation_of(case)
    shown = {
        "case": case,
        "now": now,
        "own": own,
        "told": told,
        "reasons": [en if is_english() else zh for zh, en in told.reasons],
        "stage": stage_words(case),
        "rounds": rounds_of(case),
        "notes": notes_of(case, public_only=True),
        "amendments": amendments_of(case),
        "entries": list(happenings(case, timeline(case))),
        "looks": [told_look(look) for look in looks_at(case)],
        "groups": kept_groups(now),
    }
    text = render_to_string("portal/own_copy.txt", shown, request)
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{case.number}.txt"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def kept_groups(at: datetime) -> list[Kept]:
    """Return what is kept of persons by group, from the catalogue of data and the packs."""
    lang = get_language() or "zh-hans"
    lengths = {row.code: length_of(row) for row in parameters_in_force(at) if _is_kept(row.code)}
    return [_kept(code, lengths, lang) for code in CATALOGUE.terms.groups]


def _kept(code: str, lengths: Mapping[str, Length], lang: str) -> Kept:
    terms = CATALOGUE.terms
    group, columns = terms.groups[code], [one for one in CATALOGUE.columns if one.group == code]
    keeps = dict.fromkeys(column.keep for column in columns)
    bases = dict.fromkeys(terms.bases[column.basis].name(lang) for column in columns)
    viewers = dict.fromkeys(name for column in columns for name in column.seen)
    told = dict.fromkeys(word for viewer in viewers for word in _viewer_words(viewer, lang))
    nobody = terms.viewers["nobody"].name(lang)
    return Kept(
        title=group.name(lang),
        why=group.why(lang),
        bases=list(bases),
        spans=[_span(terms.keep[keep], lengths, lang) for keep in keeps],
        seen=[word for word in told if word != nobody] or [nobody],
    )


def _span(keep: Keep, lengths: Mapping[str, Length], lang: str) -> str:
    """Say of a class how long it is kept, where the packs say so."""
    known = lengths.get(keep.parameter)
    if known is None:
        return keep.name(lang)
    since = CATALOGUE.terms.since[keep.since].name(lang)
    return f"{keep.name(lang)}：{since} {length_words(known.value, known.unit)}"


def _is_kept(code: str) -> bool:
    return any(keep.parameter == code for keep in CATALOGUE.terms.keep.values())


def _viewer_words(viewer: str, lang: str) -> list[str]:
    if viewer in CATALOGUE.terms.viewers:
        return [CATALOGUE.terms.viewers[viewer].name(lang)]
    return [POLICY.roles[role].name(lang) for role in Role if grants_of(role, viewer)]


def _ask(case: Case, said: dict[str, str]) -> None:
    asked = Asked(said["kind"], said["words"], said["name"], said["phone"])
    key = f"own:{said['key']}"
    ask_by_receipt(case, asked, actor=RESIDENT_ACTOR, at=utc_now(), key=key)


def _own(request: PersonalRequest, now: datetime) -> OwnRequest:
    fetch = request.fetch_until if may_fetch(request, now) else None
    return OwnRequest(
        ref=request.case.public_id,
        title=str(request.get_kind_display()),
        at=request.asked_at,
        state=_state(request),
        words=words_on(request),
        advice=_advice(request),
        fetch=day_words(fetch) if fetch else "",
    )


def _state(request: PersonalRequest) -> str:
    if request.fulfilled_at is None:
        is_open = request.case.status == Case.Status.OPEN
        return _("正在办理") if is_open else _("没有照办")
    if request.kind not in ERASURES or request.erased_at is not None:
        return _("已删除") if request.kind in ERASURES else _("已照办")
    if request.erase_after is None:
        return _("已封存，任何人打不开；仍须保存的理由消失后自动删除")
    return _("仍须保存的部分已封存，%(day)s 后自动删除") % {"day": day_words(request.erase_after)}


def _advice(request: PersonalRequest) -> str:
    routes = request.case.standard.definition.routes
    route = next((one for one in routes if one.code == request.case.route), None)
    if route is None:
        return ""
    return route.advice_en if is_english() else route.advice
