"""What a decision rests on, shown beside its form: the message, the objection, the duty list.

Serves: R015 R019.
"""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.domain.cases.selectors import Finding, Rendition, dispatch_choices, findings_for
from linli.web.desk.acts.base import Standing
from linli.web.ui.parts import Fact

RETURNED, DISPATCH, RULING = "return", "dispatch", "rule"
# What each of these acts is about.
OF_RENDITIONS = {
    "approve-rendition": (Rendition.State.DRAFT,),
    "send-rendition": (Rendition.State.APPROVED,),
}


def basis_of(standing: Standing, act: str) -> list[Fact]:
    """Return what whoever does an act should have read: at most the message and three lines."""
    facts = [Fact(_("诉求内容"), standing.case.body)]
    if act in (DISPATCH, RULING):
        facts += [*_objection(standing), *_duty(standing)]
    for one in standing.renditions_in(*OF_RENDITIONS.get(act, ())):
        facts += _rendition(standing, one)
    return facts


def _rendition(standing: Standing, one: Rendition) -> list[Fact]:
    """What is to be approved or sent, and what the check says of it now."""
    facts = [
        Fact(_("被投诉单位"), one.unit.name),
        Fact(_("转述内容"), one.text),
        Fact(_("书写人"), one.written_by_name),
        Fact(_("提醒"), _found(findings_for(standing.case, one.text, at=standing.at))),
    ]
    return facts + ([Fact(_("书写人的保留理由"), one.reason)] if one.reason else [])


def _found(findings: Sequence[Finding]) -> str:
    lang = get_language() or "zh-hans"
    told = "\n".join(one.message(lang) for one in findings)
    return told or _("与原文核对过，没有发现会暴露反映人的内容。仍请逐句核对。")


def _objection(standing: Standing) -> list[Fact]:
    """The last objection and the ruling on it, of this round of dispatching."""
    back = [item for item in standing.items if item.outcome == RETURNED and item.is_lead]
    if not back:
        return []
    last = back[-1]
    unit = last.unit.name if last.unit else ""
    facts = [Fact(_("退单理由"), f"{unit}：{last.reason}")]
    ruled = [item for item in standing.items if item.pk > last.pk and item.state == "done"]
    return facts + [Fact(_("裁定意见"), item.reason) for item in ruled if item.reason]


def _duty(standing: Standing) -> list[Fact]:
    """Why the duty list names whom it names."""
    lang = get_language() or "zh-hans"
    found = dispatch_choices(standing.case, at=standing.at)[:1]
    return [
        Fact(
            _("派单依据"), f"{one.unit.name}：{' '.join(why.message(lang) for why in one.reasons)}"
        )
        for one in found
    ]
