"""What happened to cases, for event logs: whoever exports may export them, and no person's name.

Serves: R105.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from linli.domain.access.selectors import Actor
from linli.domain.cases.models import Case, CaseEvent, Link, WorkItem
from linli.domain.cases.selectors.filters import NOTHING_SET, CaseFilter, cases_within
from linli.methods.process.logs import LogCase, LogEvent, LogItem

BATCH = 500
CASE_FIELDS = ("id", "public_id", "standard__code", "standard__version", "matter__code")


def log_cases(
    actor: Actor, where: CaseFilter = NOTHING_SET, *, standard: str = ""
) -> Iterator[LogCase]:
    """Yield the cases that the actor may export, each with all its facts, in the order of opening.

    Read in batches, so that no more than 500 are held. Facts and items name units and roles, never
    who acted; what was written (titles, messages, reasons) is not read at all.

    Parameters
    ----------
    standard : code of the standard, any version; all of them where it is empty.
    """
    rows = cases_within(actor, act="case.export", where=where).order_by("id")
    if standard:
        rows = rows.filter(standard__code=standard)
    last = 0
    while batch := list(rows.filter(id__gt=last).values_list(*CASE_FIELDS)[:BATCH]):
        ids = [row[0] for row in batch]
        last = ids[-1]
        events, items, links = _events(ids), _items(ids), _links(ids, rows)
        for key, ref, code, version, matter in batch:
            yield LogCase(ref, code, version, matter, events[key], items[key], links[key])


def _events(ids: Sequence[int]) -> dict[int, list[LogEvent]]:
    found: dict[int, list[LogEvent]] = defaultdict(list)
    rows = CaseEvent.objects.filter(case_id__in=ids).order_by("case_id", "seq")
    named = ("case_id", "seq", "at", "activity", "stage", "round", "item_id")
    for row in rows.values_list(*named, "unit__code", "item__role"):
        case, seq, at, activity, stage, number, item, unit, role = row
        found[case].append(
            LogEvent(seq, at, activity, stage, number, str(item or ""), unit or "", role or "")
        )
    return found


def _items(ids: Sequence[int]) -> dict[int, list[LogItem]]:
    found: dict[int, list[LogItem]] = defaultdict(list)
    rows = WorkItem.objects.filter(case_id__in=ids).order_by("case_id", "id")
    named = ("case_id", "id", "kind", "stage", "round", "unit__code", "role", "is_lead")
    for case, key, kind, stage, number, unit, role, leads in rows.values_list(*named):
        found[case].append(LogItem(str(key), kind, stage, number, unit or "", role, leads))
    return found


def _links(ids: Sequence[int], within: QuerySet[Case]) -> dict[int, list[tuple[str, str]]]:
    """What each case is to another of the log; what it is to a case out of reach stays unsaid."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    known = within.order_by().values("id")
    rows = Link.objects.filter(case_id__in=ids, other_id__in=known).order_by("case_id", "id")
    for case, kind, other in rows.values_list("case_id", "kind", "other__public_id"):
        found[case].append((kind, other))
    return found
