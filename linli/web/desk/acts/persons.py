"""Acts on what is kept of a person: doing what was asked, asking for an erasure, holding by law.

Serves: X01.
"""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from linli.domain.privacy.services import ask_for_erasure, fulfil_request, lift_hold, set_hold
from linli.web.desk.acts.base import Act, ActForm, By, Data, ReasonForm, Standing

ERASURES = frozenset({"delete", "withdraw"})


class TellForm(ActForm):
    """What the person is told."""

    lengths = {"words": "desk.answer_max"}
    words = forms.CharField(
        label=_("告诉本人的话"),
        widget=forms.Textarea,
        help_text=_("显示在查询进度页。不要写别人的信息，也不要重复姓名和电话。"),
    )


def _fulfil(standing: Standing, data: Data, by: By) -> object:
    return fulfil_request(standing.case.public_id, words=str(data["words"]), **by)


def _ask(standing: Standing, data: Data, by: By) -> object:
    return ask_for_erasure(standing.case.public_id, reason=str(data["reason"]), **by)


def _hold(standing: Standing, data: Data, by: By) -> object:
    reason = str(data["reason"])
    return set_hold(standing.case.public_id, reason=reason, actor=by["actor"], at=by["at"])


def _lift(standing: Standing, data: Data, by: By) -> object:
    return lift_hold(standing.case.public_id, actor=by["actor"], at=by["at"])


def _waits(standing: Standing, *, erasure: bool) -> bool:
    """Whether a request of the kind waits for this person to do what was asked."""
    request = standing.personal
    if request is None or standing.way("fulfil") is None or standing.step is None:
        return False
    return (request.kind in ERASURES) == erasure


PERSONS: dict[str, Act] = {
    "fulfil": Act(
        noop("照办请求"),
        "case.triage",
        TellForm,
        _fulfil,
        lambda s: _waits(s, erasure=False),
        kind="primary",
        is_next=True,
    ),
    "erase": Act(
        noop("确认删除"),
        "person.erase",
        TellForm,
        _fulfil,
        lambda s: _waits(s, erasure=True),
        consequence=noop(
            "姓名和电话的密钥立即销毁，不能恢复。仍须保存的内容封存，任何人打不开，期满自动删除。"
        ),
        kind="grave",
        is_next=True,
    ),
    "ask-erasure": Act(
        noop("提请删除个人信息"),
        "person.erase",
        ReasonForm,
        _ask,
        lambda s: s.personal is None,
        consequence=noop("会登记一件删除请求，由另一人复核后才删除。"),
    ),
    "hold": Act(
        noop("依法留存"),
        "case.hold",
        ReasonForm,
        _hold,
        lambda s: not s.marks.is_held,
        consequence=noop("解除之前，这件工单的任何内容到期也不删除。"),
    ),
    "lift-hold": Act(
        noop("解除依法留存"),
        "case.hold",
        ActForm,
        _lift,
        lambda s: s.marks.is_held,
        consequence=noop("到期的内容会在下一次清理时删除。"),
    ),
}
