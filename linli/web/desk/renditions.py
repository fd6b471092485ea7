"""What a unit complained about is asked to answer: a list and a page that know no case.

Serves: R129 X08.
"""

from collections.abc import Mapping

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_GET, require_http_methods

from linli.domain.access.services import require_act
from linli.domain.cases.selectors import Asked, renditions_for
from linli.domain.cases.services import answer_rendition, read_rendition
from linli.domain.catalogue.selectors import parameter
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError
from linli.kernel.ids import public_id
from linli.web.desk.signed_in import staff_page
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm
from linli.web.ui.listing import page_of

ANSWER = "rendition.answer"
STATES: Mapping[str, tuple[str, str]] = {
    "sent": (noop("待说明"), "waiting"),
    "answered": (noop("已说明"), "done"),
    "withdrawn": (noop("已撤回，不用说明"), "done"),
}


class ReplyForm(LinliForm):
    """What the unit has to say."""

    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)
    reply = forms.CharField(
        label=_("说明"),
        widget=forms.Textarea(attrs={"rows": "8"}),
        help_text=_("写清当时的情况、依据和后续处理。提交后不能修改。"),
    )


@staff_page
@require_GET
@transaction.atomic
def renditions_page(request: HttpRequest) -> HttpResponse:
    """What the person's units were asked to answer, the last one sent first."""
    actor, now = actor_of(request), utc_now()
    require_act(actor, ANSWER)
    page = renditions_for(actor, page=page_of(request))
    rows = [{"asked": asked, **_state(asked)} for asked in page.items]
    return render(request, "desk/renditions.html", {"rows": rows, "page": page, "now": now})


@staff_page
@require_http_methods(["GET", "POST"])
@transaction.atomic
def rendition_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One of them, and the form for the reply; that it was read is written down."""
    actor, now = actor_of(request), utc_now()
    require_act(actor, ANSWER)
    asked = read_rendition(ref, actor=actor, at=now)
    form = ReplyForm(request.POST or None)
    longest = int(parameter("rendition.reply_max", now).value)
    form.fields["reply"].validators.append(MaxLengthValidator(longest))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with transaction.atomic():
                answer_rendition(ref, reply=said["reply"], actor=actor, at=now, key=said["key"])
        except LinliError as error:
            form.refuse(error, "reply")
        else:
            return HttpResponseRedirect(reverse("desk:rendition", args=[ref]))
    shown = {"asked": asked, "form": form, "now": now, **_state(asked)}
    return render(request, "desk/rendition.html", shown, status=422 if form.errors else 200)


def _state(asked: Asked) -> dict[str, str]:
    word, kind = STATES[asked.state]
    return {"state": gettext(word), "kind": kind}
