"""Reporting without an account: what, where, who, check, done.

Serves: R041 R081.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.domain.access.selectors import RESIDENT_ACTOR
from linli.domain.attachments.services import report_with_photos
from linli.domain.needs.selectors import speaks_of_danger
from linli.domain.needs.services import NewMessage
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError, NotFound
from linli.web.portal.forms import STEPS, SendForm
from linli.web.portal.telling import Call, calls_at_once
from linli.web.ui.parts import Fact

ANSWERS, RECEIPT, DANGER = "report_answers", "report_receipt", "report_danger"
ORDER = tuple(STEPS)


@require_GET
def start_page(request: HttpRequest) -> HttpResponse:
    """What can be done here."""
    return render(request, "portal/start.html")


@require_http_methods(["GET", "POST"])
def step_page(request: HttpRequest, step: str) -> HttpResponse:
    """One question; the answer waits in the session until all is checked."""
    if step not in STEPS:
        raise NotFound
    answers = dict(request.session.get(ANSWERS, {}))
    form = STEPS[step](request.POST or None, initial=answers)
    if request.method == "POST" and form.is_valid():
        request.session[ANSWERS] = {**answers, **form.cleaned_data}
        place = ORDER.index(step) + 1
        if place < len(ORDER) and "check" not in request.GET:
            return redirect("portal:step", step=ORDER[place])
        return redirect("portal:check")
    if form.bears_secret:  # nothing of such a report may wait anywhere
        request.session.pop(ANSWERS, None)
    shown = {"form": form, "number": ORDER.index(step) + 1, "total": len(ORDER) + 2}
    shown |= {"calls": _calls(answers), "back": _before(step, request)}
    return render(request, "portal/step.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def check_page(request: HttpRequest) -> HttpResponse:
    """All answers once more, and sending them."""
    answers = dict(request.session.get(ANSWERS, {}))
    if not answers.get("body"):
        if request.method == "POST" and RECEIPT in request.session:  # a second click
            return redirect("portal:done")
        return redirect("portal:step", step="what")
    form = SendForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            received = report_with_photos(
                _message(answers),
                form.cleaned_data["photos"],
                actor=RESIDENT_ACTOR,
                at=utc_now(),
                key=f"portal:{form.cleaned_data['key']}",
            )
        except LinliError as error:
            form.refuse(error, error.field)
        else:
            if received.receipt:
                case = received.case
                told = [received.receipt, case.number, case.received_at.isoformat()]
                request.session[RECEIPT] = told
            request.session[DANGER] = received.case.urgency == "emergency"
            request.session.pop(ANSWERS, None)
            return redirect("portal:done")
    shown = {"form": form, "facts": _facts(answers), "number": len(ORDER) + 1}
    shown |= {"total": len(ORDER) + 2, "calls": _calls(answers)}
    shown["back"] = reverse("portal:step", args=[ORDER[-1]])
    return render(request, "portal/check.html", shown, status=422 if form.errors else 200)


@require_GET
def done_page(request: HttpRequest) -> HttpResponse:
    """The receipt code, shown to whoever just sent the report."""
    kept = request.session.get(RECEIPT)
    if not kept:
        return redirect("portal:start")
    receipt, number, *at = kept
    received_at = datetime.fromisoformat(at[0]) if at else None
    shown = {"receipt": receipt, "case_number": number, "received_at": received_at}
    calls = calls_at_once(utc_now()) if request.session.get(DANGER) else []
    return render(request, "portal/done.html", {**shown, "calls": calls})


def _before(step: str, request: HttpRequest) -> str:
    """Where somebody goes back to: the page before, or the check that led to a change."""
    if "check" in request.GET:
        return reverse("portal:check")
    place = ORDER.index(step)
    return reverse("portal:step", args=[ORDER[place - 1]]) if place else reverse("portal:start")


def _calls(answers: dict[str, str]) -> list[Call]:
    """Whom to call at once, where the words say that somebody may be in danger; else nobody."""
    at = utc_now()
    in_danger = speaks_of_danger(answers.get("body", ""), at=at)
    return calls_at_once(at) if in_danger else []


def _message(answers: dict[str, str]) -> NewMessage:
    return NewMessage(
        channel="web",
        body=answers["body"],
        address=answers.get("address", ""),
        area=answers.get("area", ""),
        reporter_name=answers.get("name", ""),
        reporter_phone=answers.get("phone", ""),
    )


def _facts(answers: dict[str, str]) -> list[Fact]:
    asked = [
        ("what", _("出了什么事"), "body"),
        ("where", _("在什么地方"), "address"),
        ("who", _("怎么称呼您"), "name"),
        ("who", _("联系电话"), "phone"),
    ]
    return [
        Fact(label, answers.get(name, ""), change_url=f"/report/{step}/?check=1")
        for step, label, name in asked
    ]
