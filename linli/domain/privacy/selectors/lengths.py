"""How long what is kept, as the packs in force say."""

from datetime import datetime, timedelta, tzinfo

from django.utils import timezone

from linli.domain.catalogue.selectors import Parameter, parameter, parameters_in_force
from linli.domain.privacy.rules.retention import Length, cutoff, runs_out

IDENTITY, WORDS, RECORD = "retention.identity", "retention.words", "retention.record_least"
REQUEST_FILE = "retention.request_file"


def zone() -> tzinfo:
    """The zone in which days begin and end."""
    return timezone.get_default_timezone()


def length(code: str, at: datetime) -> Length:
    """Return how long a parameter of the packs has something kept. Raises NoParameter."""
    found = parameter(code, at)
    return length_of(found)


def length_of(found: Parameter) -> Length:
    """Return what a parameter says as a length."""
    return Length(int(found.value), found.unit)


def end_of(code: str, start: datetime, at: datetime) -> datetime:
    """Return when what began at a moment need not be kept any more."""
    return runs_out(start, length(code, at), zone())


def cutoff_of(code: str, at: datetime) -> datetime:
    """Return the moment before which what began is over."""
    return cutoff(at, length(code, at), zone())


def until_of(moment: datetime) -> datetime:
    """Return a moment within the last day before one, to be shown as a day."""
    return moment - timedelta(seconds=1)


def own_cutoffs(code: str, at: datetime) -> dict[str, datetime]:
    """Return the cutoffs of standards that keep for a time of their own, by standard.

    A parameter `<code>.<standard>` says so: the law of emergencies has personal data destroyed
    once one is over, whatever is usual elsewhere.
    """
    prefix = f"{code}."
    return {
        found.code.removeprefix(prefix): cutoff(at, length_of(found), zone())
        for found in parameters_in_force(at)
        if found.code.startswith(prefix)
    }
