"""What was done on a case, piece by piece, with the answers to the forms of its standard.

Serves: R011 R105.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from linli.domain.cases.selectors import WorkItem
from linli.domain.catalogue.selectors import FieldDef, StandardDef
from linli.web.desk.words import listed_words, minute_words, name_of, stage_name, unit_words
from linli.web.ui.parts import Fact


@dataclass(frozen=True)
class Done:
    """A finished piece of work: at which stage, by which unit, how it was left, what was said."""

    stage: str
    unit: str
    outcome: str
    words: str
    at: datetime | None
    facts: list[Fact]


def done_on(items: Sequence[WorkItem], standard: StandardDef) -> list[Done]:
    """Return the finished main work that left words or answers, newest first."""
    return [
        _told(item, standard)
        for item in reversed(items)
        if item.kind == "main" and item.state == "done" and (item.reason or _asked(item, standard))
    ]


def _told(item: WorkItem, standard: StandardDef) -> Done:
    stage = standard.stage(item.stage)
    way = stage.way(item.outcome) if stage else None
    return Done(
        stage=stage_name(stage) if stage else item.stage,
        unit=item.unit.name if item.unit else "",
        outcome=name_of(way) if way else "",
        words=item.reason,
        at=item.closed_at,
        facts=list(_facts(item, standard)),
    )


def _asked(item: WorkItem, standard: StandardDef) -> bool:
    return any(standard.field(code) is not None for code in item.result)


def _facts(item: WorkItem, standard: StandardDef) -> Iterator[Fact]:
    for code, answer in item.result.items():
        field = standard.field(code)
        if field is not None:
            yield Fact(name_of(field), answer_words(field, answer))


def answer_words(field: FieldDef, answer: object) -> str:
    """Return an answer to a field of a form in words."""
    if isinstance(answer, bool):
        return _("是") if answer else _("否")
    if field.kind == "datetime":
        return minute_words(datetime.fromisoformat(str(answer)))
    if isinstance(answer, list):
        return "、".join(listed_words(field.choices, str(one)) for one in answer)
    if field.kind == "choice":
        return listed_words(field.choices, str(answer))
    if isinstance(answer, int | float):
        unit = unit_words(field.unit) if field.unit else ""
        return f"{answer:g} {unit}".strip()
    return str(answer)
