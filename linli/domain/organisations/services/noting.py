"""Noting that an import of units or duties took place."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from linli.domain.access.selectors import Actor
from linli.domain.audit.services import record
from linli.domain.organisations.events import DutiesImported, UnitsImported
from linli.domain.organisations.models import OrganisationImport
from linli.kernel.clock import require_aware

IMPORT_LOCK = 7_201_002  # one import of units or duties at a time; any number of our own


@dataclass(frozen=True)
class ImportReport:
    """What an import brought."""

    import_id: int
    content: str
    rows: int
    created: int
    changed: int


def lock_imports() -> None:
    """Wait until no other import of units or duties is under way in another transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def note_import(report: ImportReport, *, source: str, actor: Actor, at: datetime) -> ImportReport:
    """Keep what an import brought and record its event; returns it with its number."""
    kept = OrganisationImport.objects.create(
        content=report.content,
        source=source[:200],
        rows=report.rows,
        created=report.created,
        changed=report.changed,
        imported_at=require_aware(at),
        imported_by=actor.name[:64],
    )
    event = UnitsImported if report.content == "units" else DutiesImported
    fact = event(
        organisation_import=kept.pk,
        source=source[:200],
        rows=report.rows,
        created=report.created,
        changed=report.changed,
    )
    record(fact, actor=actor, at=at)
    return replace(report, import_id=kept.pk)
