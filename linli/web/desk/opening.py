"""Opening a case by hand: the kinds that a post may open, and the form of one.

Serves: R014 R105.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.domain.cases.services import NewCase, open_by_hand
from linli.domain.catalogue.selectors import StandardDef, clock_limit, standards_in_force
from linli.domain.needs.selectors import longest_message
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError, NotFound, RejectedTogether
from linli.kernel.ids import public_id
from linli.web.desk.choices import (
    Urgency,
    area_choices,
    channel_choices,
    matters_of,
    offer,
    petition_choices,
    urgency_choices,
)
from linli.web.desk.signed_in import staff_page
from linli.web.desk.words import level_words, name_of, stage_name
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm

ACT = "case.open"


@dataclass(frozen=True)
class Kind:
    """A kind of case that may be opened, with its road and limit in words."""

    name: str
    url: str
    road: str
    limit: str
    level: str


class OpeningForm(LinliForm):
    """What it is, where, how urgent; what the kind alone asks follows in its first stage."""

    matter = forms.ChoiceField(label=_("事项"))
    title = forms.CharField(label=_("标题"), max_length=200)
    body = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs={"rows": "6"}))
    area = forms.ChoiceField(label=_("区域"))
    address = forms.CharField(label=_("地址"), required=False, max_length=300)
    petition_type = forms.ChoiceField(label=_("类别"))
    urgency = forms.ChoiceField(label=_("紧急程度"))
    channel = forms.ChoiceField(label=_("来源渠道"))
    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)

    def __init__(self, *args: object, actor: Actor, standard: StandardDef, **kwargs: object):
        super().__init__(*args, **kwargs)
        now = utc_now()
        offer(self, "matter", matters_of(standard.standard, now))
        offer(self, "area", area_choices(actor, ACT))
        offer(self, "urgency", urgency_choices())
        offer(self, "channel", channel_choices())
        if standard.petition_types:
            offer(self, "petition_type", petition_choices(now, standard))
        else:
            del self.fields["petition_type"]
        self.fields["body"].validators.append(MaxLengthValidator(longest_message(now)))


@staff_page
@require_GET
def kinds_page(request: HttpRequest) -> HttpResponse:
    """The kinds of case that this person's posts may open."""
    actor = actor_of(request)
    require_act(actor, ACT)
    kinds = [_kind(standard) for standard in _openable(actor, utc_now())]
    return render(request, "desk/open.html", {"kinds": kinds})


@staff_page
@require_http_methods(["GET", "POST"])
def open_page(request: HttpRequest, standard: str) -> HttpResponse:
    """The form of one kind; what is opened is shown at its first stage."""
    actor, now = actor_of(request), utc_now()
    require_act(actor, ACT)
    held = next((one for one in _openable(actor, now) if one.standard == standard), None)
    if held is None:
        raise NotFound
    form = OpeningForm(request.POST or None, actor=actor, standard=held)
    if request.method == "POST" and form.is_valid():
        ref = _opened(form, actor, now, request.LANGUAGE_CODE)
        if ref:
            return redirect("desk:case", ref)
    shown = {"form": form, "kind": _kind(held)}
    return render(request, "desk/open_form.html", shown, status=422 if form.errors else 200)


def _opened(form: OpeningForm, actor: Actor, at: datetime, lang: str) -> str:
    """Open the case; a refusal is written into the form, which keeps every word."""
    said = form.cleaned_data
    new = NewCase(
        title=said["title"],
        body=said["body"],
        matter=said["matter"],
        area=said["area"],
        petition_type=said.get("petition_type", ""),
        channel=said["channel"],
        received_at=at,
        urgency=cast(Urgency, said["urgency"]),
        address=said["address"],
    )
    try:
        return open_by_hand(new, actor=actor, at=at, key=f"hand:{said['key']}").public_id
    except LinliError as error:
        for fault in error.faults if isinstance(error, RejectedTogether) else (error,):
            form.add_error(fault.field if fault.field in form.fields else None, fault.message(lang))
        return ""


def _openable(actor: Actor, at: datetime) -> Iterator[StandardDef]:
    roles = {holding.role for _grant, holding in actor.reaches(ACT)}
    for version in standards_in_force(at):
        if roles & set(version.definition.opened_by):
            yield version.definition


def _kind(standard: StandardDef) -> Kind:
    limit = clock_limit(standard, "").limit
    return Kind(
        name=name_of(standard),
        url=reverse("desk:open-kind", args=[standard.standard]),
        road=" → ".join(stage_name(stage) for stage in standard.stages),
        limit=limit.text(get_language() or ""),
        level=level_words(standard.confidentiality),
    )
