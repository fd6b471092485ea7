"""Records as a file: CSV or XLSX, with no cell that a spreadsheet runs, and without persons.

Serves: R017.
"""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

import xlsxwriter
from django.utils import timezone

from linli.domain.access.selectors import Actor
from linli.domain.catalogue.selectors import LedgerDef
from linli.domain.ledgers.models import Record
from linli.domain.ledgers.rules.tables import cell_of, exported, head_of, line_of
from linli.domain.ledgers.selectors.listing import NOTHING_SET, RecordFilter, records_within
from linli.domain.ledgers.selectors.reading import ledger_in_force, shown
from linli.domain.organisations.selectors import day_of

EXPORT = "ledger.export"
MOST_EXPORTED = 50_000
AT_ONCE = 500


def export_rows(
    actor: Actor, code: str, where: RecordFilter = NOTHING_SET, *, at: datetime, lang: str = ""
) -> Iterator[list[str]]:
    """Yield the head and then a line for each record that the actor may export, newest first.

    Cells are harmless to spreadsheets; fields that say something of a person are left out. A file
    of it can be imported again. Raises NoLedger, Rejected.
    """
    ledger, lang = ledger_in_force(code, at), lang or actor.lang
    yield head_of(ledger, lang=lang)
    rows = records_within(actor, ledger, where, act=EXPORT).order_by("-updated_at", "-pk")
    ids = list(rows.values_list("pk", flat=True)[:MOST_EXPORTED])
    for start in range(0, len(ids), AT_ONCE):
        some = {row.pk: row for row in Record.objects.filter(pk__in=ids[start : start + AT_ONCE])}
        records = [some[pk] for pk in ids[start : start + AT_ONCE] if pk in some]
        yield from _lines(actor, ledger, records, at, lang)


def export_sheet(
    actor: Actor, code: str, where: RecordFilter = NOTHING_SET, *, at: datetime, lang: str = ""
) -> tuple[bytes, int]:
    """The same as a spreadsheet (XLSX), every cell a text; with how many records it holds."""
    file, count = BytesIO(), 0
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(export_rows(actor, code, where, at=at, lang=lang)):
            count = row
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
    return file.getvalue(), count


def _lines(
    actor: Actor, ledger: LedgerDef, records: list[Record], at: datetime, lang: str
) -> Iterator[list[str]]:
    fields = exported(ledger)
    cells = shown(actor, ledger, records, on=day_of(at), lang=lang, fields=fields)
    for record, row in zip(records, cells, strict=True):
        state = ledger.state(record.state)
        name = (state.name_en if lang.startswith("en") else state.name) if state else record.status
        updated = timezone.localtime(record.updated_at, timezone.get_default_timezone())
        said = [cell_of(one.field, one.value, one.text) for one in row]
        yield line_of(record.number, said, name, f"{updated:%Y-%m-%d %H:%M}")
