"""A list of records as a file, without persons; that it left is written down.

Serves: R017.
"""

import csv
from io import StringIO

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.domain.audit.services import record_export
from linli.domain.ledgers.selectors import RecordFilter, export_rows, export_sheet
from linli.kernel.errors import Rejected
from linli.web.desk.ledgers.base import Opened, language, opened
from linli.web.desk.ledgers.searching import search_of
from linli.web.desk.signed_in import staff_page
from linli.web.desk.watermarks import watermark

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff_page
@require_GET
@transaction.atomic
def export_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """What the filter shows; a file of it can be imported again, its name carries the mark."""
    held = opened(request, code, act="ledger.export")
    where = search_of(request.GET, held).where
    if where is None:
        raise Rejected(
            "筛选条件读不懂，没有导出。请回到列表改好条件再导出。",
            "The filter cannot be read, so nothing was exported. Mend it on the list first.",
        )
    data, count = _csv(held, where) if form == "csv" else _sheet(held, where)
    query = f"ledger={code}&{request.GET.urlencode()}"
    row = record_export(rows=count, query=query, actor=held.actor, at=held.at)
    mark = watermark(row, actor=held.actor, at=held.at).mark
    return file_answer(data, f"{code}-{timezone.localdate(held.at):%Y%m%d}-{mark}.{form}")


def file_answer(data: bytes, name: str) -> HttpResponse:
    """Return a file to be kept, CSV or XLSX by its name."""
    answer = HttpResponse(data, content_type=CSV if name.endswith(".csv") else XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def csv_of(lines: list[list[str]]) -> bytes:
    """Return lines as a CSV that spreadsheets open in UTF-8."""
    text = StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def _csv(held: Opened, where: RecordFilter) -> tuple[bytes, int]:
    lines = list(export_rows(held.actor, held.code, where, at=held.at, lang=language()))
    return csv_of(lines), len(lines) - 1


def _sheet(held: Opened, where: RecordFilter) -> tuple[bytes, int]:
    return export_sheet(held.actor, held.code, where, at=held.at, lang=language())
