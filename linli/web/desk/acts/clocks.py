"""Acts on the clocks: first contact, stopping and letting run, asking for more time.

Serves: R020 R108, X06.
"""

from datetime import datetime
from typing import cast

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases import services
from linli.domain.cases.selectors import EXTENSION, is_overdue, most_extra, times_used
from linli.domain.catalogue.selectors import clock_limit
from linli.kernel.units import Limit
from linli.web.desk.acts.base import (
    Act,
    ActForm,
    By,
    Data,
    DecisionForm,
    ReasonForm,
    Standing,
    decides,
)
from linli.web.desk.choices import offer
from linli.web.desk.words import name_of
from linli.web.ui.forms import moment_input


class ContactForm(ActForm):
    """When the unit spoke to the resident; now, unless it was earlier."""

    contacted_at = forms.DateTimeField(
        label=_("什么时候联系的"),
        help_text=_("不填就是现在"),
        required=False,
        widget=moment_input(),
    )


class ExtensionForm(ReasonForm):
    """How much more of the limit's own unit, as far as the standard lets."""

    extra = forms.IntegerField(label=_("延长多少"), min_value=1)
    field_order = ("extra", "reason")

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        most, times = longest_extension(standing), extension_times(standing)
        if most is not None:
            words = {"most": most.text(get_language() or ""), "times": times}
            self.fields["extra"].help_text = (
                gettext("最多 %(most)s，本环节限 %(times)d 次，须在到期前申请") % words
            )


class ExtensionDecisionForm(DecisionForm):
    """Shows what was asked for."""

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        item = standing.side(EXTENSION)
        if item is not None:
            limit = clock_limit(standing.case.standard, standing.case.clock_code)
            asked = Limit(int(item.result.get("extra", 0)), limit.unit)
            words = {"extra": asked.text(get_language() or ""), "reason": item.reason}
            self.fields["granted"].help_text = (
                gettext("申请延长 %(extra)s，理由：%(reason)s") % words
            )


class PauseForm(ActForm):
    """For which of the standard's reasons the clock stands."""

    reason = forms.ChoiceField(label=_("停表事由"), widget=forms.RadioSelect)

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        offer(self, "reason", [(r.code, name_of(r)) for r in standing.standard.pause_reasons])


class ResumeForm(ActForm):
    """Nothing but the button."""


def longest_extension(standing: Standing) -> Limit | None:
    """How much more time the stage may be given at most; None where it may not be."""
    terms = standing.stage.extend if standing.stage else None
    if terms is None:
        return None
    limit = clock_limit(standing.case.standard, standing.case.clock_code)
    return most_extra(limit.limit, terms)


def extension_times(standing: Standing) -> int:
    """How often the stage may be extended."""
    terms = standing.stage.extend if standing.stage else None
    return int(terms.times.value) if terms else 0


def _may_ask(standing: Standing) -> bool:
    case, asked = standing.case, [i for i in standing.items if i.stage == EXTENSION]
    return (
        standing.mine is not None
        and times_used(asked, case_round=case.round) < extension_times(standing)
        and case.due_at is not None
        and not is_overdue(case.due_at, held_at=case.held_at, at=standing.at)
    )


def _contact(standing: Standing, data: Data, by: By) -> object:
    contacted_at = cast("datetime | None", data["contacted_at"])
    return services.record_contact(standing.case.public_id, contacted_at=contacted_at, **by)


def _extend(standing: Standing, data: Data, by: By) -> object:
    extra, reason = int(str(data["extra"])), str(data["reason"])
    return services.request_extension(standing.case.public_id, extra=extra, reason=reason, **by)


def _pause(standing: Standing, data: Data, by: By) -> object:
    return services.pause_clock(standing.case.public_id, reason=str(data["reason"]), **by)


def _resume(standing: Standing, data: Data, by: By) -> object:
    return services.resume_clock(standing.case.public_id, **by)


CLOCKS: dict[str, Act] = {
    "contact": Act(
        noop("记录先行联系"),
        "case.handle",
        ContactForm,
        _contact,
        lambda s: s.mine is not None and s.case.contacted_at is None,
        is_next=True,
    ),
    "extend": Act(noop("申请延期"), "case.request_extension", ExtensionForm, _extend, _may_ask),
    "decide-extension": Act(
        noop("审批延期"),
        "case.approve_extension",
        ExtensionDecisionForm,
        decides(services.decide_extension, EXTENSION),
        lambda s: s.awaits_me(EXTENSION),
        kind="primary",
        is_next=True,
    ),
    "pause": Act(
        noop("停表"),
        "case.pause",
        PauseForm,
        _pause,
        lambda s: (
            s.case.held_at is None
            and s.case.due_at is not None
            and bool(s.standard.pause_reasons)
            and (s.mine is not None or s.may("case.supervise"))
        ),
    ),
    "resume": Act(
        noop("恢复计时"),
        "case.pause",
        ResumeForm,
        _resume,
        lambda s: s.case.held_at is not None,
        is_next=True,
    ),
}
