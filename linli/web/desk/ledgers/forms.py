"""The form of a record, made from its ledger's definition.

What a value may be is judged by the ledger, once for pages, API and imports; the form asks.
Serves: R017.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.domain.attachments.selectors import RecordPhoto
from linli.domain.attachments.services import Upload
from linli.domain.catalogue.selectors import LedgerField
from linli.domain.ledgers.selectors import Named, Record
from linli.kernel.errors import LinliError, RejectedTogether
from linli.kernel.ids import public_id
from linli.web.desk.choices import Offered, words_in
from linli.web.desk.ledgers.base import Opened, hint_of, label_of
from linli.web.desk.ledgers.offering import offered_for, units_within
from linli.web.desk.words import minute_words, name_of
from linli.web.ui.forms import LinliForm, day_input
from linli.web.ui.photos import PhotosField

ACT = "ledger.edit"
FIELD = "f-"
LNG, LAT, SOURCE, ARTICLE, KEPT = "-lng", "-lat", "-source", "-article", "-kept"
BETWEEN = "、"
CHOSEN = frozenset({"choice", "yes_no", "area", "unit", "post", "matter", "stage"})
DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}
Given = dict[str, Any]


class RecordForm(LinliForm):
    """Every field that somebody fills in, and the keys that make a repeat harmless.

    Parameters
    ----------
    record : the record to change; None to enter one. links : what its links name, by field.
    photos : the photographs of its file fields, by field.
    """

    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        *args: object,
        opened: Opened,
        record: Record | None = None,
        links: Mapping[str, list[Named]] | None = None,
        photos: Mapping[str, list[RecordPhoto]] | None = None,
        **kwargs: object,
    ) -> None:
        self.opened, self.record = opened, record
        self.links, self.photos = links or {}, photos or {}
        super().__init__(*args, **kwargs)
        for field in opened.ledger.filled:
            for name, asked in self._asked(field):
                self.ask(name, asked)
        if record is None and not opened.ledger.unit_field:
            self._ask_unit()
        if record is not None:
            self.fields["seen"].initial = record.seq
            self.ask("reason", _words_field(_("更改原因"), required=False))

    def given(self) -> Given:
        """Return what a valid form fills in: for a record that there is, what differs from it."""
        known = {f.code: self._given(f) for f in self.opened.ledger.filled}
        if self.record is None:
            return {code: value for code, value in known.items() if value not in ("", [], None)}
        shown = {f.code: self._shown(f) for f in self.opened.ledger.filled}
        return {code: value for code, value in known.items() if value != shown[code]}

    def uploads(self) -> Iterator[tuple[str, list[Upload]]]:
        """Yield the file fields for which photographs were chosen, with these."""
        for field in self.opened.ledger.filled:
            if field.kind == "file" and (files := self.cleaned_data[f"{FIELD}{field.code}"]):
                yield field.code, files

    def refuse_all(self, error: LinliError) -> None:
        """Show why the ledger refused, every fault at its field."""
        for fault in error.faults if isinstance(error, RejectedTogether) else (error,):
            self.refuse(fault, self._at(fault.field or ""))

    def _at(self, code: str) -> str | None:
        names = [f"{FIELD}{code}{end}" for end in ("", LNG, SOURCE)]
        return next((name for name in (*names, code) if name in self.fields), None)

    def _ask_unit(self) -> None:
        nobody = [("", _("本人岗位所在单位或区域"))]
        choices = [*nobody, *units_within(self.opened, ACT)]
        self.ask("unit", forms.ChoiceField(label=_("管理单位"), required=False, choices=choices))

    def _asked(self, field: LedgerField) -> Iterator[tuple[str, forms.Field]]:
        name, label = f"{FIELD}{field.code}", label_of(field)
        shown = self._shown(field)
        if field.kind == "point":
            lng, lat = shown.split(",") if shown else ("", "")
            ends = ((LNG, _("%(name)s：经度"), lng), (LAT, _("%(name)s：纬度"), lat))
            for end, words, value in ends:
                asked = forms.CharField(
                    label=words % {"name": label},
                    widget=forms.TextInput(attrs=DECIMAL),
                    initial=value,
                )
                yield name + end, self._hinted(field, asked, _("度，如 116.40 或 39.90"))
        elif field.kind == "citation":
            source, article = shown.split(" ", 1) if shown else ("", "")
            yield name + SOURCE, self._chosen(field, label, source)
            words = _("%(name)s：条款") % {"name": label}
            yield name + ARTICLE, _words_field(words, required=False, initial=article)
        elif field.kind == "file":
            if kept := self.photos.get(field.code):
                yield name + KEPT, self._kept(label, kept)
            yield (
                name,
                PhotosField(label=label, required=False, help_text=hint_of(field) or PHOTO_HINT),
            )
        elif field.kind in CHOSEN:
            yield name, self._chosen(field, label, shown)
        else:
            yield (
                name,
                self._hinted(field, _written(field, label, shown), _OWN_HINTS.get(field.kind)),
            )

    def _hinted(self, field: LedgerField, asked: forms.Field, own: Any = "") -> forms.Field:
        asked.required = field.required
        asked.help_text = hint_of(field) or own or ""
        return asked

    def _chosen(self, field: LedgerField, label: str, value: str) -> forms.Field:
        offered = offered_for(field, self.opened, ACT)
        choices = [("", "--"), *_with(offered, value)]
        asked = forms.ChoiceField(label=label, choices=choices, initial=value)
        return self._hinted(field, asked)

    def _kept(self, label: str, photos: list[RecordPhoto]) -> forms.Field:
        choices = [
            (
                photo.public_id,
                _("第 %(number)d 张（%(at)s 添加）")
                % {"number": n, "at": minute_words(photo.added_at)},
            )
            for n, photo in enumerate(photos, 1)
        ]
        return forms.MultipleChoiceField(
            label=_("%(name)s：保留的照片") % {"name": label},
            choices=choices,
            required=False,
            initial=[code for code, _words in choices],
            widget=forms.CheckboxSelectMultiple,
        )

    def _given(self, field: LedgerField) -> Any:
        """What was filled in, as it would read in the form of a record that has it."""
        name, said = f"{FIELD}{field.code}", self.cleaned_data
        if field.kind == "point":
            pair = [said[name + end].strip() for end in (LNG, LAT)]
            return ",".join(pair) if any(pair) else ""
        if field.kind == "citation":
            return f"{said[name + SOURCE]} {said[name + ARTICLE]}".strip()
        if field.kind == "file":
            return said.get(name + KEPT, [])
        value = said[name]
        return value if isinstance(value, list) else value.replace("\r\n", "\n").strip()

    def _shown(self, field: LedgerField) -> Any:
        """What the form of the record shows of a field: as `_given` reads it when left alone."""
        value = self.record.data.get(field.code) if self.record else None
        if field.kind == "file":
            return [photo.public_id for photo in self.photos.get(field.code, [])]
        if value is None:
            return [] if field.kind == "choices" else ""
        if field.kind == "link":
            named = self.links.get(field.code, [])
            lost = ["—"] * (len(value) - len(named)) if isinstance(value, list) else []
            return BETWEEN.join([*(one.number for one in named), *lost])
        if field.kind == "yes_no":
            return "yes" if value else "no"
        if isinstance(value, dict):
            parts, between = (
                (("lng", "lat"), ",") if field.kind == "point" else (("source", "article"), " ")
            )
            return between.join(str(value.get(part, "")) for part in parts).strip()
        return value if isinstance(value, list) else str(value)


PHOTO_HINT = gettext_lazy("JPEG、PNG 或 WebP；照片里的位置、时间和机型不会保留")
_OWN_HINTS = {
    "url": gettext_lazy("以 http:// 或 https:// 开头"),
    "link": gettext_lazy("填编号，几个之间用顿号隔开；也可以填对方台账中不重复的名称"),
}


def _words_field(label: str, *, required: bool, initial: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=2000, initial=initial)


def _written(field: LedgerField, label: str, shown: Any) -> forms.Field:
    if field.kind == "choices":
        choices = [(choice.code, name_of(choice)) for choice in field.choices]
        return forms.MultipleChoiceField(
            label=label, choices=choices, initial=shown, widget=forms.CheckboxSelectMultiple
        )
    widget: forms.Widget = forms.TextInput()
    if field.kind == "long_text":
        widget = forms.Textarea()
    elif field.kind == "date":
        widget = day_input()
    elif field.kind in ("number", "money"):
        widget = forms.TextInput(attrs=DECIMAL)
    elif field.kind == "url":
        widget = forms.URLInput()
    return forms.CharField(label=label, widget=widget, initial=shown, max_length=field.longest)


def _with(offered: Offered, value: str) -> Offered:
    """Add what is written there but no longer offered, so that looking changes nothing."""
    if not value or value in words_in(offered):
        return offered
    return [*offered, (value, value)]
