"""What holds on a day: shared by the selectors of this app."""

from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

Row = TypeVar("Row", bound=Model)


def on_day(at: datetime) -> date:
    """The local day of a moment."""
    return timezone.localdate(at, timezone.get_default_timezone())


def in_force(rows: "QuerySet[Row]", on: date) -> "QuerySet[Row]":
    """Those of some rows whose validity holds on a day."""
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
