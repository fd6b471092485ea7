"""The words that a document may hold: what is known of a case, in Chinese, by name.

Who and how to reach the reporter is not among them: that is opened for whoever fetches the
document, with a reason, and only where they may see it.

Serves: R105 R109.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from linli.domain.access.selectors import Actor
from linli.domain.cases.models import Case, Clock, WorkItem
from linli.domain.cases.rules.answers import Answer
from linli.domain.cases.rules.wording import day_words, end_words, moment_words, said_words
from linli.domain.cases.selectors.detail import answers_of, items_of
from linli.domain.catalogue.selectors import DocumentDef, StandardDef
from linli.domain.catalogue.selectors.templates import quoted_sources
from linli.domain.organisations.selectors import units_by_ids
from linli.kernel.units import Limit, LimitUnit

CLOCKS = {
    "case": "办理时限",
    "stage": "本环节时限",
    "first_contact": "首次联系时限",
    "recheck": "挂账复核期限",
}
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Asked:
    """What a document is made for.

    Parameters
    ----------
    said : `asked.<code>` or `answers.<code>` → what was filled in for this document.
    """

    case: Case
    document: DocumentDef
    said: Mapping[str, Answer]
    actor: Actor
    at: datetime

    @property
    def standard(self) -> StandardDef:
        """The version of the standard that the case began under."""
        return self.case.standard.definition


def texts_of(asked: Asked) -> dict[str, str]:
    """Return every single word by name; what is not known is left out."""
    items = items_of(asked.case)
    with translation.override("zh-hans"):
        texts = {
            **_case_texts(asked),
            **_unit_texts(asked),
            **_moments(asked.case),
            **_answers(asked, items),
            "today.date": day_words(_there(asked.at).date()),
        }
    return {name: text for name, text in texts.items() if text}


def rows_of(asked: Asked) -> dict[str, Rows]:
    """Return every list by name: limits, articles relied on, what was done."""
    quoted = quoted_sources(asked.case.standard)
    return {
        "limits": list(_limits(asked.case, quoted)),
        "basis": _basis(asked, quoted),
        "steps": list(_steps(asked.standard, items_of(asked.case))),
    }


def known_answers(items: Sequence[WorkItem]) -> dict[str, Answer]:
    """Return the last answer to each field of the forms of a case."""
    known: dict[str, Answer] = {}
    for item in items:
        if item.kind == "main" and item.state == "done":
            known |= item.result
    return known


def _case_texts(asked: Asked) -> dict[str, str]:
    case, standard = asked.case, asked.standard
    stage = standard.stage(case.stage)
    kinds = {kind.code: kind.name for kind in standard.petition_types}
    answer = next(iter(answers_of(case)), None)
    basis = quoted_sources(case.standard).get(asked.document.source, "")
    return {
        "document.name": asked.document.name,
        "document.basis": basis,
        "case.number": case.number,
        "case.title": case.title,
        "case.body": case.body,
        "case.matter": case.matter.name,
        "case.area": case.area.name,
        "case.address": case.address,
        "case.type": kinds.get(case.petition_type, ""),
        "case.urgency": str(case.get_urgency_display()),
        "case.standard": standard.name,
        "case.stage": stage.title if stage else "已办结",
        "case.answer": answer.reason if answer else "",
    }


def _unit_texts(asked: Asked) -> dict[str, str]:
    case = asked.case
    own = next((holding.unit_id for holding in asked.actor.holdings if holding.unit_id), 0)
    ids = {own, case.lead_unit_id or 0, case.origin_unit_id or 0, *case.unit_ids} - {0}
    names = {pk: unit.name for pk, unit in units_by_ids(ids).items()}
    helping = [names[pk] for pk in case.unit_ids if pk != case.lead_unit_id and pk in names]
    return {
        "maker.unit": names.get(own, ""),
        "maker.name": asked.actor.name,
        "unit.lead": names.get(case.lead_unit_id or 0, ""),
        "unit.origin": names.get(case.origin_unit_id or 0, ""),
        "unit.helpers": "、".join(helping),
    }


def _moments(case: Case) -> dict[str, str]:
    marks = case.marks if isinstance(case.marks, dict) else {}
    days = {
        "received": case.received_at,
        "opened": case.opened_at,
        "answered": case.answered_at,
        "closed": case.closed_at,
        **{
            name: datetime.fromisoformat(str(marks[name]))
            for name in ("accepted", "dispatched")
            if name in marks
        },
    }
    told = {f"case.{name}": day_words(_there(day).date()) for name, day in days.items() if day}
    return told | {"case.due": end_words(_there(case.due_at)) if case.due_at else ""}


def _answers(asked: Asked, items: Sequence[WorkItem]) -> dict[str, str]:
    zone = ZoneInfo(timezone.get_default_timezone_name())
    told: dict[str, str] = {}
    for code, answer in known_answers(items).items():
        field = asked.standard.field(code)
        if field is not None:
            told[f"answers.{code}"] = said_words(field, answer, zone=zone)
    for name, answer in asked.said.items():
        group, _, code = name.partition(".")
        listed = asked.document.asks if group == "asked" else asked.standard.fields
        field = next((one for one in listed if one.code == code), None)
        if field is not None:
            told[name] = said_words(field, answer, zone=zone)
    return told


def _limits(case: Case, quoted: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for clock in Clock.objects.filter(case=case, is_running=True).order_by("id"):
        limit = Limit(clock.limit_value, LimitUnit(clock.limit_unit))
        until = f"，至{end_words(_there(clock.due_at))}" if clock.due_at else ""
        yield {
            "name": CLOCKS.get(clock.kind, clock.kind),
            "words": f"{limit.text()}{until}",
            "source": quoted.get(clock.source, ""),
        }


def _basis(asked: Asked, quoted: Mapping[str, str]) -> Rows:
    stage = asked.standard.stage(asked.case.stage)
    codes = [asked.document.source, *(stage.basis if stage else ()), asked.standard.source]
    known = [quoted[code] for code in dict.fromkeys(codes) if code in quoted]
    return [{"name": "依据", "words": words, "source": ""} for words in known]


def _steps(standard: StandardDef, items: Sequence[WorkItem]) -> Iterator[dict[str, str]]:
    for item in items:
        stage = standard.stage(item.stage)
        if stage is None or item.kind != "main" or item.closed_at is None:
            continue
        way = stage.way(item.outcome)
        done = f"{item.unit.name}：" if item.unit else ""
        yield {
            "name": stage.title,
            "words": f"{done}{way.name if way else ''}",
            "source": moment_words(_there(item.closed_at)),
        }


def _there(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())
