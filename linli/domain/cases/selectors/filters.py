"""What a list of cases can be narrowed by, and the one query that all doors start from."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q, QuerySet

from linli.domain.access.selectors import Actor, visible
from linli.domain.cases.models import Case
from linli.kernel.ids import is_case_number
from linli.kernel.paths import path_range
from linli.methods.words import search_tokens


@dataclass(frozen=True)
class CaseFilter:
    """Conditions that all hold together; an empty one narrows nothing.

    Parameters
    ----------
    words : text to look for: a case number, or words in title, message and address.
    status : open or closed. stage : key of a stage.
    matter_path, area_path : codes with a slash after each; all below is included.
    unit : code of the leading unit. urgency, channel : codes.
    overdue_at : only open cases whose limit had run out at this moment, or when it was stopped.
    due_since, due_until : open, not stopped, and due in [due_since, due_until).
    since, until : received in [since, until).
    closed_since, closed_until : closed in [closed_since, closed_until).
    """

    words: str = ""
    status: str = ""
    stage: str = ""
    matter_path: str = ""
    area_path: str = ""
    unit: str = ""
    urgency: str = ""
    channel: str = ""
    overdue_at: datetime | None = None
    due_since: datetime | None = None
    due_until: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    closed_since: datetime | None = None
    closed_until: datetime | None = None


NOTHING_SET = CaseFilter()


def cases_within(
    actor: Actor, *, act: str = "case.list", where: CaseFilter = NOTHING_SET
) -> QuerySet[Case]:
    """Return the cases that an act of the actor reaches, narrowed by a filter."""
    return visible(Case.objects.filter(_condition(where)), actor, act)


def overdue_at(at: datetime) -> Q:
    """Say in SQL which cases are overdue at a moment; `rules.clocks.is_overdue` says the same."""
    is_past = Q(status="open", due_at__lt=at)
    return is_past & (Q(held_at__isnull=True) | Q(due_at__lt=F("held_at")))


def _condition(where: CaseFilter) -> Q:
    exact = {
        "status": where.status,
        "stage": where.stage,
        "lead_unit__code": where.unit,
        "urgency": where.urgency,
        "channel": where.channel,
    }
    condition = Q(**{name: value for name, value in exact.items() if value})
    if where.area_path:
        low, high = path_range(where.area_path)
        condition &= Q(area_path__gte=low, area_path__lt=high)
    if where.matter_path:
        low, high = path_range(where.matter_path)
        condition &= Q(matter__path__gte=low, matter__path__lt=high)
    if where.overdue_at is not None:
        condition &= overdue_at(where.overdue_at)
    return condition & _times(where) & _words(where.words.strip())


def _times(where: CaseFilter) -> Q:
    limits = {
        "due_at__gte": where.due_since,
        "due_at__lt": where.due_until,
        "received_at__gte": where.since,
        "received_at__lt": where.until,
        "closed_at__gte": where.closed_since,
        "closed_at__lt": where.closed_until,
    }
    condition = Q(**{name: moment for name, moment in limits.items() if moment is not None})
    if where.due_since is not None or where.due_until is not None:
        condition &= Q(status="open", held_at__isnull=True)
    return condition


def _words(words: str) -> Q:
    if not words:
        return Q()
    if is_case_number(words):
        return Q(number=words)
    tokens = search_tokens(words)
    found = Q(search_text__icontains=words)
    if tokens:
        found |= Q(search=SearchQuery(tokens, config="simple"))
    return found
