"""Acts on a case: one table says which form and which service each one is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_http_methods

from linli.domain.access.selectors import Actor
from linli.domain.cases import services
from linli.domain.cases.selectors import Case, WorkItem, case_for, items_of
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError, NotFound
from linli.web.desk import forms
from linli.web.desk.signed_in import staff_page
from linli.web.ui.actors import actor_of

Data = dict[str, object]


class By(TypedDict):
    """What every command carries: who, when, and the key that makes a repeat harmless."""

    actor: Actor
    at: datetime
    key: str


@dataclass(frozen=True)
class Act:
    """An act: its words, where it is offered, its form, and what carries it out."""

    label: str
    stage: str
    grant: str
    form: type[forms.ActForm]
    carry_out: Callable[[Case, Data, int, By], object]
    is_of_unit: bool = False
    kind: str = "secondary"


@dataclass(frozen=True)
class Offer:
    """An act as a button."""

    label: str
    url: str
    kind: str


def _dispatch(case: Case, data: Data, item: int, by: By) -> object:
    chosen = data.get("co_units")
    co_units = [str(code) for code in chosen] if isinstance(chosen, list) else []
    to, reason = str(data["to"]), str(data["reason"])
    return services.dispatch_case(case.public_id, to=to, co_units=co_units, reason=reason, **by)


def _route(case: Case, data: Data, item: int, by: By) -> object:
    route, reason = str(data["route"]), str(data["reason"])
    return services.close_by_route(case.public_id, route=route, reason=reason, **by)


def _answer_now(case: Case, data: Data, item: int, by: By) -> object:
    return services.answer_directly(case.public_id, answer=str(data["reason"]), **by)


def _answer(case: Case, data: Data, item: int, by: By) -> object:
    reason = str(data["reason"])
    return services.complete_item(case.public_id, item, outcome="answer", reason=reason, **by)


def _return(case: Case, data: Data, item: int, by: By) -> object:
    return services.return_item(case.public_id, item, reason=str(data["reason"]), **by)


def _rule(case: Case, data: Data, item: int, by: By) -> object:
    outcome, reason = str(data["outcome"]), str(data["reason"])
    return services.rule_objection(case.public_id, outcome=outcome, reason=reason, **by)


def _follow_up(case: Case, data: Data, item: int, by: By) -> object:
    return services.record_follow_up(
        case.public_id,
        solved=data["solved"],  # type: ignore[arg-type]  # the form offers only these words
        satisfied=data["satisfied"],  # type: ignore[arg-type]  # likewise
        comment=str(data["comment"]),
        **by,
    )


def _note(case: Case, data: Data, item: int, by: By) -> object:
    return services.add_note(case.public_id, text=str(data["reason"]), **by)


def _urge(case: Case, data: Data, item: int, by: By) -> object:
    return services.urge_case(case.public_id, reason=str(data["reason"]), **by)


ACTS: dict[str, Act] = {
    "dispatch": Act(
        noop("派单"), "triage", "case.dispatch", forms.DispatchForm, _dispatch, kind="primary"
    ),
    "answer-now": Act(noop("直接答复"), "triage", "case.triage", forms.AnswerForm, _answer_now),
    "route": Act(noop("告知途径"), "triage", "case.triage", forms.RouteForm, _route),
    "answer": Act(
        noop("办结答复"), "handle", "case.handle", forms.AnswerForm, _answer, True, "primary"
    ),
    "return": Act(noop("退单"), "handle", "case.return", forms.ReasonForm, _return, True),
    "rule": Act(
        noop("裁定异议"),
        "objection",
        "case.review_objection",
        forms.RulingForm,
        _rule,
        kind="primary",
    ),
    "follow-up": Act(
        noop("记录回访"),
        "follow_up",
        "case.follow_up",
        forms.FollowUpForm,
        _follow_up,
        kind="primary",
    ),
    "note": Act(noop("添加备注"), "", "case.note", forms.ReasonForm, _note, kind="quiet"),
    "urge": Act(noop("催办"), "handle", "case.supervise", forms.ReasonForm, _urge),
}


def acts_for(case: Case, actor: Actor, items: Sequence[WorkItem]) -> list[Offer]:
    """Return the acts that the actor may do on the case as it stands."""
    offers: list[Offer] = []
    for code, act in ACTS.items():
        fits = act.stage in ("", case.stage) and actor.may(act.grant)
        if fits and (not act.is_of_unit or _my_item(items, actor)):
            url = reverse("desk:act", args=[case.public_id, code])
            offers.append(Offer(_(act.label), url, act.kind))
    return offers


@staff_page
@require_http_methods(["GET", "POST"])
def act_page(request: HttpRequest, ref: str, act: str) -> HttpResponse:
    """The form of one act, and carrying it out."""
    if act not in ACTS:
        raise NotFound
    chosen, actor = ACTS[act], actor_of(request)
    case = case_for(actor, ref)
    form = chosen.form(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        item = _my_item(items_of(case), actor)
        try:
            by: By = {"actor": actor, "at": utc_now(), "key": form.cleaned_data["key"]}
            chosen.carry_out(case, form.cleaned_data, item, by)
        except LinliError as error:
            field = error.field if error.field in form.fields else None
            form.add_error(field, error.message(request.LANGUAGE_CODE))
        else:
            return HttpResponseRedirect(reverse("desk:case", args=[case.public_id]))
    shown = {"form": form, "case": case, "label": _(chosen.label)}
    return render(request, "desk/act.html", shown, status=422 if form.errors else 200)


def _my_item(items: Sequence[WorkItem], actor: Actor) -> int:
    mine = actor.unit_ids()
    found = (i.pk for i in items if i.state == "open" and i.kind == "main" and i.unit_id in mine)
    return next(found, 0)
