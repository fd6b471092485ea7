"""What a standard's form asks at a stage, and the act of leaving the stage by an outcome.

Serves: R014 R105.
"""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.domain.cases import services
from linli.domain.cases.selectors import act_for, plain_ways
from linli.domain.catalogue.selectors import (
    FieldDef,
    OutcomeDef,
    StageDef,
    StandardDef,
    parameter,
)
from linli.web.desk.acts.base import Act, ActForm, By, Data, Standing, item_id
from linli.web.desk.words import name_of, unit_words
from linli.web.ui.forms import day_input, moment_input
from linli.web.ui.languages import is_english

Told = str | bool | int | float | list[str] | list[int] | None
ANSWER_LENGTH = {"reason": "desk.answer_max", "comment": "desk.reason_max"}
UNTOLD = frozenset({"key", "reason", "outcome", "solved", "satisfied", "contacted", "comment"})


class StageForm(ActForm):
    """An act with its words, and whatever else the standard's form of the stage asks.

    `fills` is the field of that form which the words answer; `spoken` are those that the act
    asks in its own way.
    """

    lengths: ClassVar[Mapping[str, str]] = ANSWER_LENGTH
    fills: ClassVar[str] = "answer"
    spoken: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        most = MaxLengthValidator(int(parameter("desk.answer_max", standing.at).value))
        for code in standing.stage.form if standing.stage else ():
            known = standing.standard.field(code)
            if known is None or code in self.spoken:
                continue
            is_words = code == self.fills
            must = known.required or (is_words and self.fields["reason"].required)
            field = control(known, required=must)
            if isinstance(field, forms.CharField):
                field.validators.append(most)
            self.ask("reason" if is_words else code, field)


class AnswerForm(StageForm):
    """The answer that the resident will read."""

    reason = forms.CharField(label=_("答复内容"), widget=forms.Textarea)


class ReasonedForm(StageForm):
    """An outcome for which the standard wants a reason."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea)


class BareForm(StageForm):
    """An outcome that needs no words."""

    reason = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea)


def control(known: FieldDef, *, required: bool) -> forms.Field:
    """Make the control of a standard's field."""
    field = _plain(known)
    field.label, field.help_text, field.required = name_of(known), hint_of(known), required
    return field


def _plain(known: FieldDef) -> forms.Field:
    if known.kind == "choice":
        choices = [(choice.code, name_of(choice)) for choice in known.choices]
        return forms.ChoiceField(choices=[("", "--"), *choices])
    if known.kind == "choices":
        several = [(choice.code, name_of(choice)) for choice in known.choices]
        return forms.MultipleChoiceField(choices=several, widget=forms.CheckboxSelectMultiple)
    if known.kind == "number":
        return forms.FloatField(min_value=known.at_least, max_value=known.at_most)
    if known.kind == "yes_no":
        # Nothing is chosen at first: a box left empty could mean no, or not asked.
        return forms.TypedChoiceField(
            choices=[("yes", gettext("是")), ("no", gettext("否"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
        )
    if known.kind == "date":
        return forms.DateField(widget=day_input())
    if known.kind == "datetime":
        return forms.DateTimeField(widget=moment_input())
    return forms.CharField(widget=forms.Textarea if known.kind == "text" else forms.TextInput)


def hint_of(known: FieldDef) -> str:
    """Return what the standard says beside a field, and the unit of a number."""
    said = known.hint_en if is_english() else known.hint
    unit = unit_words(known.unit) if known.unit else ""
    return " · ".join(part for part in (unit, said) if part)


def told(data: Data) -> dict[str, Told]:
    """Return what was answered to the stage's form, in what the case engine keeps."""
    given = {name: value for name, value in data.items() if name not in UNTOLD}
    return {name: _stored(value) for name, value in given.items() if value not in (None, "", [])}


def _stored(value: object) -> Told:
    if isinstance(value, bool | float):
        return value
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def outcome_acts(standing: Standing) -> Iterator[tuple[str, Act]]:
    """Yield the ways out of the present stage, and back, that take its form and nothing more."""
    if standing.stage is not None:
        yield from _acts_of(standing.standard, standing.stage)


def acts_behind(standing: Standing) -> Iterator[tuple[str, Act]]:
    """Yield those of every stage: a form that is sent twice finds its act a second time."""
    for stage in standing.standard.stages:
        yield from _acts_of(standing.standard, stage)


def _acts_of(standard: StandardDef, stage: StageDef) -> Iterator[tuple[str, Act]]:
    for way in plain_ways(standard, stage):
        yield way.code, _outcome_act(stage, way)


def _outcome_act(stage: StageDef, way: OutcomeDef) -> Act:
    """Make the act of an outcome, named as the standard names it."""

    def carry_out(standing: Standing, data: Data, by: By) -> object:
        return services.complete_item(
            standing.case.public_id,
            item_id(standing.step),
            outcome=way.code,
            reason=str(data["reason"]),
            result=told(data),
            **by,
        )

    def is_offered(standing: Standing) -> bool:
        is_here = standing.stage == stage and standing.step is not None
        return is_here and _has_handlers(standing, way)

    return Act(
        name_of(way),
        act_for(stage.role, by_units=stage.by_units),
        _form_of(way),
        carry_out,
        is_offered,
        kind="secondary" if stage.is_back(way.code) else "primary",
        is_next=True,
    )


def _has_handlers(standing: Standing, way: OutcomeDef) -> bool:
    """Whether the next stage is no work of units, or some unit has had work before."""
    stages = [standing.standard.stage(to) for to in way.targets]
    if not any(stage is not None and stage.each == "units" for stage in stages):
        return True
    return any(item.kind == "main" and item.unit_id for item in standing.items)


def _form_of(way: OutcomeDef) -> type[StageForm]:
    if way.code == "answer":
        return AnswerForm
    return ReasonedForm if way.needs_reason else BareForm
