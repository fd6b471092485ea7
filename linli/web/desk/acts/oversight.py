"""Acts beside the road: leaving a case out of the rates, urging, lifting a supervision, notes.

Serves: R020 R109.
"""

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases import services
from linli.domain.cases.selectors import EXCLUSION, RUNGS, SUPERVISION, is_higher
from linli.web.desk.acts.base import (
    Act,
    ActForm,
    By,
    Data,
    DecisionForm,
    ReasonForm,
    Standing,
    decides,
    item_id,
)
from linli.web.desk.choices import offer
from linli.web.desk.words import listed_words, name_of, rung_words


class ExclusionForm(ActForm):
    """Under which of the standard's reasons, and what proves it."""

    lengths: ClassVar[Mapping[str, str]] = {"evidence": "desk.reason_max"}
    reason = forms.ChoiceField(label=_("剔除情形"), widget=forms.RadioSelect)
    evidence = forms.CharField(label=_("佐证"), widget=forms.Textarea)

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        listed = standing.standard.exclusion_reasons
        offer(self, "reason", [(reason.code, name_of(reason)) for reason in listed])


class ExclusionDecisionForm(DecisionForm):
    """Shows what was proposed."""

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        item = standing.side(EXCLUSION)
        if item is not None:
            proposed = str(item.result.get("reason", ""))
            words = {
                "reason": listed_words(standing.standard.exclusion_reasons, proposed),
                "evidence": item.reason,
            }
            self.fields["granted"].help_text = (
                gettext("申请情形：%(reason)s；佐证：%(evidence)s") % words
            )


class NoteForm(ReasonForm):
    """Words for colleagues, or for the resident as well."""

    is_public = forms.BooleanField(label=_("反映人也能看到"), required=False)

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        self.fields["reason"].label = gettext("备注内容")


class RungForm(ReasonForm):
    """To which rung of supervision, and why."""

    level = forms.ChoiceField(label=_("督办级别"), widget=forms.RadioSelect)
    field_order = ("level", "reason")

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        offer(self, "level", [(rung, rung_words(rung)) for rung in _rungs_above(standing)])


def _propose(standing: Standing, data: Data, by: By) -> object:
    reason, evidence = str(data["reason"]), str(data["evidence"])
    return services.propose_exclusion(
        standing.case.public_id, reason=reason, evidence=evidence, **by
    )


def _urge(standing: Standing, data: Data, by: By) -> object:
    return services.urge_case(standing.case.public_id, reason=str(data["reason"]), **by)


def _lift(standing: Standing, data: Data, by: By) -> object:
    item, reason = item_id(standing.side(SUPERVISION)), str(data["reason"])
    return services.lift_supervision(standing.case.public_id, item, reason=reason, **by)


def _raise(standing: Standing, data: Data, by: By) -> object:
    level, reason = str(data["level"]), str(data["reason"])
    return services.raise_supervision(standing.case.public_id, level=level, reason=reason, **by)


def _rungs_above(standing: Standing) -> list[str]:
    """The rungs of supervision above the one on which the case stands."""
    item = standing.side(SUPERVISION)
    stands = str(item.result.get("level", RUNGS[0])) if item else ""
    return [rung for rung in RUNGS if is_higher(rung, than=stands)]


def _note(standing: Standing, data: Data, by: By) -> object:
    return services.add_note(
        standing.case.public_id, text=str(data["reason"]), is_public=bool(data["is_public"]), **by
    )


def _may_propose(standing: Standing) -> bool:
    is_asked = standing.side(EXCLUSION) is not None or bool(standing.case.exclusion)
    is_known = standing.case.lead_unit is not None
    return bool(standing.standard.exclusion_reasons) and is_known and not is_asked


OVERSIGHT: dict[str, Act] = {
    "urge": Act(
        noop("催办"), "case.supervise", ReasonForm, _urge, lambda s: s.is_open and s.is_unit_work
    ),
    "supervise": Act(
        noop("督办或升级督办"),
        "case.supervise",
        RungForm,
        _raise,
        lambda s: s.is_open and bool(_rungs_above(s)),
    ),
    "lift": Act(
        noop("解除督办"),
        "case.supervise",
        ReasonForm,
        _lift,
        lambda s: s.side(SUPERVISION) is not None,
        is_next=True,
    ),
    "exclude": Act(
        noop("申请剔除"), "case.propose_exclusion", ExclusionForm, _propose, _may_propose
    ),
    "decide-exclusion": Act(
        noop("审核剔除申请"),
        "case.approve_exclusion",
        ExclusionDecisionForm,
        decides(services.decide_exclusion, EXCLUSION),
        lambda s: s.awaits_me(EXCLUSION),
        kind="primary",
        is_next=True,
    ),
    "note": Act(noop("添加备注"), "case.note", NoteForm, _note, lambda s: True),
}
