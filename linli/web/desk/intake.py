"""Taking a message at the desk: the form, what the machine makes of it, and the receipt code.

Serves: R041 R045 R049 R081 R106 R109.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.domain.audit.services import record_list
from linli.domain.cases.selectors import Case, sees_case
from linli.domain.cases.services import Revision
from linli.domain.needs.selectors import suggest
from linli.domain.needs.services import Received, decide_reading, receive_message
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError, RejectedTogether, WrongState
from linli.kernel.ids import public_id
from linli.web.desk.choices import Urgency
from linli.web.desk.intake_form import CHOSEN, FIELD_OF_FAULT, IntakeForm, message_of
from linli.web.desk.readings import TAKE, Panel, panel_of
from linli.web.desk.signed_in import staff_page
from linli.web.ui.actors import actor_of

LAST = "desk_intake"
ACT = "message.create"


@staff_page
@require_http_methods(["GET", "POST"])
def intake_page(request: HttpRequest) -> HttpResponse:
    """The form; a button of a suggestion fills it in, the main one stores the message."""
    actor = actor_of(request)
    require_act(actor, ACT)
    said = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    taken = {name.removeprefix(TAKE): said[name] for name in said if name.startswith(TAKE)}
    if taken or "suggest" in said or request.method == "GET":
        if "all" in taken:
            taken = _all_offered(said, actor)
        values = {**said, **taken}
        form = IntakeForm(initial=values or None, actor=actor)
        return _show(request, form, values)
    form = IntakeForm(request.POST, actor=actor)
    received = _received(form, request) if form.is_valid() else None
    if received is None:
        return _show(request, form, said, status=422)
    request.session[LAST] = {
        "number": received.case.number,
        "ref": received.case.public_id,
        "receipt": received.receipt,
    }
    return redirect("desk:intake-done")


@staff_page
@require_POST
def suggestions_part(request: HttpRequest) -> HttpResponse:
    """The suggestions for what has been typed so far; nothing is stored."""
    actor = actor_of(request)
    require_act(actor, ACT)
    said = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    form = IntakeForm(request.POST, actor=actor)
    shown = {"panel": _panel(form, said, actor)}
    return render(request, "desk/intake_suggestions.html", shown)


@staff_page
@require_GET
def done_page(request: HttpRequest) -> HttpResponse:
    """The receipt code to read out, and the way to the next message."""
    kept = request.session.get(LAST)
    if not kept:
        return redirect("desk:intake")
    is_mine = sees_case(actor_of(request), kept["ref"])
    return render(request, "desk/intake_done.html", {**kept, "is_mine": is_mine})


def _show(
    request: HttpRequest, form: IntakeForm, said: Mapping[str, str], *, status: int = 200
) -> HttpResponse:
    shown = {"form": form, "panel": _panel(form, said, actor_of(request))}
    return render(request, "desk/intake.html", shown, status=status)


def _panel(form: IntakeForm, said: Mapping[str, str], actor: Actor) -> Panel | None:
    """Read what is said, unless there is nothing to read or more than may be read."""
    if not said.get("body", "").strip() or (form.is_bound and "body" in form.errors):
        return None
    new, now = message_of(_known(said, form)), utc_now()
    with transaction.atomic():
        reading = suggest(new, at=now, within=(actor, "case.list"))
        # The titles of like cases are shown beside the form.
        refs = [guess.ref for guess in reading.duplicates]
        record_list(refs, door="intake", actor=actor, at=now)
    return panel_of(reading, form, said)


def _all_offered(said: Mapping[str, str], actor: Actor) -> dict[str, str]:
    """Return every answer that the machine is sure enough to offer, by field."""
    panel = _panel(IntakeForm(initial=dict(said), actor=actor), said, actor)
    return panel.answers() if panel else {}


def _known(said: Mapping[str, str], form: IntakeForm) -> dict[str, str]:
    """Leave out choices that the form does not offer."""
    return {
        name: value
        for name, value in said.items()
        if value and (name not in CHOSEN or value in form.words_of(name))
    }


def _received(form: IntakeForm, request: HttpRequest) -> Received | None:
    """Store the message; a refusal is written into the form, which keeps every word."""
    actor, now, said = actor_of(request), utc_now(), form.cleaned_data
    key = f"desk:{said['key']}"
    try:
        received = receive_message(message_of(said), actor=actor, at=now, key=key)
    except LinliError as error:
        for field, words in _faults(error, request.LANGUAGE_CODE):
            form.add_error(field if field in form.fields else None, words)
        if isinstance(error, WrongState):
            # The key has been used for other words: these are another message.
            data = request.POST.copy()
            data["key"] = public_id()
            form.data = data
        return None
    if all(said[name] for name in CHOSEN) and actor.may("case.triage"):
        _decide(received.case, actor, key)
    return received


def _faults(error: LinliError, lang: str) -> Iterator[tuple[str | None, str]]:
    for fault in error.faults if isinstance(error, RejectedTogether) else (error,):
        name = fault.field or ""
        yield FIELD_OF_FAULT.get(name, name) or None, fault.message(lang)


def _decide(case: Case, actor: Actor, key: str) -> None:
    """Keep what the clerk chose beside what was suggested; too late once it is dispatched."""
    chosen = Revision(
        matter=case.matter.code,
        area=case.area.code,
        petition_type=case.petition_type,
        urgency=cast(Urgency, case.urgency),
    )
    with suppress(WrongState):
        decide_reading(case.public_id, chosen, actor=actor, at=utc_now(), key=f"{key}:read")
