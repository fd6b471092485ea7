"""Lists of the desk: what waits for me, all cases, overdue cases, and the export."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_GET

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.domain.audit.services import record_export, record_list
from linli.domain.cases.selectors import (
    Case,
    WorkItem,
    cases_for,
    export_rows,
    inbox,
    overdue_cases,
)
from linli.kernel.clock import utc_now
from linli.kernel.formulas import harmless
from linli.kernel.paging import Page
from linli.web.desk.searching import search_of
from linli.web.desk.signed_in import staff_page
from linli.web.desk.watermarks import Watermark, watermark
from linli.web.desk.words import item_words, matter_words, minute_words, stage_words, until_words
from linli.web.ui.actors import actor_of
from linli.web.ui.listing import page_of

PAGE_SIZE = 50
COLUMNS = (
    noop("工单编号"),
    noop("标题"),
    noop("事项"),
    noop("区域"),
    noop("主办单位"),
    noop("环节"),
    noop("受理时间"),
    noop("办理时限"),
)


@staff_page
@require_GET
@transaction.atomic
def inbox_page(request: HttpRequest) -> HttpResponse:
    """What waits for the person at the desk, the most urgent first, then soonest due."""
    actor, now = actor_of(request), utc_now()
    page = inbox(actor, page=page_of(request))
    _note([item.case for item in page.items], "inbox", actor, now)
    rows = [
        _row(item.case, due_at=item.due_at or item.case.due_at, item=item) for item in page.items
    ]
    return render(
        request,
        "desk/list.html",
        {"title": _("待办"), "rows": rows, "page": page, "now": now},
    )


@staff_page
@require_GET
@transaction.atomic
def cases_page(request: HttpRequest) -> HttpResponse:
    """All cases in reach, newest first, narrowed by the address."""
    actor, now = actor_of(request), utc_now()
    search = search_of(request.GET, actor=actor, at=now)
    page = (
        Page([], 1, PAGE_SIZE, 0)
        if search.where is None
        else cases_for(actor, search.where, page=page_of(request))
    )
    _note(page.items, "cases", actor, now)
    shown = {
        "title": _("工单"),
        "rows": [_row(case, due_at=case.due_at) for case in page.items],
        "page": page,
        "now": now,
        "search": search,
        "form": search.form,
        "may_export": actor.may("case.export"),
    }
    return render(request, "desk/list.html", shown, status=422 if search.where is None else 200)


@staff_page
@require_GET
@transaction.atomic
def overdue_page(request: HttpRequest) -> HttpResponse:
    """Open cases whose limit has run out, longest overdue first."""
    actor, now = actor_of(request), utc_now()
    page = overdue_cases(actor, at=now, page=page_of(request))
    _note(page.items, "overdue", actor, now)
    rows = [_row(case, due_at=case.due_at) for case in page.items]
    return render(
        request, "desk/list.html", {"title": _("超期"), "rows": rows, "page": page, "now": now}
    )


@staff_page
@require_GET
@transaction.atomic
def export_file(request: HttpRequest) -> StreamingHttpResponse:
    """The list as a file, without persons; that it left is written down."""
    actor = actor_of(request)
    require_act(actor, "case.export")
    now = utc_now()
    where = search_of(request.GET, actor=actor, at=now).where
    cases = [] if where is None else list(export_rows(actor, where))
    row = record_export(rows=len(cases), query=request.GET.urlencode(), actor=actor, at=now)
    marked = watermark(row, actor=actor, at=now)
    answer = StreamingHttpResponse([*_lines(cases, marked)], content_type="text/csv; charset=utf-8")
    name = f"cases-{timezone.localdate(now):%Y%m%d}-{marked.mark}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class _Echo:
    """What csv writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def _lines(cases: Sequence[Case], marked: Watermark) -> Iterator[str]:
    """The rows under their header; the last one says who took them out, when, and by which mark."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield str(writer.writerow([_(column) for column in COLUMNS]))
    for case in cases:
        unit = case.lead_unit.name if case.lead_unit else ""
        due = until_words(case.due_at) if case.due_at else ""
        cells = (
            case.number,
            case.title,
            matter_words(case),
            case.area.name,
            unit,
            stage_words(case),
            minute_words(case.received_at),
            due,
        )
        yield str(writer.writerow(map(harmless, cells)))
    # As wide as the others, and without a case number, so that a reader of the file can tell it.
    said = f"{_('导出人')} {marked.who} · {minute_words(marked.at)} · {_('核验码')} {marked.mark}"
    yield str(writer.writerow(["", harmless(said), *[""] * (len(COLUMNS) - 2)]))


def _row(case: Case, *, due_at: object, item: WorkItem | None = None) -> Mapping[str, object]:
    return {
        "url": reverse("desk:case", args=[case.public_id]),
        "number": case.number,
        "title": case.title,
        "matter": matter_words(case),
        "area": case.area.name,
        "unit": case.lead_unit.name if case.lead_unit else "",
        "stage": item_words(item) if item else stage_words(case),
        "urgency": case.urgency,
        "urgency_words": case.get_urgency_display(),
        "is_closed": case.status == "closed",
        "held_at": case.held_at,
        "is_provisional": case.due_is_provisional,
        "due_at": due_at,
    }


def _note(cases: Iterable[Case], door: str, actor: Actor, at: datetime) -> None:
    """Write down which titles are shown: most are the first sentence of what somebody said."""
    record_list([case.public_id for case in cases], door=door, actor=actor, at=at)
