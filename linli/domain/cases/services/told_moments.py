"""When something was that somebody told: not before the message came, nor to come. Not public."""

from datetime import datetime

from django.utils import timezone

from linli.domain.access import wall
from linli.domain.cases.errors import NoSuchMoment
from linli.domain.cases.models import Case, Link
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

    The day on which the message came is none too early, nor is that of the whole for a part. Raises
    NoSuchMoment, naming the field.
    """
    if not isinstance(answer, str):
        return None
    local = _local(datetime.fromisoformat(answer))
    if local > at or _is_before(local, case.received_at) and _is_before(local, _whole_came(case)):
        raise NoSuchMoment(field)
    return local


def _is_before(local: datetime, came: datetime) -> bool:
    return timezone.localdate(local) < timezone.localdate(came)


@wall.wider("wholes")
def _whole_came(case: Case) -> datetime:
    """When the whole of a part was received; for any other case, when it was itself."""
    wholes = Link.objects.filter(case=case, kind=Link.Kind.PART)
    found = wholes.values_list("other__received_at", flat=True).first()
    return found or case.received_at


def _local(told: datetime) -> datetime:
    return told if told.tzinfo else timezone.make_aware(told)
