"""Lists of the desk: what waits for me, all cases, overdue cases, and the export."""

import csv
from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.domain.access.services import require_act
from linli.domain.audit.services import record_export
from linli.domain.cases.selectors import (
    Case,
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
from linli.web.desk.words import matter_words, stage_words
from linli.web.ui.actors import actor_of

PAGE_SIZE = 50
COLUMNS = ("number", "title", "matter", "area", "unit", "stage", "received_at", "due_at")


@staff_page
@require_GET
def inbox_page(request: HttpRequest) -> HttpResponse:
    """What waits for the person at the desk, soonest due first."""
    page = inbox(actor_of(request), page=_page(request))
    rows = [_row(item.case, due_at=item.due_at) for item in page.items]
    return render(
        request,
        "desk/list.html",
        {"title": _("待办"), "rows": rows, "page": page, "now": utc_now()},
    )


@staff_page
@require_GET
def cases_page(request: HttpRequest) -> HttpResponse:
    """All cases in reach, newest first, narrowed by the address."""
    actor, now = actor_of(request), utc_now()
    search = search_of(request.GET, actor=actor, at=now)
    page = (
        Page([], 1, PAGE_SIZE, 0)
        if search.where is None
        else cases_for(actor, search.where, page=_page(request))
    )
    shown = {
        "title": _("案件"),
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
def overdue_page(request: HttpRequest) -> HttpResponse:
    """Open cases whose limit has run out, longest overdue first."""
    now = utc_now()
    page = overdue_cases(actor_of(request), at=now, page=_page(request))
    rows = [_row(case, due_at=case.due_at) for case in page.items]
    return render(
        request, "desk/list.html", {"title": _("超期"), "rows": rows, "page": page, "now": now}
    )


@staff_page
@require_GET
def export_file(request: HttpRequest) -> StreamingHttpResponse:
    """The list as a file, without persons; that it left is written down."""
    actor = actor_of(request)
    require_act(actor, "case.export")
    now = utc_now()
    where = search_of(request.GET, actor=actor, at=now).where
    cases = [] if where is None else list(export_rows(actor, where))
    with transaction.atomic():
        query = request.GET.urlencode()
        record_export(rows=len(cases), query=query, actor=actor, at=now)
    answer = StreamingHttpResponse(_lines(cases), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return answer


class _Echo:
    """What csv writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def _lines(cases: Sequence[Case]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield str(writer.writerow(COLUMNS))
    for case in cases:
        unit = case.lead_unit.name if case.lead_unit else ""
        due = case.due_at.isoformat() if case.due_at else ""
        cells = (
            case.number,
            case.title,
            case.matter.name,
            case.area.name,
            unit,
            case.stage,
            case.received_at.isoformat(),
            due,
        )
        yield str(writer.writerow(map(harmless, cells)))


def _row(case: Case, *, due_at: object) -> Mapping[str, object]:
    return {
        "url": reverse("desk:case", args=[case.public_id]),
        "number": case.number,
        "title": case.title,
        "matter": matter_words(case),
        "area": case.area.name,
        "unit": case.lead_unit.name if case.lead_unit else "",
        "stage": stage_words(case),
        "urgency": case.urgency,
        "urgency_words": case.get_urgency_display(),
        "is_closed": case.status == "closed",
        "held_at": case.held_at,
        "is_provisional": case.due_is_provisional,
        "due_at": due_at,
    }


def _page(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
