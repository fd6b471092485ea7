"""Setting up units and their posts, one at a time or from a file.

Serves: R009 R033 R034.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor, Role
from linli.domain.access.services import require_act, require_reach
from linli.domain.audit.services import record
from linli.domain.organisations.errors import OrganisationFileRejected
from linli.domain.organisations.events import UnitCreated
from linli.domain.organisations.models import Post, Unit
from linli.domain.organisations.rules.kinds import usual_actor
from linli.domain.organisations.rules.unit_rows import (
    KnownNames,
    UnitRow,
    faults_of_units,
    read_unit_rows,
)
from linli.domain.organisations.services.noting import (
    ImportReport,
    lock_imports,
    note_import,
)
from linli.domain.places.selectors import Area

FIELDS = (
    "name",
    "name_en",
    "kind",
    "actor_kind",
    "area",
    "area_path",
    "phone",
    "valid_from",
    "valid_to",
    "parent",
    "successor",
)


@transaction.atomic
def create_unit(row: UnitRow, *, actor: Actor, at: datetime) -> Unit:
    """Set up one unit with its posts. Records UnitCreated.

    Raises NotPermitted without `organisation.manage` there, and OrganisationFileRejected where
    its code is taken or names something that does not exist.
    """
    require_act(actor, "organisation.manage")
    lock_imports()
    if Unit.objects.filter(code=row.code).exists():
        zh = f"单位代码“{row.code}”已被使用。请换一个代码。"
        en = f"The unit code {row.code} is taken. Choose another."
        raise OrganisationFileRejected([row.fault("code", zh, en)])
    _store([row], actor)
    unit = Unit.objects.get(code=row.code)
    record(UnitCreated(unit.code, unit.kind, unit.area_path), actor=actor, at=at)
    return unit


@transaction.atomic
def import_unit_file(data: bytes, *, actor: Actor, at: datetime, source: str = "") -> ImportReport:
    """Take a YAML file of units and posts, all or none. Records UnitsImported.

    Raises NotPermitted without `organisation.manage` there, and OrganisationFileRejected with
    every fault by line.
    """
    require_act(actor, "organisation.manage")
    rows, faults = read_unit_rows(data)
    if faults:
        raise OrganisationFileRejected(faults)
    return import_units(rows, actor=actor, at=at, source=source)


@transaction.atomic
def import_units(
    rows: Iterable[UnitRow], *, actor: Actor, at: datetime, source: str = ""
) -> ImportReport:
    """Take units and posts, all or none; the same rows again change nothing.

    Units and posts that the rows leave out stay as they are. Records UnitsImported. Raises
    NotPermitted without `organisation.manage` there, and OrganisationFileRejected.
    """
    require_act(actor, "organisation.manage")
    lock_imports()
    listed = list(rows)
    created, changed = _store(listed, actor)
    report = ImportReport(0, "units", len(listed), created, changed)
    return note_import(report, source=source, actor=actor, at=at)


def _store(rows: Sequence[UnitRow], actor: Actor) -> tuple[int, int]:
    """Write units without their ties first, then the ties, so that the order is free."""
    areas = Area.objects.defer("polygon").in_bulk({row.area for row in rows}, field_name="code")
    stored = {
        unit.code: unit for unit in Unit.objects.select_related("parent", "successor", "area")
    }
    known = KnownNames(
        parents={code: unit.parent.code if unit.parent else "" for code, unit in stored.items()},
        areas=areas,
        roles=[role.value for role in Role],
    )
    faults = faults_of_units(rows, known=known)
    if faults:
        raise OrganisationFileRejected(faults)
    require_reach(actor, "organisation.manage", _paths(rows, areas, stored))
    new = [_filled(Unit(code=row.code), row, areas) for row in rows if row.code not in stored]
    units = stored | {unit.code: unit for unit in Unit.objects.bulk_create(new)}
    changed = 0
    for row in rows:
        unit = units[row.code]
        before = {name: getattr(unit, name) for name in FIELDS}
        _filled(unit, row, areas)
        unit.parent = units.get(row.parent)
        unit.successor = units.get(row.successor)
        if before != {name: getattr(unit, name) for name in FIELDS}:
            unit.save(update_fields=FIELDS)
            changed += row.code in stored
    _store_posts(rows, units)
    return len(new), changed


def _paths(
    rows: Sequence[UnitRow], areas: Mapping[str, Area], stored: Mapping[str, Unit]
) -> set[str]:
    """Where the units stand now and where they are to stand."""
    now = {stored[row.code].area_path for row in rows if row.code in stored}
    return now | {areas[row.area].path for row in rows}


def _filled(unit: Unit, row: UnitRow, areas: Mapping[str, Area]) -> Unit:
    unit.name, unit.name_en, unit.kind = row.name, row.name_en, row.kind
    unit.actor_kind = row.actor_kind or usual_actor(row.kind).value
    unit.area, unit.area_path, unit.phone = areas[row.area], areas[row.area].path, row.phone
    unit.valid_from, unit.valid_to = row.valid_from, row.valid_to
    return unit


def _store_posts(rows: Sequence[UnitRow], units: Mapping[str, Unit]) -> None:
    posts = {
        (row.code, post.code): Post(
            unit=units[row.code], code=post.code, name=post.name, role=post.role
        )
        for row in rows
        for post in row.posts
    }
    Post.objects.bulk_create(
        posts.values(),
        update_conflicts=True,
        unique_fields=["unit", "code"],
        update_fields=["name", "role"],
    )
