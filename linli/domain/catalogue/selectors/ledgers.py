"""Ledgers as packs have put them in force.

Serves: R017.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.domain.catalogue.errors import NoLedger
from linli.domain.catalogue.models import LedgerVersion
from linli.domain.catalogue.rules.ledger import (
    CASE,
    CalendarEntry,
    CycleDef,
    LedgerDef,
    LedgerField,
    LedgerState,
    MoveDef,
)

__all__ = [
    "CASE",
    "CalendarEntry",
    "CycleDef",
    "LedgerDef",
    "LedgerField",
    "LedgerState",
    "LedgerVersion",
    "MoveDef",
    "ledger_by_code",
    "ledger_version",
    "ledgers_in_force",
]


def ledger_by_code(code: str, at: datetime) -> LedgerVersion:
    """The version of a ledger in force at a moment. Raises NoLedger."""
    rows = _in_force(at).filter(code=code)
    found = rows.order_by("-valid_from", "-published_at").first()
    if found is None:
        raise NoLedger(code)
    return found


def ledger_version(code: str, version: str) -> LedgerVersion:
    """One version of a ledger, whether still in force or not. Raises NoLedger."""
    found = LedgerVersion.objects.filter(code=code, version=version).first()
    if found is None:
        raise NoLedger(f"{code} {version}")
    return found


def ledgers_in_force(at: datetime) -> list[LedgerVersion]:
    """The version in force of every ledger, by code."""
    return list(_in_force(at).order_by("code", "-valid_from", "-published_at").distinct("code"))


def _in_force(at: datetime) -> QuerySet[LedgerVersion]:
    on = timezone.localdate(at, timezone.get_default_timezone())
    ends = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return LedgerVersion.objects.filter(ends, valid_from__lte=on)
