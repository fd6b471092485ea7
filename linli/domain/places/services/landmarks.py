"""Importing landmarks: the names by which people say where something is.

Serves: X07.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act, require_reach
from linli.domain.places.errors import AreaFileRejected, AreaRowRejected
from linli.domain.places.models import Area, Landmark
from linli.domain.places.rules.marks import LandmarkRow, read_landmarks
from linli.domain.places.selectors import area_at
from linli.domain.places.services.storing import (
    ImportReport,
    lock_imports,
    note_import,
)


@transaction.atomic
def import_landmark_file(
    data: bytes, *, actor: Actor, at: datetime, source: str = ""
) -> ImportReport:
    """Take a CSV file of landmarks, all or none; records AreasImported.

    Raises NotPermitted without `place.manage`, and AreaFileRejected with every fault.
    """
    require_act(actor, "place.manage")
    try:
        rows, faults = read_landmarks(data)
    except AreaRowRejected as fault:
        raise AreaFileRejected([fault]) from fault
    if faults:
        raise AreaFileRejected(faults)
    return import_landmarks(rows, actor=actor, at=at, source=source)


@transaction.atomic
def import_landmarks(
    rows: Iterable[LandmarkRow], *, actor: Actor, at: datetime, source: str = ""
) -> ImportReport:
    """Take landmarks, all or none; the same name in the same area is one landmark.

    Records AreasImported. Raises NotPermitted without `place.manage`, and AreaFileRejected
    where a landmark's area is unknown.
    """
    require_act(actor, "place.manage")
    lock_imports()
    listed = list(rows)
    areas = Area.objects.in_bulk({row.area for row in listed if row.area}, field_name="code")
    faults: list[AreaRowRejected] = []
    marks: dict[tuple[str, int], Landmark] = {}
    for row in listed:
        area = areas.get(row.area) if row.area else _area_of_point(row)
        if area is None:
            faults.append(_no_area(row))
        else:
            marks[row.name, area.pk] = _landmark(row, area)
    if faults:
        raise AreaFileRejected(faults)
    require_reach(actor, "place.manage", (mark.area_path for mark in marks.values()))
    before = Landmark.objects.count()
    Landmark.objects.bulk_create(
        marks.values(),
        batch_size=5_000,
        update_conflicts=True,
        unique_fields=["name", "area"],
        update_fields=["kind", "lng", "lat"],
    )
    created = Landmark.objects.count() - before
    report = ImportReport(0, "landmarks", len(listed), created, len(marks) - created)
    return note_import(report, source=source, actor=actor, at=at)


def _area_of_point(row: LandmarkRow) -> Area | None:
    if row.lng is None or row.lat is None:
        return None
    return area_at(row.lng, row.lat)


def _landmark(row: LandmarkRow, area: Area) -> Landmark:
    return Landmark(
        name=row.name,
        kind=row.kind,
        area=area,
        area_path=area.path,
        lng=row.lng,
        lat=row.lat,
    )


def _no_area(row: LandmarkRow) -> AreaRowRejected:
    return AreaRowRejected(
        f"“{row.name}”的区域“{row.area}”不存在，坐标也不在任何区域里。请核对代码，或先导入区域。",
        f"The area {row.area!r} of {row.name} is unknown and its point lies in no area. "
        "Check the code or import the areas first.",
        field="area",
        row=row.line or None,
    )
