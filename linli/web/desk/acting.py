"""Acts on a case: one table of all, which of them are offered, and the page that does one.

Serves: R020 R106 R109 R134.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.domain.access.services import require
from linli.domain.cases.selectors import case_for, items_of
from linli.domain.cases.services import note_look
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError, NotFound, RejectedTogether, WrongState
from linli.web.desk.acts.base import Act, ActForm, By, Standing
from linli.web.desk.acts.clocks import CLOCKS
from linli.web.desk.acts.deferring import DEFERRING
from linli.web.desk.acts.links import LINKS
from linli.web.desk.acts.outcomes import acts_behind, outcome_acts
from linli.web.desk.acts.oversight import OVERSIGHT
from linli.web.desk.acts.parts import part_act
from linli.web.desk.acts.persons import PERSONS
from linli.web.desk.acts.renditions import RENDITIONS
from linli.web.desk.acts.revising import REVISING
from linli.web.desk.acts.road import ROAD
from linli.web.desk.acts.shield import SHIELD
from linli.web.desk.basis import basis_of
from linli.web.desk.signed_in import staff_page
from linli.web.ui.actors import actor_of

ACTS: dict[str, Act] = {
    **ROAD,
    **CLOCKS,
    **DEFERRING,
    **OVERSIGHT,
    **LINKS,
    **SHIELD,
    **RENDITIONS,
    **REVISING,
    **PERSONS,
}
# Stand beside what the machine suggests, not among the buttons of the page.
BESIDE_THE_READING = frozenset(REVISING)


@dataclass(frozen=True)
class Offer:
    """An act as a button."""

    label: str
    url: str
    kind: str
    is_next: bool


def acts_for(standing: Standing) -> list[Offer]:
    """Return the acts that this person may do on the case as it stands, those ahead first."""
    offers = [
        Offer(_(act.label), act_url(standing, code), act.kind, act.is_next)
        for code, act in _known(standing)
        if code not in BESIDE_THE_READING and is_offered(act, standing)
    ]
    return sorted(offers, key=lambda offer: (not offer.is_next, offer.kind != "primary"))


def is_offered(act: Act, standing: Standing) -> bool:
    """Whether an act stands open to this person now."""
    return standing.may(act.grant) and act.is_offered(standing)


def act_url(standing: Standing, code: str) -> str:
    """Return the address of an act on a case."""
    return reverse("desk:act", args=[standing.case.public_id, code])


@staff_page
@require_http_methods(["GET", "POST"])
@transaction.atomic
def act_page(request: HttpRequest, ref: str, act: str) -> HttpResponse:
    """The form of one act, and carrying it out."""
    actor, now = actor_of(request), utc_now()
    case = case_for(actor, ref)
    standing = Standing(case, actor, items_of(case), now)
    chosen = dict(_known(standing)).get(act) or dict(_apart(acts_behind(standing))).get(act)
    if chosen is None:
        raise NotFound
    require(actor, chosen.grant, case)
    if request.method == "GET" and not is_offered(chosen, standing):
        raise _too_late(chosen)
    form = chosen.form(request.POST or None, initial=_prefilled(request), standing=standing)
    if request.method == "POST" and form.is_valid() and _done(request, chosen, form):
        return HttpResponseRedirect(reverse("desk:case", args=[case.public_id]))
    shown = {
        "form": form,
        "case": case,
        "label": _(chosen.label),
        "consequence": _(chosen.consequence) if chosen.consequence else "",
        "basis": basis_of(standing, act),
    }
    note_look(case, actor=actor, at=now, fields=("title", "basis"))
    return render(request, "desk/act.html", shown, status=422 if form.errors else 200)


def _known(standing: Standing) -> Iterator[tuple[str, Act]]:
    """Yield the acts by code; the ways out of a stage are named by the case's standard."""
    yield from _apart(outcome_acts(standing))
    yield from ACTS.items()
    part = part_act(standing)
    if part is not None:
        yield "part", part


def _apart(acts: Iterator[tuple[str, Act]]) -> Iterator[tuple[str, Act]]:
    """Keep a way out that a standard calls like one of our own acts apart from it."""
    yield from ((f"way-{code}" if code in ACTS else code, act) for code, act in acts)


def _done(request: HttpRequest, act: Act, form: ActForm) -> bool:
    """Carry an act out; a refusal is written into the form, which keeps every word."""
    by: By = {
        "actor": form.standing.actor,
        "at": form.standing.at,
        "key": form.cleaned_data["key"],
    }
    try:
        act.carry_out(form.standing, form.cleaned_data, by)
    except LinliError as error:
        for fault in error.faults if isinstance(error, RejectedTogether) else (error,):
            field = fault.field if fault.field in form.fields else None
            form.add_error(field, fault.message(request.LANGUAGE_CODE))
        return False
    return True


def _prefilled(request: HttpRequest) -> dict[str, str]:
    """What a link to the form has already chosen, such as the case to merge into."""
    return {name: value for name, value in request.GET.items() if isinstance(value, str)}


def _too_late(act: Act) -> WrongState:
    return WrongState(
        f"工单现在的状态不能“{act.label}”，可能已有人办理。请返回工单页，按现在的状态处理。",
        "This cannot be done as the case stands now; somebody may have done it. "
        "Go back to the case and see what is open.",
    )
