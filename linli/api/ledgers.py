"""Ledgers over the API: one shape for all of them, read from their definitions.

Serves: R017 R081.
"""

import csv
from collections.abc import Iterator
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from linli.api.document import told
from linli.api.keys import Key, caller
from linli.api.ledger_schemas import (
    LedgerOut,
    RecordFactOut,
    RecordOut,
    RecordsAsked,
    RecordsOut,
)
from linli.domain.access.selectors import Actor, may
from linli.domain.audit.services import record_export, record_list
from linli.domain.ledgers.selectors import (
    Record,
    RecordFilter,
    RecordView,
    Shown,
    export_rows,
    history,
    ledger_in_force,
    ledgers_visible,
    record_for,
    record_view,
    records,
    shown,
)
from linli.domain.organisations.selectors import day_of
from linli.kernel.clock import utc_now
from linli.kernel.errors import NotFound, Rejected

router = Router()
READ = Key("read")
Code = Annotated[
    str,
    Path(description="Code of a ledger.", pattern=r"^[a-z0-9_]{1,64}$", examples=["meeting_place"]),
]
Ref = Annotated[
    str,
    Path(
        description="Public id or number of a record.",
        pattern=r"^[0-9A-Za-z-]{1,32}$",
        examples=["MP-000001"],
    ),
]
Words = Annotated[
    str,
    Query(
        description="A number, or words of the texts.", pattern=r"^[^\x00]*$", examples=["议事厅"]
    ),
]
Where = Annotated[
    list[str],
    Query(
        description="A filter field and its value; `low..high` for dates and numbers.",
        examples=[["seats=20..50"]],
    ),
]


@router.get(
    "", response=list[LedgerOut], auth=READ, summary="List ledgers", openapi_extra=told(401, 404)
)
def list_ledgers(request: HttpRequest) -> list[LedgerOut]:
    """The ledgers in force, with how many records in use are in reach."""
    actor = _looking(request)
    return [LedgerOut.of(card) for card in ledgers_visible(actor, at=utc_now())]


@router.get(
    "/{code}/records",
    response=RecordsOut,
    auth=READ,
    summary="List records",
    openapi_extra=told(401, 404, 422),
)
def list_records(request: HttpRequest, code: Code, asked: Query[RecordsAsked]) -> RecordsOut:
    """The records of a ledger in reach, by keyset."""
    actor, now = _looking(request), utc_now()
    narrowed = RecordFilter(
        words=asked.q, status=asked.status, state=asked.state, values=_values(asked.where)
    )
    with transaction.atomic():
        page = records(
            actor,
            code,
            narrowed,
            at=now,
            order=asked.order,
            after=asked.after,
            size=asked.size,
        )
        refs = [record.public_id for record in page.items]
        record_list(refs, door="api", actor=actor, at=now)
    ledger = ledger_in_force(code, now)
    cells = shown(actor, ledger, page.items, on=day_of(now))
    items = [RecordOut.of(one, _data(one, row)) for one, row in zip(page.items, cells, strict=True)]
    return RecordsOut(items=items, after=page.after, total=page.total, is_counted=page.is_counted)


@router.get(
    "/{code}/records/{ref}",
    response=RecordOut,
    auth=READ,
    summary="One record",
    openapi_extra=told(401, 404, 422),
)
def get_record(request: HttpRequest, code: Code, ref: Ref) -> RecordOut:
    """One record with its derived fields."""
    return one_record(_looking(request), known(request, code, ref).public_id)


@router.get(
    "/{code}/records/{ref}/history",
    response=list[RecordFactOut],
    auth=READ,
    summary="History of a record",
    openapi_extra=told(401, 404, 422),
)
def get_history(request: HttpRequest, code: Code, ref: Ref) -> list[RecordFactOut]:
    """What happened to a record, newest first."""
    found = known(request, code, ref)
    return [RecordFactOut.of(event) for event in history(caller(request), found.public_id)]


@router.get(
    "/{code}/export", auth=READ, summary="Records as a file", openapi_extra=told(401, 404, 422)
)
def export_records(
    request: HttpRequest,
    code: Code,
    q: Words = "",
    where: Where = [],  # noqa: B006  # copied
) -> HttpResponse:
    """All records that the account may export, as CSV without persons; that it left is noted."""
    actor, now = caller(request), utc_now()
    if not may(actor, "ledger.export"):
        raise NotFound
    narrowed = RecordFilter(words=q, status="", values=_values(where))
    lines = list(export_rows(actor, code, narrowed, at=now))
    with transaction.atomic():
        record_export(rows=len(lines) - 1, query=f"ledger={code}", actor=actor, at=now)
    answer = HttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}.csv"'
    return answer


def _looking(request: HttpRequest) -> Actor:
    actor = caller(request)
    if not may(actor, "ledger.view"):
        raise NotFound
    return actor


def known(request: HttpRequest, code: str, ref: str) -> Record:
    """Return a record of the ledger in reach. Raises NotFound."""
    found = record_for(caller(request), ref)
    if found.ledger != code:
        raise NotFound
    return found


def one_record(actor: Actor, ref: str) -> RecordOut:
    """Show one record with its derived fields. Raises NotFound."""
    view: RecordView = record_view(actor, ref, at=utc_now())
    return RecordOut.of(view.record, _data(view.record, view.shown))


def _data(record: Record, row: tuple[Shown, ...]) -> dict[str, Any]:
    derived = {one.field.code: one.value for one in row if one.field.derived}
    return {**record.data, **{code: value for code, value in derived.items() if value is not None}}


def _values(where: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in where:
        code, sign, value = one.partition("=")
        if not sign or "\0" in one:
            raise Rejected(
                f"筛选条件“{one[:60]}”读不懂。请写成“字段=值”。",
                f"The filter “{one[:60]}” cannot be read. Write field=value.",
                field="where",
            )
        found[code] = value
    return found


class _Echo:
    """What csv writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def _csv(lines: list[list[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for line in lines:
        yield str(writer.writerow(line))
