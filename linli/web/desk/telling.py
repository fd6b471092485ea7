"""What has happened to a case, in words: what, by whom, and the details that were written down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases.selectors import Case, CaseEvent, Feedback, Link, Rendition
from linli.domain.catalogue.selectors import StandardDef
from linli.web.desk.words import level_words, listed_words, name_of, rung_words, until_words

Attrs = Mapping[str, object]
FACT_WORDS = {
    "case_opened": noop("登记受理"),
    "case_archived": noop("从原系统转入已办结件"),
    "case_revised": noop("核定事项和地点"),
    "case_dispatched": noop("派单"),
    "case_contacted": noop("首次联系诉求人"),
    "item_completed": noop("完成一步办理"),
    "case_returned": noop("退单"),
    "objection_ruled": noop("裁定派单异议"),
    "clock_paused": noop("已停表"),
    "clock_resumed": noop("已恢复计时"),
    "clock_recomputed": noop("日历变更，时限重算"),
    "extension_requested": noop("已申请延期"),
    "extension_decided": noop("延期已审批"),
    "feedback_recorded": noop("记录回访评价"),
    "case_reopened": noop("重新打开，退回承办单位"),
    "part_reopened": noop("子工单重新打开"),
    "case_closed": noop("办结"),
    "case_urged": noop("督办催办"),
    "timer_fired": noop("时限提醒"),
    "supervision_lifted": noop("督办已解除"),
    "supervision_raised": noop("督办或升级督办"),
    "deferral_requested": noop("已申请挂账"),
    "deferral_decided": noop("挂账已审批"),
    "deferral_rechecked": noop("挂账已复核"),
    "parts_joined": noop("子工单已办结，自动转入下一步"),
    "case_linked": noop("关联工单"),
    "case_migrated": noop("转入标准新版本"),
    "respondent_named": noop("标明被投诉单位"),
    "respondent_cleared": noop("撤销被投诉标记"),
    "case_classified": noop("调整保密等级"),
    "rendition_written": noop("写转述件"),
    "rendition_approved": noop("批准转述件"),
    "rendition_sent": noop("发出转述件"),
    "rendition_answered": noop("被投诉单位作出说明"),
    "rendition_withdrawn": noop("撤回转述件"),
    "rendition_carried": noop("转述件随并案转入"),
    "rendition_read": noop("被投诉单位查看转述件"),
    "note_added": noop("添加备注"),
    "photos_added": noop("添加照片"),
    "document_made": noop("出具文书"),
    "exclusion_proposed": noop("提出剔除申请"),
    "exclusion_decided": noop("剔除申请已审核"),
}
ACTOR_WORDS = {"resident": noop("诉求人"), "system": noop("系统")}
# Facts that name a unit which something was done to, not which did it.
DONE_TO_UNITS = frozenset(
    {"case_dispatched", "objection_ruled", "timer_fired", "case_urged"}
    | {"rendition_written", "rendition_approved", "rendition_sent", "rendition_withdrawn"}
    | {"rendition_carried"}
)
WHY_WORDS = dict(Rendition.Why.choices)
TIMER_WORDS = {
    "remind": noop("时限已过 %(share)d%%，提醒承办"),
    "urge": noop("时限已过 %(share)d%%，自动催办"),
    "supervise": noop("时限已过 %(share)d%%，转入督办"),
    "list": noop("时限已过 %(share)d%%，转入挂牌督办"),
    "talk": noop("时限已过 %(share)d%%，转入约谈"),
    "circulate": noop("时限已过 %(share)d%%，转入通报"),
}
# Of timers that ring a fixed time before or after the end.
LEAD_WORDS = {
    "remind": noop("时限将到，提醒承办"),
    "urge": noop("按时限自动催办"),
    "supervise": noop("超过时限，转入督办"),
    "list": noop("超过时限，转入挂牌督办"),
    "talk": noop("超过时限，转入约谈"),
    "circulate": noop("超过时限，转入通报"),
}


LINK_WORDS = {
    "part": (noop("上级工单"), noop("子工单")),
    "duplicate": (noop("已并入"), noop("重复件")),
    "follows": (noop("前一件"), noop("后续件")),
}


@dataclass(frozen=True)
class Linked:
    """What another case is to the one on the page."""

    words: str
    ref: str
    url: str
    number: str
    title: str


def linked(link: Link, case: Case) -> Linked:
    """Say what the case at the other end of a link is to this one."""
    goes_out = link.case_id == case.pk
    other = link.other if goes_out else link.case
    words = LINK_WORDS[link.kind][0 if goes_out else 1]
    url = reverse("desk:case", args=[other.public_id])
    return Linked(_(words), other.public_id, url, other.number, other.title)


def fact_words(event: CaseEvent) -> str:
    """Name what happened."""
    return _(FACT_WORDS.get(event.activity, event.activity))


def notice_words(kind: str) -> str:
    """Name what a notice is about: the fact that left it."""
    return _(FACT_WORDS.get(kind, kind))


def actor_words(event: CaseEvent) -> str:
    """Say who did it: the unit where one did, else the person of staff, resident or system."""
    if event.unit is not None and event.activity not in DONE_TO_UNITS:
        return event.unit.name
    known = ACTOR_WORDS.get(event.actor_name)
    return _(known) if known else event.actor_name


def told_words(event: CaseEvent, standard: StandardDef) -> str:
    """Return what was written down with a fact; codes are named as the standard names them."""
    tell = TELLERS.get(event.activity)
    attrs = {"stage": event.stage, **event.attrs}
    told = tell(attrs, standard) if tell else str(event.attrs.get("reason", ""))
    to = event.unit.name if event.unit and event.activity in DONE_TO_UNITS else ""
    return _joined(to, told)


def _pause(attrs: Attrs, standard: StandardDef) -> str:
    return listed_words(standard.pause_reasons, str(attrs.get("reason", "")))


def _exclusion(attrs: Attrs, standard: StandardDef) -> str:
    return listed_words(standard.exclusion_reasons, str(attrs.get("reason", "")))


def _decision(attrs: Attrs, standard: StandardDef) -> str:
    answer = _("同意") if attrs.get("granted") else _("不同意")
    return _joined(answer, str(attrs.get("reason", "")))


def _ruling(attrs: Attrs, standard: StandardDef) -> str:
    return _joined(_way(attrs, standard), str(attrs.get("reason", "")))


def _completed(attrs: Attrs, standard: StandardDef) -> str:
    return _way(attrs, standard)


def _closed(attrs: Attrs, standard: StandardDef) -> str:
    return listed_words(standard.routes, str(attrs.get("route", ""))) or _way(attrs, standard)


def _archived(attrs: Attrs, standard: StandardDef) -> str:
    closed = datetime.fromisoformat(str(attrs["closed"]))
    when = _("原办结时间 %(at)s") % {"at": f"{timezone.localtime(closed):%Y-%m-%d %H:%M}"}
    return _joined(str(attrs.get("source", "")), _way(attrs, standard), when)


def _feedback(attrs: Attrs, standard: StandardDef) -> str:
    solved, satisfied = dict(Feedback.Solved.choices), dict(Feedback.Satisfied.choices)
    said = (solved.get(str(attrs.get("solved"))), satisfied.get(str(attrs.get("satisfied"))))
    return _joined(*(str(words) for words in said if words))


def _classified(attrs: Attrs, standard: StandardDef) -> str:
    return _joined(level_words(str(attrs.get("level"))), str(attrs.get("reason", "")))


def _withdrawn(attrs: Attrs, standard: StandardDef) -> str:
    return str(WHY_WORDS.get(str(attrs.get("why")), ""))


def _part(attrs: Attrs, standard: StandardDef) -> str:
    return str(attrs.get("number", ""))


def _timer(attrs: Attrs, standard: StandardDef) -> str:
    do, share = str(attrs.get("do")), float(str(attrs.get("share") or 0))
    if not share:
        return _(LEAD_WORDS[do]) if do in LEAD_WORDS else ""
    words = TIMER_WORDS.get(do)
    return _(words) % {"share": round(share * 100)} if words else ""


def _raised(attrs: Attrs, standard: StandardDef) -> str:
    return _joined(rung_words(str(attrs.get("level"))), str(attrs.get("reason", "")))


def _deferral(attrs: Attrs, standard: StandardDef) -> str:
    reasons = standard.defer.reasons if standard.defer else ()
    return _joined(listed_words(reasons, str(attrs.get("why", ""))), str(attrs.get("reason", "")))


def _rechecked(attrs: Attrs, standard: StandardDef) -> str:
    recheck = str(attrs.get("recheck") or "")
    until = datetime.fromisoformat(recheck) if recheck else None
    said = _("下次复核 %(at)s") % {"at": until_words(until)} if until else _("恢复办理")
    return _joined(said, str(attrs.get("reason", "")))


def _way(attrs: Attrs, standard: StandardDef) -> str:
    """Name an outcome by the stage that was left by it, else by the first that has it."""
    code, left = str(attrs.get("outcome", "")), str(attrs.get("stage", ""))
    stages = sorted(standard.stages, key=lambda stage: stage.key != left)
    found = (stage.way(code) for stage in stages)
    return next((name_of(way) for way in found if way is not None), "")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


TELLERS: Mapping[str, Callable[[Attrs, StandardDef], str]] = {
    "case_archived": _archived,
    "clock_paused": _pause,
    "case_classified": _classified,
    "exclusion_proposed": _exclusion,
    "exclusion_decided": _decision,
    "extension_decided": _decision,
    "objection_ruled": _ruling,
    "item_completed": _completed,
    "case_closed": _closed,
    "feedback_recorded": _feedback,
    "part_reopened": _part,
    "rendition_withdrawn": _withdrawn,
    "timer_fired": _timer,
    "supervision_raised": _raised,
    "deferral_requested": _deferral,
    "deferral_decided": _decision,
    "deferral_rechecked": _rechecked,
}
