"""Who sent a message: masked, until whoever must call back says why; every look is written down.

Where the reporter is to be protected, another person must agree first.
Serves: R109 X02 X08.
"""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.domain.access.selectors import OPENINGS, Actor
from linli.domain.access.services import require
from linli.domain.audit.selectors import newest_view
from linli.domain.cases.selectors import (
    Case,
    asked_person,
    case_for,
    needs_two_persons,
    open_person,
)
from linli.domain.cases.services import ask_person, note_look
from linli.domain.needs.selectors import Reporter, masked_reporter
from linli.domain.needs.services import open_reporter
from linli.kernel.clock import utc_now
from linli.kernel.errors import Rejected, WrongState
from linli.web.desk.asking import ReasonsForm, reason_choices
from linli.web.desk.signed_in import staff_page
from linli.web.desk.watermarks import watermark
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm
from linli.web.ui.parts import Fact

SENT = ("asked", "reason")


class LookForm(LinliForm):
    """Why the person's data are needed: a code, since free words could never be taken out again."""

    reason = forms.ChoiceField(
        label=_("查看理由"),
        widget=forms.RadioSelect,
        error_messages={"required": _("没有写明查看理由，个人信息没有打开。请选择一项。")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = reason_choices("person")


@staff_page
@require_POST
@transaction.atomic
def person_page(request: HttpRequest, ref: str) -> HttpResponse:
    """Name and phone of the reporter. A POST, so that no link or prefetch looks by accident."""
    actor, now = actor_of(request), utc_now()
    case = case_for(actor, ref)
    require(actor, "person.view", case)
    if needs_two_persons(case):
        return _by_two(request, case, actor, now)
    form = LookForm(request.POST if _is_sent(request) else None)
    if form.is_valid():
        return _shown(request, case, actor, now, reason=form.cleaned_data["reason"])
    return _masked(request, case, actor, now, form=form)


def _by_two(request: HttpRequest, case: Case, actor: Actor, now: datetime) -> HttpResponse:
    """Show what another has agreed to; else ask, or say that it has been asked."""
    if open_person(case, actor, at=now) is not None:
        if "asked" in request.POST:
            return _shown(request, case, actor, now, reason="")
        return _masked(request, case, actor, now, form=LinliForm(), is_agreed=True)
    if asked_person(case, actor, at=now) is not None:
        return _masked(request, case, actor, now, is_waiting=True)
    form = ReasonsForm(request.POST if _is_sent(request) else None)
    if form.is_valid() and _asked(form, case, actor, now):
        messages.success(request, gettext("申请已记下，等待另一人批准。"))
        return redirect("desk:openings")
    return _masked(request, case, actor, now, form=form, takes_two=True)


def _asked(form: ReasonsForm, case: Case, actor: Actor, now: datetime) -> bool:
    said = form.cleaned_data
    try:
        with transaction.atomic():
            ask_person(
                case.public_id, reason=said["reason"], words=said["words"], actor=actor, at=now
            )
    except (Rejected, WrongState) as error:
        form.refuse(error, "words" if error.field == "reason" else None)
        return False
    return True


def _shown(
    request: HttpRequest, case: Case, actor: Actor, now: datetime, *, reason: str
) -> HttpResponse:
    reporter = open_reporter(case.public_id, actor=actor, reason=reason, at=now)
    row = newest_view(case.public_id, actor_id=actor.user_id)
    shown = {
        "case": case,
        "facts": _facts(reporter),
        "watermark": watermark(row, actor=actor, at=now),
    }
    return render(request, "desk/person.html", shown)


def _masked(
    request: HttpRequest,
    case: Case,
    actor: Actor,
    now: datetime,
    *,
    form: LinliForm | None = None,
    **standing: bool,
) -> HttpResponse:
    note_look(case, actor=actor, at=now, fields=("title", "reporter_masked"))
    shown = {
        "case": case,
        "facts": _facts(masked_reporter(case)),
        "form": form,
        "lasts": gettext(
            "这件工单要求对反映人保密，须由另一人批准后才能查看，批准后开启 %(minutes)d 分钟。"
        )
        % {"minutes": OPENINGS.numbers.person_open.value},
        **standing,
    }
    is_wrong = form is not None and bool(form.errors)
    return render(request, "desk/person.html", shown, status=422 if is_wrong else 200)


def _is_sent(request: HttpRequest) -> bool:
    return any(name in request.POST for name in SENT)


def _facts(reporter: Reporter) -> list[Fact]:
    return [
        Fact(gettext("姓名"), reporter.name),
        Fact(gettext("联系电话"), reporter.phone),
    ]
