"""What a resident is told of a report: where it stands, and what has come of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.domain.cases.selectors import Case, WorkItem, answers_of


@dataclass(frozen=True)
class Merged:
    """The case under which a merged report is worked on; nothing that its resident said."""

    number: str
    stage: str
    is_open: bool
    answers: Sequence[WorkItem]


def stage_words(case: Case) -> str:
    """Name the stage of a case as its standard does."""
    stage = case.standard.definition.stage(case.stage)
    if stage is None:
        return _("已办结")
    return stage.title_en if (get_language() or "").startswith("en") else stage.title


def merged_into(main: Case) -> Merged:
    """Tell what a merged report's resident may know of the other case.

    Where that one is confidential its answers are not shown: they may tell who asked.
    """
    is_shown = main.confidentiality == "ordinary"
    answers = answers_of(main) if is_shown else []
    return Merged(main.number, stage_words(main), main.status == Case.Status.OPEN, answers)
