"""How states, stages and facts read on the desk."""

from typing import Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases.selectors import Case, CaseEvent, ClockView

URGENCY_KINDS = {"emergency": "problem", "urgent": "waiting"}
FACT_WORDS = {
    "case_opened": noop("登记受理"),
    "case_revised": noop("更正事项和地点"),
    "case_dispatched": noop("派单"),
    "case_contacted": noop("首次联系诉求人"),
    "item_completed": noop("完成一步办理"),
    "case_returned": noop("退单"),
    "objection_ruled": noop("裁定派单异议"),
    "clock_paused": noop("停表"),
    "clock_resumed": noop("恢复计时"),
    "clock_recomputed": noop("日历变更，时限重算"),
    "extension_requested": noop("申请延期"),
    "extension_decided": noop("审批延期"),
    "feedback_recorded": noop("记录回访评价"),
    "case_reopened": noop("重新打开，退回承办单位"),
    "case_closed": noop("办结"),
    "case_urged": noop("督办催办"),
    "timer_fired": noop("时限提醒"),
    "case_linked": noop("关联工单"),
    "note_added": noop("添加备注"),
    "exclusion_proposed": noop("提出剔除申请"),
    "exclusion_decided": noop("审核剔除申请"),
}


class Named(Protocol):
    """An entry of a standard, named in both languages."""

    @property
    def name(self) -> str: ...

    @property
    def name_en(self) -> str: ...


def is_english() -> bool:
    """Whether the page is shown in English."""
    return (get_language() or "").startswith("en")


def name_of(entry: Named) -> str:
    """Name an entry of a standard in the language of the page."""
    return entry.name_en if is_english() else entry.name


def stage_words(case: Case) -> str:
    """Name the stage of a case as its standard does."""
    stage = case.standard.definition.stage(case.stage)
    if stage is None:
        return _("已办结")
    return stage.title_en if is_english() else stage.title


def matter_words(case: Case) -> str:
    """Name the matter of a case."""
    return case.matter.name_en if is_english() else case.matter.name


def fact_words(event: CaseEvent) -> str:
    """Name what happened."""
    return _(FACT_WORDS.get(event.activity, event.activity))


CLOCK_WORDS = {
    "case": noop("办理时限"),
    "stage": noop("本环节时限"),
    "first_contact": noop("首次联系时限"),
}
ACTOR_WORDS = {"resident": noop("诉求人"), "system": noop("系统")}


def clock_words(clock: ClockView) -> dict[str, str]:
    """Name a clock and say how its due time came about."""
    name = _(CLOCK_WORDS.get(clock.kind, clock.kind))
    return {"name": name, "words": clock.explain(get_language() or "")}


def actor_words(event: CaseEvent) -> str:
    """Say who did it: the unit where one did, else the person of staff, resident or system."""
    if event.unit is not None:
        return event.unit.name
    known = ACTOR_WORDS.get(event.actor_name)
    return _(known) if known else event.actor_name


def reason_words(event: CaseEvent) -> str:
    """The reason that was written down with a fact, if any."""
    return str(event.attrs.get("reason", ""))
