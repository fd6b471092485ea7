"""How states, stages and entries of a standard read on the desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases.selectors import (
    DEFERRAL,
    DEFERRED,
    EXCLUSION,
    EXTENSION,
    SUPERVISION,
    Case,
    ClockView,
    WorkItem,
)
from linli.domain.catalogue.selectors import StageDef
from linli.kernel.moments import end_text
from linli.web.ui.languages import is_english
from linli.web.ui.wording import minute_text

CLOCK_WORDS = {
    "case": noop("办理时限"),
    "stage": noop("本环节时限"),
    "first_contact": noop("首次联系时限"),
    "recheck": noop("挂账复核期限"),
}
# Words and tag of a limit's light.
LIGHT_WORDS = {
    "green": (noop("绿灯"), "good"),
    "yellow": (noop("黄灯：临近到期"), "waiting"),
    "red": (noop("红灯：已超期"), "problem"),
    "card": (noop("红牌：严重超期"), "problem"),
}
LEVELS = {"ordinary": noop("一般"), "sensitive": noop("敏感"), "sealed": noop("封存")}


class Named(Protocol):
    """An entry of a standard, named in both languages."""

    @property
    def name(self) -> str: ...

    @property
    def name_en(self) -> str: ...


class Coded(Named, Protocol):
    """An entry of a list of a standard."""

    @property
    def code(self) -> str: ...


def name_of(entry: Named) -> str:
    """Name an entry of a standard in the language of the page."""
    return entry.name_en if is_english() else entry.name


def listed_words(listed: Sequence[Coded], code: str) -> str:
    """Name an entry of a list of the standard; one that it does not hold keeps its code."""
    return next((name_of(entry) for entry in listed if entry.code == code), code)


def level_words(level: str) -> str:
    """Name a level of confidentiality."""
    return _(LEVELS[level])


def minute_words(at: datetime) -> str:
    """Write a moment to the minute in the local zone, without markup."""
    return minute_text(at, zone=timezone.get_current_timezone())


def until_words(at: datetime) -> str:
    """Write a moment by which something must be done, in the local zone, without markup."""
    return end_text(timezone.localtime(at))


def stage_name(stage: StageDef) -> str:
    """Name a stage of a standard."""
    return stage.title_en if is_english() else stage.title


def stage_words(case: Case) -> str:
    """Name the stage of a case as its standard does."""
    stage = case.standard.definition.stage(case.stage)
    return _("已办结") if stage is None else stage_name(stage)


UNIT_WORDS = {
    "year": noop("年"),
    "natural_day": noop("天"),
    "working_day": noop("个工作日"),
    "working_hour": noop("个工作小时"),
    "hour": noop("小时"),
    "minute": noop("分钟"),
    "share": noop("比值"),
    "times": noop("次"),
    "items": noop("个"),
    "characters": noop("字"),
    "metre": noop("米"),
    "square_metre": noop("平方米"),
}
RUNG_WORDS = {
    "supervise": noop("督办"),
    "list": noop("挂牌督办"),
    "talk": noop("约谈"),
    "circulate": noop("通报"),
}
SIDE_WORDS = {
    DEFERRAL: noop("审批挂账"),
    DEFERRED: noop("挂账复核"),
    EXTENSION: noop("审批延期"),
    EXCLUSION: noop("审核剔除申请"),
    SUPERVISION: noop("督办"),
}


def unit_words(unit: str) -> str:
    """Name a unit of a number; one that we have no words for keeps its code."""
    return _(UNIT_WORDS.get(unit, unit))


def rung_words(level: str) -> str:
    """Name a rung of supervision."""
    return _(RUNG_WORDS.get(level, RUNG_WORDS["supervise"]))


def item_words(item: WorkItem) -> str:
    """Say why a piece of work waits: the stage of its case, or what has been asked beside it."""
    side = SIDE_WORDS.get(item.stage) if item.kind == "side" else None
    return _(side) if side else stage_words(item.case)


def matter_words(case: Case) -> str:
    """Name the matter of a case."""
    return name_of(case.matter)


def clock_words(clock: ClockView) -> dict[str, str]:
    """Name a clock and say how its due time came about."""
    name = _(CLOCK_WORDS.get(clock.kind, clock.kind))
    light, kind = LIGHT_WORDS.get(clock.light, ("", ""))
    return {
        "name": name,
        "words": clock.explain(get_language() or ""),
        "light": _(light) if light else "",
        "kind": kind,
    }
