"""Importing division codes and grids from rows or CSV files.

Serves: X07.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act, require_reach
from linli.domain.places.errors import AreaFileRejected, AreaRowRejected, in_order
from linli.domain.places.rules.placing import codes_named, place_rows
from linli.domain.places.rules.rows import AreaRow, read_rows
from linli.domain.places.services.storing import (
    ImportReport,
    known_areas,
    lock_imports,
    note_import,
    store_rows,
)


@transaction.atomic
def import_areas(
    rows: Iterable[AreaRow], *, actor: Actor, at: datetime, source: str = ""
) -> ImportReport:
    """Take areas into the tree, all or none; records AreasImported.

    The same rows again change nothing. Raises NotPermitted where `place.manage` does
    not reach, and AreaFileRejected with every fault where a row cannot be taken.
    """
    return _import(list(rows), [], source=source, actor=actor, at=at)


@transaction.atomic
def import_area_files(
    files: Sequence[tuple[str, bytes]], *, actor: Actor, at: datetime
) -> ImportReport:
    """Take CSV files of areas, given as (name, bytes), together: all of them or none.

    They may come in any order, provinces after streets too. Records AreasImported. Raises
    NotPermitted without `place.manage` there, and AreaFileRejected with all faults.
    """
    rows: list[AreaRow] = []
    faults: list[AreaRowRejected] = []
    for name, data in files:
        try:
            read, unread = read_rows(data, source=name)
        except AreaRowRejected as fault:
            fault.source = name
            read, unread = [], [fault]
        rows += read
        faults += unread
    return _import(rows, faults, source="、".join(name for name, _ in files), actor=actor, at=at)


def _import(
    rows: list[AreaRow],
    faults: list[AreaRowRejected],
    *,
    source: str,
    actor: Actor,
    at: datetime,
) -> ImportReport:
    require_act(actor, "place.manage")
    lock_imports()
    placed, misplaced = place_rows(rows, known=known_areas(codes_named(rows)))
    if faults or misplaced:
        raise AreaFileRejected(in_order(faults + misplaced))
    require_reach(actor, "place.manage", (row.path for row in placed))
    created, changed = store_rows(placed)
    report = ImportReport(0, "codes", len(rows), created, changed)
    return note_import(report, source=source, actor=actor, at=at)
