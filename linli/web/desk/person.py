"""Who sent a message: masked, until whoever must call back says why; every look is written down.

Serves: R109 X02.
"""

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.domain.access.services import require
from linli.domain.cases.selectors import case_for
from linli.domain.cases.services import note_look
from linli.domain.needs.selectors import Reporter, masked_reporter
from linli.domain.needs.services import open_reporter
from linli.kernel.clock import utc_now
from linli.web.desk.signed_in import staff_page
from linli.web.ui.actors import actor_of
from linli.web.ui.parts import Fact

# Codes, not free words: what is written of a person here could never be taken out again.
REASONS = (
    ("contact", _("核实情况，补充地点或细节")),
    ("reply", _("告知办理进展或答复")),
    ("follow_up", _("回访")),
    ("repeat", _("核对是否同一人重复反映")),
    ("emergency", _("紧急处置，涉及人身安全")),
)


class LookForm(forms.Form):
    """Why the person's data are needed."""

    reason = forms.ChoiceField(
        label=_("查看理由"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("没有写明查看理由，个人信息没有打开。请选择一项。")},
    )


@staff_page
@require_POST
@transaction.atomic
def person_page(request: HttpRequest, ref: str) -> HttpResponse:
    """Name and phone of the reporter. A POST, so that no link or prefetch looks by accident."""
    actor, now = actor_of(request), utc_now()
    case = case_for(actor, ref)
    require(actor, "person.view", case)
    form = LookForm(request.POST if "asked" in request.POST or "reason" in request.POST else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        reporter = open_reporter(ref, actor=actor, reason=reason, at=now)
        shown = {"case": case, "facts": _facts(reporter)}
        return render(request, "desk/person.html", shown)
    note_look(case, actor=actor, at=now, fields=("title", "reporter_masked"))
    shown = {"case": case, "facts": _facts(masked_reporter(case)), "form": form}
    return render(request, "desk/person.html", shown, status=422 if form.errors else 200)


def _facts(reporter: Reporter) -> list[Fact]:
    return [
        Fact(gettext("姓名"), reporter.name),
        Fact(gettext("联系电话"), reporter.phone),
    ]
