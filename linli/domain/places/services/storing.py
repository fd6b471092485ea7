"""Writing placed rows into the tree in bulk, and noting that an import took place."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from linli.domain.access.selectors import Actor
from linli.domain.audit.services import record
from linli.domain.places.events import AreasImported
from linli.domain.places.models import Area, AreaImport
from linli.domain.places.rules.codes import AreaKind
from linli.domain.places.rules.coverage import MapFinding
from linli.domain.places.rules.lookup import GeoJson
from linli.domain.places.rules.paths import tree_label
from linli.domain.places.rules.placing import KnownArea, PlacedRow
from linli.kernel.clock import require_aware

IMPORT_LOCK = 7_201_001  # one import of areas at a time; any fixed number of our own will do
COLUMNS = (
    "code",
    "name",
    "kind",
    "parent_id",
    "path",
    "tree",
    "community_type",
    "valid_from",
    "valid_to",
    "lng",
    "lat",
)
WRITE = """
INSERT INTO places_area (code, name, kind, parent_id, path, tree, community_type, valid_from,
    valid_to, lng, lat, polygon)
SELECT code, name, kind, parent_id, path, tree::ltree, community_type, valid_from, valid_to,
    lng, lat, polygon::jsonb
FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[],
    %s::date[], %s::date[], %s::float8[], %s::float8[], %s::text[])
    AS row (code, name, kind, parent_id, path, tree, community_type, valid_from, valid_to,
    lng, lat, polygon)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, community_type = excluded.community_type,
    valid_from = excluded.valid_from, valid_to = excluded.valid_to, lng = excluded.lng,
    lat = excluded.lat, polygon = excluded.polygon
RETURNING code, id
"""
CHANGEABLE = ("name", "community_type", "valid_from", "valid_to", "lng", "lat", "polygon")


@dataclass(frozen=True)
class ImportReport:
    """What an import brought; `findings` are overlaps and gaps that were let in."""

    import_id: int
    content: str
    rows: int
    created: int
    changed: int
    findings: tuple[MapFinding, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """A polygon to store, with the point that stands for it (degrees)."""

    polygon: GeoJson
    lng: float
    lat: float


def lock_imports() -> None:
    """Wait until no other import of areas is under way in another transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def _areas_of(codes: Iterable[str]) -> QuerySet[Area]:
    """Stored areas of some codes, sent as one array: tens of thousands are usual."""
    array = RawSQL("SELECT unnest(%s::text[])", [sorted(set(codes))])  # noqa: S611  # no text of others in it
    return Area.objects.filter(code__in=array)


def known_areas(codes: Iterable[str]) -> dict[str, KnownArea]:
    """Return the stored areas of some codes, as placing needs them."""
    rows = _areas_of(codes).values_list("code", "path", "kind", "parent__code")
    return {code: KnownArea(path, AreaKind(kind), parent) for code, path, kind, parent in rows}


def store_rows(
    placed: Sequence[PlacedRow], *, drawn: Mapping[str, Drawn] | None = None
) -> tuple[int, int]:
    """Write placed rows, top level first; returns how many are new and how many changed.

    What a row leaves empty keeps its stored value, so that a list of names does not wipe
    the polygons.
    """
    stored = {area.code: area for area in _areas_of(row.row.code for row in placed)}
    parents = _areas_of(row.parent for row in placed if row.parent)
    ids = dict(parents.values_list("code", "id"))
    created = changed = 0
    for kind in AreaKind:
        level = [row for row in placed if row.kind is kind]
        wanted = [
            _merged(row, stored.get(row.row.code), ids.get(row.parent or ""), drawn or {})
            for row in level
        ]
        touched = [area for area in wanted if _differs(area, stored.get(area.code))]
        created += sum(area.code not in stored for area in touched)
        changed += sum(area.code in stored for area in touched)
        ids.update(_write(touched))
        ids.update({area.code: area.pk for area in stored.values() if area.kind == kind})
    return created, changed


def _merged(
    placed: PlacedRow, old: Area | None, parent_id: int | None, drawn: Mapping[str, Drawn]
) -> Area:
    row, shape = placed.row, drawn.get(placed.row.code)
    area = Area(
        code=row.code,
        name=row.name or (old.name if old else ""),
        kind=placed.kind.value,
        parent_id=parent_id,
        path=placed.path,
        tree=tree_label(placed.path),
        community_type=row.community_type or (old.community_type if old else ""),
        valid_from=row.valid_from or (old.valid_from if old else None),
        valid_to=row.valid_to or (old.valid_to if old else None),
        polygon=shape.polygon if shape else (old.polygon if old else None),
        lng=old.lng if old else None,
        lat=old.lat if old else None,
    )
    if shape:
        area.lng, area.lat = shape.lng, shape.lat
    if row.lng is not None:
        area.lng, area.lat = row.lng, row.lat
    return area


def _differs(area: Area, old: Area | None) -> bool:
    return old is None or any(getattr(area, name) != getattr(old, name) for name in CHANGEABLE)


def _write(areas: list[Area]) -> dict[str, int]:
    """Insert or update areas of one level; returns the row id of each code.

    Columns go as arrays: with a placeholder a value, three quarters of an import of a
    whole country went into splitting the statement.
    """
    columns = [[getattr(area, name) for area in areas] for name in COLUMNS]
    columns.append([json.dumps(area.polygon) if area.polygon else None for area in areas])
    with connection.cursor() as cursor:
        cursor.execute(WRITE, columns)
        return dict(cursor.fetchall())


def note_import(report: ImportReport, *, source: str, actor: Actor, at: datetime) -> ImportReport:
    """Keep what an import brought and record AreasImported; returns it with its number.

    The new number is also what tells other processes that their maps are old.
    """
    kept = AreaImport.objects.create(
        content=report.content,
        source=source[:200],
        rows=report.rows,
        created=report.created,
        changed=report.changed,
        findings=[asdict(finding) for finding in report.findings],
        imported_at=require_aware(at),
        imported_by=actor.name[:64],
    )
    event = AreasImported(
        area_import=kept.pk,
        content=report.content,
        source=source[:200],
        rows=report.rows,
        created=report.created,
        changed=report.changed,
        findings=len(report.findings),
    )
    record(event, actor=actor, at=at)
    return replace(report, import_id=kept.pk)
