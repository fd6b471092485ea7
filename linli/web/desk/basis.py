"""What a decision rests on, shown beside its form: the message, the objection, the duty list.

Serves: R015 R019.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.domain.cases.selectors import dispatch_choices
from linli.web.desk.acts.base import Standing
from linli.web.ui.parts import Fact

RETURNED, DISPATCH, RULING = "return", "dispatch", "rule"


def basis_of(standing: Standing, act: str) -> list[Fact]:
    """Return what whoever does an act should have read: at most the message and three lines."""
    facts = [Fact(_("诉求内容"), standing.case.body)]
    if act in (DISPATCH, RULING):
        facts += [*_objection(standing), *_duty(standing)]
    return facts


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
