"""Ledgers as cards, and the records of one as a list: narrowed, in order, a page at a time.

Serves: R017 R129.
"""

from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from linli.domain.access.services import require_act
from linli.domain.audit.services import record_list
from linli.domain.ledgers.selectors import (
    Record,
    RecordPage,
    Shown,
    ledgers_visible,
    records,
    shown,
)
from linli.domain.organisations.selectors import day_of
from linli.kernel.clock import utc_now
from linli.web.desk.ledgers.base import (
    VIEW,
    Opened,
    counted,
    language,
    opened,
    state_of,
    tabs,
)
from linli.web.desk.ledgers.searching import Search, search_of
from linli.web.desk.signed_in import staff_page
from linli.web.desk.words import name_of
from linli.web.ui.actors import actor_of
from linli.web.ui.parts import Column, Row

NUMBERS = frozenset({"number", "money"})
NONE = RecordPage((), "", 0, True)


@staff_page
@require_GET
def ledgers_page(request: HttpRequest) -> HttpResponse:
    """The ledgers that this person may look at, with how many records and what is due."""
    actor, now = actor_of(request), utc_now()
    require_act(actor, VIEW)
    cards = [
        {
            "opened": Opened(actor, now, card.definition),
            "open": counted(
                ngettext("在用 %(count)s 条", "在用 %(count)s 条", card.open_records),
                card.open_records,
            ),
            "due": _due_words(card.due_reviews),
        }
        for card in ledgers_visible(actor, at=now)
    ]
    return render(request, "desk/ledgers/ledgers.html", {"cards": cards})


@staff_page
@require_GET
@transaction.atomic
def list_page(request: HttpRequest, code: str) -> HttpResponse:
    """The records of one ledger."""
    held = opened(request, code)
    return _listed(request, held, search_of(request.GET, held), "ledger")


@staff_page
@require_GET
@transaction.atomic
def due_page(request: HttpRequest, code: str) -> HttpResponse:
    """Those of its records that are due for review, or soon will be, soonest first."""
    held = opened(request, code)
    review = held.ledger.review
    search = search_of(request.GET, held, order="due" if review else "-updated")
    if search.where is not None:
        until = day_of(held.at) + timedelta(days=max(review.remind, default=0) if review else 0)
        search = replace(search, where=replace(search.where, due_until=until))
    return _listed(request, held, search, "ledger-due")


def _due_words(count: int) -> str:
    words = ngettext("%(count)s 条待核对", "%(count)s 条待核对", count)
    return counted(words, count) if count else ""


def _total(page: RecordPage) -> str:
    if page.is_counted:
        return counted(ngettext("共 %(count)s 条", "共 %(count)s 条", page.total), page.total)
    return counted(_("共 %(count)s 条以上"), page.total)


def columns_of(held: Opened) -> list[Column]:
    """The columns of a list of records."""
    fields = [f for f in held.ledger.listed if f.code != held.ledger.title_field]
    title = held.ledger.field(held.ledger.title_field)
    return [
        Column(name_of(title) if title else _("名称")),
        Column(_("编号")),
        *(Column(name_of(field), field.kind in NUMBERS) for field in fields),
        Column(_("状态")),
        *([Column(_("下次核对"))] if held.ledger.review else []),
    ]


def rows_of(held: Opened, found: list[Record]) -> list[Row]:
    """The rows of a list of records, each a link to its page."""
    fields = [f for f in held.ledger.listed if f.code != held.ledger.title_field]
    on = day_of(held.at)
    told = shown(held.actor, held.ledger, found, on=on, lang=language(), fields=fields)
    return [
        _row(held, record, cells, is_due=bool(record.review_due_on and record.review_due_on <= on))
        for record, cells in zip(found, told, strict=True)
    ]


def _row(held: Opened, record: Record, cells: tuple[Shown, ...], *, is_due: bool) -> Row:
    due = record.review_due_on.isoformat() if record.review_due_on else ""
    if due and is_due:
        due = _("%(day)s 已到期") % {"day": due}
    return Row(
        [
            record.title,
            record.number,
            *(cell.text for cell in cells),
            state_of(held.ledger, record),
            *([due] if held.ledger.review else []),
        ],
        held.url("record", record.public_id),
    )


def _listed(request: HttpRequest, held: Opened, search: Search, view: str) -> HttpResponse:
    page = NONE
    if search.where is not None:
        after = request.GET.get("after", "")
        page = records(
            held.actor, held.code, search.where, at=held.at, order=search.order, after=after
        )
        refs = [record.public_id for record in page.items]
        record_list(refs, door="ledger", actor=held.actor, at=held.at)
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "opened": held,
        "tabs": tabs(held, view, query=query.urlencode()),
        "search": search,
        "form": search.form,
        "columns": columns_of(held),
        "rows": rows_of(held, list(page.items)),
        "page": page,
        "total": _total(page),
        "is_first": "after" not in request.GET,
    }
    return render(
        request, "desk/ledgers/list.html", context, status=422 if search.form.errors else 200
    )
