"""The road of a case: dispatch, answer, return, rule, follow up.

Serves: R019 R020 R105 R106.
"""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases import services
from linli.domain.cases.selectors import Feedback, dispatch_choices
from linli.web.desk.acts.base import Act, ActForm, By, Data, ReasonForm, Standing, item_id
from linli.web.desk.acts.outcomes import (
    ANSWER_LENGTH,
    StageForm,
    control,
    hint_of,
    told,
)
from linli.web.desk.choices import offer
from linli.web.desk.words import name_of, until_words


class DispatchForm(ActForm):
    """Whom the case is handed to: the duty list's units first."""

    to = forms.ChoiceField(label=_("主办单位"), widget=forms.RadioSelect)
    co_units = forms.MultipleChoiceField(
        label=_("协办单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea)

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        found = dispatch_choices(standing.case, at=standing.at)
        choices = [(s.unit.code, s.unit.name) for s in found]
        for name in ("to", "co_units"):
            offer(self, name, choices)
        freed = standing.freed
        left = [code for code, _name in choices if code not in freed]
        if left:
            self.fields["to"].initial = left[0]


class DeskAnswerForm(ActForm):
    """The answer that the resident will read."""

    lengths = ANSWER_LENGTH
    reason = forms.CharField(label=_("答复内容"), widget=forms.Textarea)


class RouteForm(ActForm):
    """Which door is the right one for the resident."""

    route = forms.ChoiceField(label=_("不派单情形"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea)

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        offer(self, "route", [(r.code, name_of(r)) for r in standing.standard.routes])


class ReturnForm(ReasonForm):
    """Why the unit objects, within the window that the standard gives."""

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        field, known = self.fields["reason"], standing.standard.field("return_reason")
        hints = [hint_of(known)] if known else []
        ends = return_ends(standing)
        if ends:
            hints.append(gettext("须在 %(until)s 前退单") % {"until": ends})
        field.help_text = " · ".join(hint for hint in hints if hint)


class RulingForm(StageForm):
    """A ruling on an objection, by the ways that the stage has."""

    lengths = ReasonForm.lengths
    fills = "ruling"
    outcome = forms.ChoiceField(label=_("裁定"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea)
    field_order = ("outcome", "reason")

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        stage = standing.stage
        ways = (*stage.outcomes, *stage.back) if stage else ()
        offer(self, "outcome", [(way.code, name_of(way)) for way in ways])


class FollowUpForm(ActForm):
    """What the resident said: reached, solved and satisfied are three facts."""

    solved = forms.ChoiceField(
        label=_("是否解决"), widget=forms.RadioSelect, choices=Feedback.Solved.choices
    )
    satisfied = forms.ChoiceField(
        label=_("是否满意"), widget=forms.RadioSelect, choices=Feedback.Satisfied.choices
    )
    comment = forms.CharField(label=_("原话"), required=False, widget=forms.Textarea)

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        asked = standing.standard.field("contacted")
        if asked is not None and standing.stage and "contacted" in standing.stage.form:
            self.ask("contacted", control(asked, required=asked.required))
            self.order_fields(["contacted"])


def return_ends(standing: Standing) -> str:
    """Say when the window for an objection ends; "" where the standard has none."""
    window, item = standing.standard.objection, standing.mine
    return until_words(standing.until(item.opened_at, window.limit)) if window and item else ""


def _dispatch(standing: Standing, data: Data, by: By) -> object:
    chosen = data.get("co_units")
    co_units = [str(code) for code in chosen] if isinstance(chosen, list) else []
    to, reason = str(data["to"]), str(data["reason"])
    ref = standing.case.public_id
    return services.dispatch_case(ref, to=to, co_units=co_units, reason=reason, **by)


def _route(standing: Standing, data: Data, by: By) -> object:
    route, reason = str(data["route"]), str(data["reason"])
    return services.close_by_route(standing.case.public_id, route=route, reason=reason, **by)


def _answer_now(standing: Standing, data: Data, by: By) -> object:
    return services.answer_directly(standing.case.public_id, answer=str(data["reason"]), **by)


def _return(standing: Standing, data: Data, by: By) -> object:
    item, reason = item_id(standing.mine), str(data["reason"])
    return services.return_item(standing.case.public_id, item, reason=reason, **by)


def _rule(standing: Standing, data: Data, by: By) -> object:
    outcome, reason = str(data["outcome"]), str(data["reason"])
    return services.rule_objection(
        standing.case.public_id, outcome=outcome, reason=reason, result=told(data), **by
    )


def _follow_up(standing: Standing, data: Data, by: By) -> object:
    return services.record_follow_up(
        standing.case.public_id,
        solved=data["solved"],  # type: ignore[arg-type]  # the form offers only these words
        satisfied=data["satisfied"],  # type: ignore[arg-type]  # likewise
        contacted=data.get("contacted"),  # type: ignore[arg-type]  # yes, no or nothing
        comment=str(data["comment"]),
        **by,
    )


def _is_in_window(standing: Standing) -> bool:
    window, item = standing.standard.objection, standing.mine
    if item is None:
        return False
    return window is None or standing.at <= standing.until(item.opened_at, window.limit)


ROAD: dict[str, Act] = {
    "dispatch": Act(
        noop("派单"),
        "case.dispatch",
        DispatchForm,
        _dispatch,
        lambda s: not s.is_unit_work and s.way("dispatch") is not None,
        kind="primary",
        is_next=True,
    ),
    "answer-now": Act(
        noop("直接答复"),
        "case.triage",
        DeskAnswerForm,
        _answer_now,
        lambda s: not s.is_unit_work and s.way("answer") is not None,
        is_next=True,
    ),
    "route": Act(
        noop("告知途径"),
        "case.triage",
        RouteForm,
        _route,
        lambda s: s.way("route") is not None and bool(s.standard.routes),
        is_next=True,
    ),
    "return": Act(
        noop("退单"),
        "case.return",
        ReturnForm,
        _return,
        lambda s: s.is_unit_work and s.way("return") is not None and _is_in_window(s),
        is_next=True,
    ),
    "rule": Act(
        noop("裁定异议"),
        "case.review_objection",
        RulingForm,
        _rule,
        lambda s: s.stage is not None and s.stage.key == s.standard.leads_to("return"),
        kind="primary",
        is_next=True,
    ),
    "follow-up": Act(
        noop("记录回访"),
        "case.follow_up",
        FollowUpForm,
        _follow_up,
        lambda s: not s.is_unit_work and s.way("solved") is not None,
        kind="primary",
        is_next=True,
    ),
}
