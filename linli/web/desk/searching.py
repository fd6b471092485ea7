"""What the list of cases is narrowed by: the form, the condition, and a tag for each part.

The address holds all of it, in the words of `ui.case_lists`, so that a link can be kept or sent.
Serves: R011 R129.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.domain.access.selectors import Actor
from linli.domain.cases.selectors import CaseFilter
from linli.domain.organisations.selectors import units
from linli.web.desk.choices import (
    Offered,
    area_choices,
    every_channel,
    headings,
    offer,
    urgency_choices,
    words_in,
)
from linli.web.ui.case_lists import Narrowing, narrowing_of
from linli.web.ui.forms import LinliForm, day_input
from linli.web.ui.parts import FilterTag

AT_HAND = ("q", "status", "due", "matter")
OWN = ("q", "status", "stage", "urgency", "channel")


class CaseSearch(LinliForm):
    """All parts may stay empty; codes are judged by whoever reads the address."""

    q = forms.CharField(label=gettext_lazy("编号或关键词"), required=False, max_length=100)
    status = forms.ChoiceField(label=gettext_lazy("状态"), required=False)
    due = forms.CharField(label=gettext_lazy("时限"), required=False, widget=forms.Select)
    matter = forms.CharField(label=gettext_lazy("事项"), required=False, widget=forms.Select)
    area = forms.CharField(label=gettext_lazy("区域"), required=False, widget=forms.Select)
    unit = forms.CharField(label=gettext_lazy("承办单位"), required=False, widget=forms.Select)
    stage = forms.ChoiceField(label=gettext_lazy("环节"), required=False)
    urgency = forms.ChoiceField(label=gettext_lazy("紧急程度"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("来源渠道"), required=False)
    since = forms.DateField(label=gettext_lazy("受理日期从"), required=False, widget=day_input())
    until = forms.DateField(label=gettext_lazy("到"), required=False, widget=day_input())

    def __init__(self, data: QueryDict, *, actor: Actor, at: datetime) -> None:
        super().__init__(data)
        self.offers = _offers(actor, at)
        for name, choices in self.offers.items():
            everything = [("", _("全部")), *choices]
            offer(self, name, everything)
            widget = self.fields[name].widget
            if isinstance(widget, forms.Select):
                widget.choices = everything

    def name_also(self, name: str, code: str, words: str) -> None:
        """Let a select show a code that came by a link and is not among its own."""
        widget = self.fields[name].widget
        if isinstance(widget, forms.Select) and code not in words_in(self.offers[name]):
            widget.choices = [*widget.choices, (code, words)]


@dataclass(frozen=True)
class Search:
    """An address as read.

    Parameters
    ----------
    where : the condition; None where the form has faults, so that nothing is listed.
    at_hand, more : the form's fields, the second lot folded unless one of them is set.
    """

    form: CaseSearch
    where: CaseFilter | None
    tags: Sequence[FilterTag]
    kept: Sequence[tuple[str, str]]

    @property
    def at_hand(self) -> list[forms.BoundField]:
        """The fields that most searches need."""
        return [self.form[name] for name in AT_HAND]

    @property
    def more(self) -> list[forms.BoundField]:
        """The other fields."""
        return [self.form[name] for name in self.form.fields if name not in AT_HAND]

    @property
    def is_unfolded(self) -> bool:
        """Whether one of the other fields is set or at fault."""
        return any(field.errors or field.value() for field in self.more)


def search_of(params: QueryDict, *, actor: Actor, at: datetime) -> Search:
    """Read an address. Raises Rejected or NotFound for what no form would write."""
    form = CaseSearch(params, actor=actor, at=at)
    if not form.is_valid():
        return Search(form, None, (), ())
    narrowed = narrowing_of(params, at=at)
    for (name, code), tag in zip(narrowed.kept, narrowed.tags, strict=True):
        if name in form.offers:
            form.name_also(name, code, tag.label)
    own = {name: form.cleaned_data[name] for name in OWN if form.cleaned_data[name]}
    return Search(
        form=form,
        where=replace(narrowed.where, **{"words" if n == "q" else n: v for n, v in own.items()}),
        tags=[*_own_tags(form, own, params), *narrowed.tags],
        kept=_kept(narrowed, form),
    )


def _offers(actor: Actor, at: datetime) -> dict[str, Offered]:
    paths = sorted({holding.area_path for _reach, holding in actor.reaches("case.list")})
    known = headings(at)
    found = {unit.code: unit.name for path in paths for unit in units(path, at=at)}
    return {
        "status": [("open", _("办理中")), ("closed", _("已办结"))],
        "due": [("overdue", _("已超期")), ("today", _("今日到期"))],
        "matter": known.classes,
        "area": area_choices(actor, "case.list"),
        "unit": list(found.items()),
        "stage": known.stages,
        "urgency": urgency_choices(),
        "channel": every_channel(),
    }


def _kept(narrowed: Narrowing, form: CaseSearch) -> list[tuple[str, str]]:
    return [(name, value) for name, value in narrowed.kept if name not in form.fields]


def _own_tags(form: CaseSearch, own: dict[str, str], params: QueryDict) -> list[FilterTag]:
    tags = []
    for name, value in own.items():
        rest = params.copy()
        for gone in (name, "page"):
            rest.pop(gone, None)
        words = words_in(form.offers[name]).get(value, value) if name in form.offers else value
        label = _("%(condition)s：%(value)s") % {
            "condition": form.fields[name].label,
            "value": words,
        }
        tags.append(FilterTag(label, f"?{rest.urlencode()}"))
    return tags
