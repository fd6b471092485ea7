"""Acts on what is blocked for now: asking to put it off, agreeing, checking it again.

Serves: R020 R108.
"""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases import services
from linli.domain.cases.selectors import DEFERRAL, DEFERRED
from linli.web.desk.acts.base import (
    Act,
    By,
    Data,
    DecisionForm,
    ReasonForm,
    Standing,
    decides,
    item_id,
)
from linli.web.desk.choices import offer
from linli.web.desk.words import listed_words, name_of


class DeferForm(ReasonForm):
    """For which of the standard's reasons, and what is being done meanwhile."""

    why = forms.ChoiceField(label=_("挂账事由"), widget=forms.RadioSelect)
    field_order = ("why", "reason")

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        terms = standing.standard.defer
        offer(self, "why", [(r.code, name_of(r)) for r in terms.reasons] if terms else [])
        self.fields["reason"].help_text = gettext("写明受什么限制、打算何时具备条件、其间怎么办")


class DeferDecisionForm(DecisionForm):
    """Shows what was asked for."""

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        item, terms = standing.side(DEFERRAL), standing.standard.defer
        if item is not None and terms is not None:
            why = listed_words(terms.reasons, str(item.result.get("why", "")))
            words = {"why": why, "reason": item.reason}
            self.fields["granted"].help_text = (
                gettext("申请挂账，事由：%(why)s；说明：%(reason)s") % words
            )


class RecheckForm(ReasonForm):
    """Whether it stays put off."""

    keep = forms.ChoiceField(
        label=_("复核结论"),
        widget=forms.RadioSelect,
        choices=[("no", _("具备条件，恢复办理")), ("yes", _("仍不具备条件，继续挂账"))],
    )
    field_order = ("keep", "reason")


def _defer(standing: Standing, data: Data, by: By) -> object:
    why, reason = str(data["why"]), str(data["reason"])
    return services.request_deferral(standing.case.public_id, why=why, reason=reason, **by)


def _recheck(standing: Standing, data: Data, by: By) -> object:
    item, keep = item_id(standing.side(DEFERRED)), data["keep"] == "yes"
    reason = str(data["reason"])
    return services.recheck_deferral(standing.case.public_id, item, keep=keep, reason=reason, **by)


def _may_defer(standing: Standing) -> bool:
    is_asked = standing.side(DEFERRAL) is not None or standing.case.deferred_at is not None
    return standing.standard.defer is not None and standing.mine is not None and not is_asked


def _may_recheck(standing: Standing) -> bool:
    item = standing.side(DEFERRED)
    return item is not None and item.role in standing.actor.roles()


DEFERRING: dict[str, Act] = {
    "defer": Act(noop("申请挂账"), "case.request_extension", DeferForm, _defer, _may_defer),
    "decide-deferral": Act(
        noop("审批挂账"),
        "case.approve_extension",
        DeferDecisionForm,
        decides(services.decide_deferral, DEFERRAL),
        lambda s: s.awaits_me(DEFERRAL),
        consequence=noop("同意后时限停止计算，不计为已解决；到复核日须重新审查。"),
        kind="primary",
        is_next=True,
    ),
    "recheck": Act(
        noop("挂账复核"),
        "case.approve_extension",
        RecheckForm,
        _recheck,
        _may_recheck,
        is_next=True,
    ),
}
