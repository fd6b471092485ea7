"""How states, stages and entries of a standard read on the desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases.selectors import (
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


SIDE_WORDS = {
    EXTENSION: noop("审批延期"),
    EXCLUSION: noop("审核剔除申请"),
    SUPERVISION: noop("督办"),
}


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
    return {"name": name, "words": clock.explain(get_language() or "")}
