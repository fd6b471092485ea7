"""Acts on what a unit complained about is told: writing, approving, sending, withdrawing it.

Serves: R129 X08.
"""

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases import services
from linli.domain.cases.selectors import Rendition, respondents_of
from linli.web.desk.acts.base import Act, ActForm, By, Data, Standing
from linli.web.desk.choices import offer

WRITE, APPROVE, SEND, WITHDRAW = (
    "rendition.write",
    "rendition.approve",
    "rendition.write",
    "rendition.write",
)
State = Rendition.State
OPEN = (State.DRAFT, State.APPROVED, State.SENT)


class RenditionForm(ActForm):
    """For which unit, what it is to answer, and why findings may stay."""

    lengths: ClassVar[Mapping[str, str]] = {
        "text": "rendition.text_max",
        "reason": "desk.reason_max",
    }
    unit = forms.ChoiceField(label=_("发给哪个被投诉单位"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("转述内容"),
        widget=forms.Textarea,
        help_text=_("用自己的话写清要说明什么。不写反映人是谁、何时反映、手里有什么，不照抄原文。"),
    )
    reason = forms.CharField(
        label=_("保留提醒内容的理由"),
        widget=forms.Textarea,
        required=False,
        help_text=_("系统提醒可能暴露反映人、而确需保留时填写。"),
    )

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        busy = {one.unit_id for one in standing.renditions if one.state == State.SENT}
        units = [unit for unit in respondents_of(standing.case) if unit.pk not in busy]
        offer(self, "unit", [(unit.code, unit.name) for unit in units])
        if len(units) == 1:
            self.fields["unit"].initial = units[0].code
        waiting = next((one for one in standing.renditions if one.sent_at is None), None)
        if waiting is not None:
            self.fields["text"].initial = waiting.text


class ChosenForm(ActForm):
    """One of the renditions that are in the right state."""

    states: ClassVar[tuple[str, ...]] = OPEN
    rendition = forms.ChoiceField(label=_("转述件"), widget=forms.RadioSelect)

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        found = standing.renditions_in(*self.states)
        offer(self, "rendition", [(one.public_id, rendition_words(one)) for one in found])
        if len(found) == 1:
            self.fields["rendition"].initial = found[0].public_id


class ApprovalForm(ChosenForm):
    """Which one, and why what the check found may stay."""

    states = (State.DRAFT,)
    reason = forms.CharField(
        label=_("保留提醒内容的理由"),
        widget=forms.Textarea,
        required=False,
        help_text=_("有提醒而仍批准的，写明理由。不宜发出的，撤回后重写。"),
    )


class SendForm(ChosenForm):
    """Which one."""

    states = (State.APPROVED,)


def rendition_words(one: Rendition) -> str:
    """Name a rendition by the unit and how far it is."""
    return f"{one.unit.name} · {gettext(one.get_state_display())}"


def _write(standing: Standing, data: Data, by: By) -> object:
    unit, text, reason = str(data["unit"]), str(data["text"]), str(data["reason"])
    ref = standing.case.public_id
    return services.write_rendition(ref, unit=unit, text=text, reason=reason, **by)


def _approve(standing: Standing, data: Data, by: By) -> object:
    chosen, reason = str(data["rendition"]), str(data["reason"])
    return services.approve_rendition(standing.case.public_id, chosen, reason=reason, **by)


def _send(standing: Standing, data: Data, by: By) -> object:
    return services.send_rendition(standing.case.public_id, str(data["rendition"]), **by)


def _withdraw(standing: Standing, data: Data, by: By) -> object:
    return services.withdraw_rendition(standing.case.public_id, str(data["rendition"]), **by)


def _may_write(standing: Standing) -> bool:
    busy = {one.unit_id for one in standing.renditions_in(State.SENT)}
    return standing.is_open and bool(set(standing.case.respondent_ids) - busy)


def _may_approve(standing: Standing) -> bool:
    drafts = standing.renditions_in(State.DRAFT)
    return any(one.written_by != standing.actor.user_id for one in drafts)


RENDITIONS: dict[str, Act] = {
    "rendition": Act(
        noop("写转述件"),
        WRITE,
        RenditionForm,
        _write,
        _may_write,
        consequence=noop("由另一人批准后才能发出。还没有批准或发出的，以这次写的为准。"),
    ),
    "approve-rendition": Act(
        noop("批准转述件"),
        APPROVE,
        ApprovalForm,
        _approve,
        _may_approve,
        consequence=noop("请逐句核对：被投诉单位不得由此知道是谁、何时反映、有何证据。"),
        is_next=True,
    ),
    "send-rendition": Act(
        noop("发出转述件"),
        SEND,
        SendForm,
        _send,
        lambda s: bool(s.renditions_in(State.APPROVED)),
        consequence=noop("发出后被投诉单位即可看到，说明期限开始计算。"),
        is_next=True,
    ),
    "withdraw-rendition": Act(
        noop("撤回转述件"),
        WITHDRAW,
        ChosenForm,
        _withdraw,
        lambda s: bool(s.renditions_in(*OPEN)),
        consequence=noop("撤回后被投诉单位不再看到内容，也不用说明。看过的内容收不回来。"),
    ),
}
