"""What a list of records is narrowed by: a form from the definition, all of it in the address.

Serves: R017.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.domain.catalogue.selectors import LedgerField
from linli.domain.ledgers.selectors import RecordFilter, orders_of
from linli.domain.places.selectors import area_by_code
from linli.web.desk.choices import Offered, area_choices, words_in
from linli.web.desk.ledgers.base import VIEW, Opened, label_of
from linli.web.desk.ledgers.offering import offered_for, units_within
from linli.web.desk.words import name_of
from linli.web.ui.forms import LinliForm, day_input
from linli.web.ui.parts import FilterTag

FIELD = "f-"
FIRST, LAST = "-from", "-to"
AT_HAND = 4


class RecordSearch(LinliForm):
    """Words, state and order, and a field for each that the ledger is filtered by."""

    q = forms.CharField(label=gettext_lazy("编号或关键词"), required=False, max_length=100)
    status = forms.ChoiceField(label=gettext_lazy("状态"), required=False)
    order = forms.ChoiceField(label=gettext_lazy("排序"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("区域"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("管理单位"), required=False)

    def __init__(self, data: QueryDict, *, opened: Opened, order: str) -> None:
        super().__init__(data)
        self.opened = opened
        states = [(f"state:{s.code}", name_of(s)) for s in opened.ledger.states]
        used = [("", _("在用")), *states, ("closed", _("停用")), ("all", _("全部"))]
        anywhere: Offered = [("", _("全部"))]
        self.offers: dict[str, Offered] = {
            "status": used,
            "order": _orders(opened, order),
            "area": [*anywhere, *area_choices(opened.actor, VIEW)],
            "unit": [*anywhere, *units_within(opened, VIEW)],
        }
        for field in _filters(opened):
            for name, asked in _asked(field):
                self.ask(name, asked)
                if isinstance(asked, forms.ChoiceField):
                    self.offers[name] = [*anywhere, *offered_for(field, opened, VIEW)]
        for name, choices in self.offers.items():
            one = self.fields[name]
            if isinstance(one, forms.ChoiceField):
                one.choices = choices

    def where(self) -> RecordFilter:
        """Return the condition that a valid form says."""
        said = self.cleaned_data
        status, area = said["status"], said["area"]
        state = status.removeprefix("state:") if status.startswith("state:") else ""
        return RecordFilter(
            words=said["q"],
            status="closed" if status == "closed" else "" if status == "all" or state else "open",
            state=state,
            area_path=area_by_code(area).path if area else "",
            unit=said["unit"],
            values=dict(self._values()),
        )

    def _values(self) -> Iterator[tuple[str, str]]:
        for field in _filters(self.opened):
            name = f"{FIELD}{field.code}"
            if field.kind in ("date", "number"):
                ends = [self.cleaned_data[name + end] for end in (FIRST, LAST)]
                if any(end is not None for end in ends):
                    low, high = ("" if end is None else str(end) for end in ends)
                    yield field.code, f"{low}..{high}"
            elif self.cleaned_data[name]:
                yield field.code, self.cleaned_data[name]


@dataclass(frozen=True)
class Search:
    """An address as read; `where` is None where the form has faults."""

    form: RecordSearch
    where: RecordFilter | None
    order: str
    tags: Sequence[FilterTag]

    @property
    def at_hand(self) -> list[forms.BoundField]:
        """The fields that most searches need."""
        return list(self.form)[:AT_HAND]

    @property
    def more(self) -> list[forms.BoundField]:
        """The other fields."""
        return list(self.form)[AT_HAND:]

    @property
    def is_unfolded(self) -> bool:
        """Whether one of the other fields is set or at fault."""
        return any(field.errors or field.value() for field in self.more)


def search_of(params: QueryDict, opened: Opened, *, order: str = "-updated") -> Search:
    """Read an address; `order` is what the list goes by unless another is chosen."""
    form = RecordSearch(params, opened=opened, order=order)
    if not form.is_valid():
        return Search(form, None, order, ())
    return Search(
        form, form.where(), form.cleaned_data["order"] or order, list(_tags(form, params))
    )


def _filters(opened: Opened) -> list[LedgerField]:
    own = {opened.ledger.area_field, opened.ledger.unit_field}
    return [f for f in opened.ledger.filled if f.filter and not f.personal and f.code not in own]


def _asked(field: LedgerField) -> Iterator[tuple[str, forms.Field]]:
    name, label = f"{FIELD}{field.code}", label_of(field)
    if field.kind in ("date", "number"):
        for end, words in ((FIRST, _("%(name)s从")), (LAST, _("%(name)s到"))):
            said = words % {"name": label}
            if field.kind == "date":
                yield name + end, forms.DateField(label=said, required=False, widget=day_input())
            else:
                number = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
                yield name + end, forms.FloatField(label=said, required=False, widget=number)
    else:
        yield name, forms.ChoiceField(label=label, required=False)


def _orders(opened: Opened, order: str) -> list[tuple[str, str]]:
    listed = [
        ("-updated", _("更新时间，新的在前")),
        ("updated", _("更新时间，旧的在前")),
        ("title", _("名称")),
        ("number", _("编号")),
    ]
    if opened.ledger.review:
        listed.append(("due", _("核对日期，早的在前")))
    for field in orders_of(opened.ledger):
        listed.append((field.code, _("%(name)s，由小到大") % {"name": name_of(field)}))
        listed.append((f"-{field.code}", _("%(name)s，由大到小") % {"name": name_of(field)}))
    own = dict(listed)[order]
    return [("", own), *(entry for entry in listed if entry[0] != order)]


def _tags(form: RecordSearch, params: QueryDict) -> Iterator[FilterTag]:
    for name, value in form.cleaned_data.items():
        if value in (None, "") or name == "order":
            continue
        rest = params.copy()
        for gone in (name, "after"):
            rest.pop(gone, None)
        offers = form.offers.get(name, ())
        said = {"condition": form.fields[name].label, "value": words_in(offers).get(value, value)}
        yield FilterTag(_("%(condition)s：%(value)s") % said, f"?{rest.urlencode()}")
