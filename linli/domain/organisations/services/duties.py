"""Taking a duty list: who leads and who helps in which matter, where.

Serves: R019.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act, require_reach
from linli.domain.catalogue.selectors import matter_tree
from linli.domain.organisations.errors import OrganisationFileRejected, OrganisationRowRejected
from linli.domain.organisations.models import Duty, Unit
from linli.domain.organisations.rules.duty_rows import (
    DutyRow,
    KnownCodes,
    faults_of_duties,
    read_duty_rows,
)
from linli.domain.organisations.services.noting import (
    ImportReport,
    lock_imports,
    note_import,
)
from linli.domain.places.selectors import Area

FIELDS = (
    "lead",
    "lead_kind",
    "assistant_kinds",
    "nature",
    "legal_basis",
    "source",
    "confidence",
    "valid_to",
)
Place = tuple[str, str]


@dataclass(frozen=True)
class _Names:
    """Units and areas that rows name, by code."""

    units: Mapping[str, Unit]
    areas: Mapping[str, Area]


@transaction.atomic
def import_duty_file(data: bytes, *, actor: Actor, at: datetime, source: str = "") -> ImportReport:
    """Take a duty list from YAML or XLSX, all or none. Records DutiesImported.

    Raises NotPermitted without `organisation.manage` there, and OrganisationFileRejected with
    every fault by line or row.
    """
    require_act(actor, "organisation.manage")
    rows, faults = read_duty_rows(data)
    names, misnamed = _names(rows)
    if faults or misnamed:
        raise OrganisationFileRejected(faults + misnamed)
    return _import(rows, names, source=source, actor=actor, at=at)


@transaction.atomic
def import_duties(
    rows: Iterable[DutyRow], *, actor: Actor, at: datetime, source: str = ""
) -> ImportReport:
    """Take entries of the duty list, all or none; the same rows again change nothing.

    An entry with a later first day ends the open one for the same matter and area on the
    day before. Records DutiesImported. Raises NotPermitted without `organisation.manage` there,
    and OrganisationFileRejected.
    """
    require_act(actor, "organisation.manage")
    listed = list(rows)
    names, faults = _names(listed)
    if faults:
        raise OrganisationFileRejected(faults)
    return _import(listed, names, source=source, actor=actor, at=at)


def _names(rows: Sequence[DutyRow]) -> tuple[_Names, list[OrganisationRowRejected]]:
    areas = Area.objects.defer("polygon").in_bulk({row.area for row in rows}, field_name="code")
    names = {name for row in rows for name in (row.lead, *row.assistants)}
    units = Unit.objects.in_bulk(names, field_name="code")
    known = KnownCodes(
        unit_kinds={code: unit.kind for code, unit in units.items()},
        areas=areas,
        matters={matter.code for matter in matter_tree()},
    )
    return _Names(units, areas), faults_of_duties(rows, known=known)


def _import(
    rows: Sequence[DutyRow], names: _Names, *, source: str, actor: Actor, at: datetime
) -> ImportReport:
    require_reach(actor, "organisation.manage", {area.path for area in names.areas.values()})
    lock_imports()
    lists = _stored_lists(rows)
    before = {duty.pk: _state(duty) for duty in _all(lists)}
    helpers: dict[tuple[str, str, date], set[int]] = {}
    for row in rows:
        entries = lists.setdefault((row.matter, row.area), {})
        duty = entries.setdefault(
            row.valid_from, Duty(matter_code=row.matter, valid_from=row.valid_from)
        )
        _fill(duty, row, names)
        helpers[row.identity] = {names.units[n].pk for n in row.assistants if n in names.units}
    for entries in lists.values():
        _end_each_before_the_next(entries)
    new = [duty for duty in _all(lists) if duty.pk is None]
    changed = {duty.pk for duty in _all(lists) if duty.pk and _state(duty) != before[duty.pk]}
    Duty.objects.bulk_create(new)
    Duty.objects.bulk_update([duty for duty in _all(lists) if duty.pk in changed], FIELDS)
    made = {duty.pk for duty in new}
    changed |= _set_helpers(lists, helpers) - made
    report = ImportReport(0, "duties", len(rows), len(new), len(changed))
    return note_import(report, source=source, actor=actor, at=at)


def _stored_lists(rows: Sequence[DutyRow]) -> dict[Place, dict[date, Duty]]:
    """The stored entries for each matter and area that rows speak of, by first day."""
    stored = Duty.objects.filter(
        matter_code__in={row.matter for row in rows}, area__code__in={row.area for row in rows}
    )
    lists: dict[Place, dict[date, Duty]] = {}
    for duty in stored.select_related("area", "lead").prefetch_related("assistants"):
        lists.setdefault((duty.matter_code, duty.area.code), {})[duty.valid_from] = duty
    return lists


def _all(lists: Mapping[Place, Mapping[date, Duty]]) -> list[Duty]:
    return [duty for entries in lists.values() for duty in entries.values()]


def _state(duty: Duty) -> tuple[object, ...]:
    return tuple(getattr(duty, name) for name in FIELDS)


def _fill(duty: Duty, row: DutyRow, names: _Names) -> None:
    duty.area, duty.area_path = names.areas[row.area], names.areas[row.area].path
    duty.lead = names.units.get(row.lead)
    duty.lead_kind = "" if duty.lead else row.lead
    duty.assistant_kinds = [name for name in row.assistants if name not in names.units]
    duty.nature, duty.confidence = row.nature.value, row.confidence.value
    duty.legal_basis, duty.source, duty.valid_to = row.legal_basis, row.source, row.valid_to


def _end_each_before_the_next(entries: Mapping[date, Duty]) -> None:
    """Give every entry that a later one replaces its last day."""
    ordered = [entries[day] for day in sorted(entries)]
    for earlier, later in pairwise(ordered):
        last = later.valid_from - timedelta(days=1)
        if earlier.valid_to is None or earlier.valid_to > last:
            earlier.valid_to = last


def _set_helpers(
    lists: Mapping[Place, Mapping[date, Duty]],
    helpers: Mapping[tuple[str, str, date], set[int]],
) -> set[int]:
    """Give entries their assisting units; returns the row ids of those that changed."""
    through = Duty.assistants.through
    touched: set[int] = set()
    ties = []
    for (matter, area, day), wanted in helpers.items():
        duty = lists[matter, area][day]
        if wanted == {unit.pk for unit in duty.assistants.all()}:
            continue
        touched.add(duty.pk)
        ties += [through(duty_id=duty.pk, unit_id=unit) for unit in sorted(wanted)]
    through.objects.filter(duty_id__in=touched).delete()
    through.objects.bulk_create(ties)
    return touched
