"""The form of one part of an entry: its scalars, and the small parts that hold scalars alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from linli.web.desk.drafting.labels import choice_words, hint_words, key_words, shape_words
from linli.web.desk.drafting.nodes import Node
from linli.web.desk.drafting.slots import SCALARS, Shape, Slot, slots_of
from linli.web.ui.forms import LinliForm, day_input

Plain = Any
Options = Mapping[str, Sequence[tuple[str, str]]]
INNER = "__"
WHICH = "__is"
MANY_LINES = forms.Textarea(attrs={"rows": "3"})


class Lines(forms.CharField):
    """Several words, one a line."""

    widget = MANY_LINES

    def prepare_value(self, value: object) -> object:
        """Write a list line by line."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value


class NodeForm(LinliForm):
    """Made from a shape; what cannot be said in one field stands on a page of its own.

    `options` offers what stands elsewhere in the pack, by key: stages, fields, sources.
    """

    def __init__(
        self, *args: object, node: Node, options: Options, own: str = "", **kwargs: object
    ) -> None:
        self.node, self.options = node, options
        super().__init__(*args, initial=dict(_initial(node)), **kwargs)
        for slot in slots_of(node.shape):
            if slot.kind in SCALARS:
                value = node.value.get(slot.name)
                self.ask(slot.name, self._field(slot, value, is_required=slot.is_required))
            elif slot.kind in ("group", "either"):
                self._ask_group(slot)
        if own in self.fields:
            self.fields[own].disabled = True

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in the order of the shape, those of one small part under its name."""
        found: list[tuple[str, list[forms.BoundField]]] = [("", [])]
        for name in self.fields:
            root = name.split(INNER)[0]
            heading = key_words(root) if INNER in name else ""
            if found[-1][0] != heading:
                found.append((heading, []))
            found[-1][1].append(self[name])
        return [group for group in found if group[1]]

    def value(self) -> dict[str, Plain]:
        """Return the part as its file would say it, what stands elsewhere in it unchanged."""
        said, kept = self.cleaned_data, dict(self.node.value)
        for slot in slots_of(self.node.shape):
            if slot.kind in SCALARS:
                new = _stored(slot, said.get(slot.name))
                _put(kept, slot.name, _in_order(new, kept.get(slot.name)))
            elif slot.kind in ("group", "either"):
                _put(kept, slot.name, self._group(slot))
        return kept

    def _ask_group(self, slot: Slot) -> None:
        value = self.node.value.get(slot.name)
        held = value if isinstance(value, dict) else {}
        if slot.kind == "either":
            which = [(shape.__name__, shape_words(shape.__name__)) for shape in slot.shapes]
            chosen = forms.ChoiceField(label=key_words(slot.name), choices=which)
            self.ask(f"{slot.name}{WHICH}", chosen)
        for inner in _inner_slots(slot):
            must = slot.is_required and inner.is_required and slot.kind == "group"
            field = self._field(inner, held.get(inner.name), is_required=must)
            self.ask(f"{slot.name}{INNER}{inner.name}", field)

    def _group(self, slot: Slot) -> dict[str, Plain] | None:
        said = self.cleaned_data
        shapes = slot.shapes
        if slot.kind == "either":
            shapes = tuple(s for s in shapes if s.__name__ == said[f"{slot.name}{WHICH}"])
        kept: dict[str, Plain] = {}
        for inner in (one for shape in shapes for one in slots_of(shape)):
            _put(kept, inner.name, _stored(inner, said.get(f"{slot.name}{INNER}{inner.name}")))
        is_said = any(name not in ("confidence",) for name in kept)
        return kept if is_said else None

    def _field(self, slot: Slot, value: Plain, *, is_required: bool) -> forms.Field:
        field = self._control(slot, value, is_required)
        field.label, field.required = key_words(slot.name), is_required and slot.kind != "flag"
        field.help_text = hint_words(slot.name)
        return field

    def _control(self, slot: Slot, value: Plain, is_required: bool) -> forms.Field:
        blank = [] if is_required else [("", "--")]
        if slot.kind == "flag":
            return forms.BooleanField()
        if slot.kind == "day":
            return forms.DateField(widget=day_input())
        if slot.kind == "whole":
            return forms.IntegerField()
        if slot.kind == "number":
            return forms.FloatField()
        offered = self.options.get(slot.name)
        if slot.kind == "codes":
            return _several(slot, offered, value)
        if slot.kind == "choice":
            return forms.ChoiceField(
                choices=[*blank, *((code, choice_words(code)) for code in slot.choices)]
            )
        if offered is not None:
            return forms.ChoiceField(choices=[*blank, *_with(offered, [value])])
        return forms.CharField(widget=forms.Textarea if slot.kind == "long" else forms.TextInput)


def _several(slot: Slot, offered: Sequence[tuple[str, str]] | None, value: Plain) -> forms.Field:
    if slot.choices:
        offered = [(code, choice_words(code)) for code in slot.choices]
    if offered is None:
        return Lines()
    held = value if isinstance(value, list) else []
    return forms.MultipleChoiceField(
        choices=_with(offered, held), widget=forms.CheckboxSelectMultiple
    )


def _with(offered: Sequence[tuple[str, str]], held: Sequence[Plain]) -> list[tuple[str, str]]:
    """Add what is written there but no longer offered, so that looking changes nothing."""
    known = {code for code, _words in offered}
    lost = [
        (str(one), f"{one} {_('（已不存在）')}") for one in held if one and str(one) not in known
    ]
    return [*offered, *lost]


def _initial(node: Node) -> Iterator[tuple[str, Plain]]:
    for slot in slots_of(node.shape):
        value = node.value.get(slot.name)
        if slot.kind in SCALARS:
            yield slot.name, value
        elif slot.kind in ("group", "either"):
            held = value if isinstance(value, dict) else {}
            if slot.kind == "either":
                yield f"{slot.name}{WHICH}", _which(slot, held).__name__
            for inner in _inner_slots(slot):
                yield f"{slot.name}{INNER}{inner.name}", held.get(inner.name)


def _which(slot: Slot, held: Mapping[str, Plain]) -> Shape:
    """The shape of several that a value has: the one of which it uses the most keys."""
    return max(slot.shapes, key=lambda shape: len(_names(shape) & held.keys()) / len(_names(shape)))


def _names(shape: Shape) -> set[str]:
    return {slot.name for slot in slots_of(shape)}


def _inner_slots(slot: Slot) -> list[Slot]:
    """The slots of a small part; of several shapes all, each name once."""
    found = {inner.name: inner for shape in slot.shapes for inner in slots_of(shape)}
    return list(found.values())


def _stored(slot: Slot, said: Plain) -> Plain:
    if slot.kind == "codes":
        words = said if isinstance(said, list) else str(said or "").splitlines()
        return [_word(word) for word in words if str(word).strip()]
    if isinstance(said, date):
        return said.isoformat()
    if isinstance(said, str):
        return said.strip()
    return said


def _in_order(new: Plain, held: Plain) -> Plain:
    """Keep the order in which words stood that are still chosen."""
    if not isinstance(new, list) or not isinstance(held, list) or set(new) != set(held):
        return new
    return held if len(new) == len(held) else new


def _word(word: object) -> Plain:
    text = str(word).strip()
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isdecimal() and len(text) < 6 else text


def _put(kept: dict[str, Plain], name: str, value: Plain) -> None:
    """Write a key; one that says nothing is left out, as its file would."""
    if value is None or value is False or value in ("", []):
        kept.pop(name, None)
    else:
        kept[name] = value
