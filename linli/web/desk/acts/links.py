"""Acts that tie cases together, and opening a closed one again.

Serves: R011 R045.
"""

from typing import Literal, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases import services
from linli.web.desk.acts.base import Act, ActForm, By, Data, ReasonForm, Standing

LinkKind = Literal["part", "duplicate", "follows"]


class LinkForm(ActForm):
    """To which case, and how."""

    to = forms.CharField(label=_("另一件的工单编号"), max_length=32)
    kind = forms.ChoiceField(
        label=_("本件是另一件的"),
        widget=forms.RadioSelect,
        initial="follows",
        choices=[
            ("follows", _("后续件")),
            ("part", _("子工单")),
            ("duplicate", _("重复件")),
        ],
    )


class MergeForm(ActForm):
    """Into which case."""

    into = forms.CharField(label=_("并入哪一件（工单编号）"), max_length=32)


def _link(standing: Standing, data: Data, by: By) -> object:
    kind = cast(LinkKind, data["kind"])
    return services.link_cases(standing.case.public_id, to=str(data["to"]).strip(), kind=kind, **by)


def _merge(standing: Standing, data: Data, by: By) -> object:
    into = str(data["into"]).strip()
    return services.merge_duplicate(standing.case.public_id, into=into, **by)


def _reopen(standing: Standing, data: Data, by: By) -> object:
    return services.reopen_case(standing.case.public_id, reason=str(data["reason"]), **by)


def _may_reopen(standing: Standing) -> bool:
    closed_at, window = standing.case.closed_at, standing.standard.reopen
    if closed_at is None or window is None:
        return False
    return standing.at <= standing.until(closed_at, window.limit)


LINKS: dict[str, Act] = {
    "merge": Act(
        noop("并入另一件"),
        "case.triage",
        MergeForm,
        _merge,
        lambda s: s.is_open and not s.is_unit_work and s.way("merge") is not None,
        consequence=noop("并入后本件即办结，反映人凭原查询码看到的是本件；办理进展以另一件为准。"),
        kind="secondary",
    ),
    "link": Act(noop("关联另一件"), "case.link", LinkForm, _link, lambda s: True),
    "reopen": Act(
        noop("重新打开"), "case.follow_up", ReasonForm, _reopen, _may_reopen, is_next=True
    ),
}
