"""What a resident is told of a report: where it stands, and what has come of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases.selectors import (
    Case,
    CaseEvent,
    Feedback,
    WorkItem,
    answers_of,
    feedback_of,
)
from linli.domain.catalogue.selectors import emergency_calls
from linli.web.ui.languages import is_english
from linli.web.ui.parts import Happening

SHOWN = {
    "case_opened": noop("已登记"),
    "case_archived": noop("由原系统转入，此前已办结"),
    "case_dispatched": noop("已转承办单位"),
    "case_contacted": noop("承办单位已联系"),
    "item_completed": noop("已答复"),
    "feedback_recorded": noop("工作人员回访"),
    "case_reopened": noop("已退回重新办理"),
    "case_closed": noop("已办结"),
}


@dataclass(frozen=True)
class Merged:
    """The case under which a merged report is worked on; nothing that its resident said."""

    number: str
    stage: str
    is_open: bool
    answers: Sequence[WorkItem]


@dataclass(frozen=True)
class Call:
    """A number to call at once: its link, what the link says, and for what it is."""

    url: str
    label: str
    words: str


def calls_at_once(at: datetime) -> list[Call]:
    """Return whom to call where somebody is in danger, as the packs in force say."""
    return [
        Call(
            f"tel:{call.value:.0f}",
            _("拨打 %(number)s") % {"number": f"{call.value:.0f}"},
            call.name_en if is_english() else call.name,
        )
        for call in emergency_calls(at)
    ]


@dataclass(frozen=True)
class Round:
    """One time that the matter was worked on.

    Parameters
    ----------
    ratings : what the resident wrote here. asked : what staff noted when they asked back.
    """

    title: str
    answers: Sequence[WorkItem]
    ratings: Sequence[Feedback]
    asked: Sequence[Feedback]


def rounds_of(case: Case) -> list[Round]:
    """Return the rounds of which there is something to tell, newest first."""
    answers, said = answers_of(case), feedback_of(case)
    numbers = {item.round for item in answers} | {one.round for one in said}
    return [
        Round(
            _("第 %(number)d 轮办理") % {"number": number} if case.round > 1 else _("办理结果"),
            [item for item in answers if item.round == number],
            [one for one in said if one.round == number and one.by == "resident"],
            [one for one in said if one.round == number and one.by != "resident"],
        )
        for number in sorted(numbers, reverse=True)
    ]


def happenings(case: Case, events: Sequence[CaseEvent]) -> Iterator[Happening]:
    """Tell those facts of a case that concern its resident."""
    for event in events:
        is_step = event.activity == "item_completed" and event.attrs.get("outcome") != "answer"
        if event.activity in SHOWN and not is_step:
            unit = event.unit.name if event.unit else ""
            yield Happening(_happened(event), event.at, by=unit, text=_text(case, event))


def _happened(event: CaseEvent) -> str:
    if event.activity == "case_closed" and event.attrs.get("outcome") == "merge":
        return _("已并入同一问题的另一件诉求")
    if event.activity == "feedback_recorded" and event.attrs.get("by") == "resident":
        return _("您作了评价")
    return _(SHOWN[event.activity])


def _text(case: Case, event: CaseEvent) -> str:
    """Say by which other door the matter can be settled, where it was shown one."""
    if event.activity != "case_closed" or event.attrs.get("outcome") == "merge":
        return ""
    routes = case.standard.definition.routes
    route = next((one for one in routes if one.code == event.attrs.get("route")), None)
    if route is None:
        return ""
    return route.advice_en if is_english() else route.advice


def stage_words(case: Case) -> str:
    """Name the stage of a case as its standard does."""
    stage = case.standard.definition.stage(case.stage)
    if stage is None:
        return _("已办结")
    return stage.title_en if is_english() else stage.title


def merged_into(main: Case) -> Merged:
    """Tell what a merged report's resident may know of the other case.

    Where that one is confidential its answers are not shown: they may tell who asked.
    """
    is_shown = main.confidentiality == "ordinary"
    answers = answers_of(main) if is_shown else []
    return Merged(main.number, stage_words(main), main.status == Case.Status.OPEN, answers)
