"""Entries that rulings suggest for the duty list, and deciding on them.

Serves: R019.
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from linli.domain.access.services import require_act
from linli.domain.catalogue.selectors import matter_by_code
from linli.domain.organisations.selectors.proposed import (
    DutyProposal,
    areas_around,
    duty_proposals,
)
from linli.domain.organisations.services import decide_duty_proposal
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError
from linli.web.desk.choices import offer
from linli.web.desk.signed_in import staff_page
from linli.web.desk.words import name_of
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm

ACT = "organisation.manage"


class ProposalForm(LinliForm):
    """Whether it goes into the list, for which place, and why."""

    taken = forms.ChoiceField(
        label=_("决定"),
        widget=forms.RadioSelect,
        choices=[("yes", _("列入职责清单")), ("no", _("不列入"))],
    )
    area = forms.ChoiceField(label=_("适用区域"))
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea, max_length=500)

    def __init__(self, *args: object, proposal: DutyProposal, **kwargs: object) -> None:
        super().__init__(*args, prefix=proposal.public_id, **kwargs)
        around = areas_around(proposal.area)
        offer(self, "area", [(area.code, area.name) for area in around])


@staff_page
@require_http_methods(["GET", "POST"])
def duties_page(request: HttpRequest) -> HttpResponse:
    """What rulings suggest; each is taken in or left out with a reason."""
    actor = actor_of(request)
    require_act(actor, ACT)
    found = duty_proposals(actor)
    chosen = request.POST.get("proposal", "")
    forms_of, error = {}, ""
    for one in found:
        if one.state == DutyProposal.State.OPEN:
            data = request.POST if one.public_id == chosen else None
            forms_of[one.public_id] = ProposalForm(data, proposal=one)
    form = forms_of.get(chosen)
    if form is not None and form.is_valid():
        said = form.cleaned_data
        try:
            decide_duty_proposal(
                chosen, taken=said["taken"] == "yes", area=said["area"], reason=said["reason"],
                actor=actor, at=utc_now(),
            )  # fmt: skip
            return redirect("desk:duties")
        except LinliError as refused:
            error = refused.message(get_language() or "")
    rows = [
        (one, name_of(matter_by_code(one.matter_code)), forms_of.get(one.public_id))
        for one in found
    ]
    status = 422 if error or (form is not None and form.errors) else 200
    return render(request, "desk/duties.html", {"rows": rows, "error": error}, status=status)
