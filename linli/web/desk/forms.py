"""Forms of the acts on a case; each carries the key that makes a second click harmless."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.domain.cases.selectors import Case
from linli.domain.organisations.selectors import units_for_dispatch
from linli.kernel.clock import utc_now
from linli.kernel.ids import public_id
from linli.web.desk.words import is_english
from linli.web.ui.forms import LinliForm


class ActForm(LinliForm):
    """What every act carries."""

    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)

    def __init__(self, *args: object, case: Case, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.case = case


class ReasonForm(ActForm):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea, max_length=2000)


class DispatchForm(ActForm):
    """Whom the case is handed to: the duty list's units first."""

    to = forms.ChoiceField(label=_("主办单位"), widget=forms.RadioSelect)
    co_units = forms.MultipleChoiceField(
        label=_("协办单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("说明"), required=False, widget=forms.Textarea, max_length=2000
    )

    def __init__(self, *args: object, case: Case, **kwargs: object) -> None:
        super().__init__(*args, case=case, **kwargs)
        found = units_for_dispatch(case.matter.code, case.area_path, at=utc_now())
        choices = [(s.unit.code, s.unit.name) for s in found]
        for name in ("to", "co_units"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        if choices:
            self.fields["to"].initial = choices[0][0]


class AnswerForm(ActForm):
    """The answer that the resident will read."""

    reason = forms.CharField(label=_("答复内容"), widget=forms.Textarea, max_length=5000)


class RouteForm(ActForm):
    """Which door is the right one for the resident."""

    route = forms.ChoiceField(label=_("不派单情形"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("说明"), required=False, widget=forms.Textarea, max_length=2000
    )

    def __init__(self, *args: object, case: Case, **kwargs: object) -> None:
        super().__init__(*args, case=case, **kwargs)
        field = self.fields["route"]
        if isinstance(field, forms.ChoiceField):
            routes = case.standard.definition.routes
            field.choices = [(r.code, r.name_en if is_english() else r.name) for r in routes]


class FollowUpForm(ActForm):
    """What the resident said: reached, solved and satisfied are three facts."""

    solved = forms.ChoiceField(
        label=_("是否解决"),
        widget=forms.RadioSelect,
        choices=[
            ("solved", _("已解决")),
            ("partly", _("部分解决")),
            ("unsolved", _("未解决")),
            ("unreachable", _("联系不上")),
        ],
    )
    satisfied = forms.ChoiceField(
        label=_("是否满意"),
        widget=forms.RadioSelect,
        choices=[
            ("satisfied", _("满意")),
            ("basic", _("基本满意")),
            ("dissatisfied", _("不满意")),
            ("no_comment", _("未评价")),
        ],
    )
    comment = forms.CharField(
        label=_("原话"), required=False, widget=forms.Textarea, max_length=2000
    )


class RulingForm(ReasonForm):
    """A ruling on an objection."""

    outcome = forms.ChoiceField(
        label=_("裁定"),
        widget=forms.RadioSelect,
        choices=[("reject", _("维持原派单")), ("uphold", _("同意退单，重新派单"))],
    )
