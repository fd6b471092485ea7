"""When something was that somebody told: not before the message came, nor to come. Not public."""

from datetime import datetime

from django.utils import timezone

from linli.domain.cases.errors import NoSuchMoment
from linli.domain.cases.models import Case
from linli.domain.cases.rules.answers import Answer

CONTACTED = "contacted_at"  # the standards' field for when the unit first spoke to the resident


def moment_of_contact(case: Case, told: datetime | None, at: datetime) -> datetime:
    """When the unit spoke to the resident; now where nothing is told. Raises NoSuchMoment."""
    if told is None:
        return at
    local = _local(told)
    if not case.received_at <= local <= at:
        raise NoSuchMoment(CONTACTED)
    return local


def moment_told(case: Case, answer: Answer, at: datetime, *, field: str) -> datetime | None:
    """When a day or moment was that a form was answered with; None where it was not.

    The day on which the message came is none too early. Raises NoSuchMoment, naming the field.
    """
    if not isinstance(answer, str):
        return None
    local = _local(datetime.fromisoformat(answer))
    if timezone.localdate(local) < timezone.localdate(case.received_at) or local > at:
        raise NoSuchMoment(field)
    return local


def _local(told: datetime) -> datetime:
    return told if told.tzinfo else timezone.make_aware(told)
