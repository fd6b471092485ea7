"""When a time to keep runs out, and what stands against deleting. Plain values alone.

Serves: X01.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from linli.kernel.clock import require_aware

DutyCode = Literal["hold", "open", "waiting", "reopen", "record"]


@dataclass(frozen=True)
class Length:
    """How long something is kept: whole years or calendar days, never converted into each other."""

    value: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in ("year", "natural_day") or self.value < 0:
            raise ValueError(f"data are kept for years or days, not {self.value} {self.unit}")


@dataclass(frozen=True)
class Duty:
    """Why something must still be kept; `until` is None where nobody knows yet."""

    code: DutyCode
    until: datetime | None


@dataclass(frozen=True)
class CaseStanding:
    """What of a case decides on deleting.

    Parameters
    ----------
    closed_at : None while it is open.
    is_held : whether somebody forbade deleting by law.
    is_waiting : whether something beside its road waits for a decision, or a linked case is open.
    reopen_until : until when the person may have it reopened, or None.
    """

    closed_at: datetime | None
    is_held: bool = False
    is_waiting: bool = False
    reopen_until: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """What a request for deletion comes to.

    Parameters
    ----------
    is_person_now, is_words_now : whether name and number, and words, go at once.
    duties : why the rest must wait.
    after : when all of them are over; None where that is not known.
    """

    is_person_now: bool
    is_words_now: bool
    duties: tuple[DutyCode, ...]
    after: datetime | None


def runs_out(start: datetime, length: Length, zone: tzinfo) -> datetime:
    """Return the moment from which something need not be kept any more.

    The day of the start is left out and the last day is kept whole, as days of limits are. A year
    ends on the same day of the calendar or, where there is none, on the last of its month.

    >>> from datetime import UTC
    >>> runs_out(datetime(2024, 2, 29, 9, tzinfo=UTC), Length(1, "year"), UTC).isoformat()
    '2025-03-01T00:00:00+00:00'
    """
    day = require_aware(start).astimezone(zone).date()
    return _midnight_after(_last_day(day, length), zone).astimezone(start.tzinfo)


def cutoff(at: datetime, length: Length, zone: tzinfo) -> datetime:
    """Return the moment before which a time to keep, had it begun then, has run out by `at`.

    Whatever began earlier is over, whatever began then or later is not: the mirror of `runs_out`.
    """
    today = require_aware(at).astimezone(zone).date()
    day = today - timedelta(days=length.value) if length.unit == "natural_day" else today
    if length.unit == "year":
        day = _years_before(today, length.value)
    return datetime.combine(day, time(), zone).astimezone(at.tzinfo)


def duties_on(case: CaseStanding, *, record_until: datetime | None, at: datetime) -> list[Duty]:
    """Return what stands against deleting anything of a case, then what against its words."""
    found: list[Duty] = []
    if case.is_held:
        found.append(Duty("hold", None))
    if case.closed_at is None:
        found.append(Duty("open", None))
    if case.is_waiting:
        found.append(Duty("waiting", None))
    if case.reopen_until is not None and at <= case.reopen_until:
        found.append(Duty("reopen", case.reopen_until))
    if record_until is not None and at < record_until:
        found.append(Duty("record", record_until))
    return found


def verdict_on(duties: Iterable[Duty], *, with_words: bool) -> Verdict:
    """Decide what of a deletion is done now and what waits.

    Parameters
    ----------
    with_words : whether the words were asked to go as well, or the person's consent alone ended.
    """
    standing = list(duties)
    of_person = [duty for duty in standing if duty.code != "record"]
    counted = standing if with_words else of_person
    ends = [duty.until for duty in counted]
    known = [end for end in ends if end is not None]
    return Verdict(
        is_person_now=not of_person,
        is_words_now=with_words and not standing,
        duties=tuple(duty.code for duty in counted),
        after=max(known) if counted and len(known) == len(ends) else None,
    )


def lengths_from(rows: Mapping[str, tuple[float, str]]) -> dict[str, Length]:
    """Return lengths by parameter. Raises ValueError for a unit that nothing is kept by."""
    return {code: Length(int(value), unit) for code, (value, unit) in rows.items()}


def _last_day(day: date, length: Length) -> date:
    if length.unit == "natural_day":
        return day + timedelta(days=length.value)
    try:
        return day.replace(year=day.year + length.value)
    except ValueError:  # 29 February
        return date(day.year + length.value, 2, 28)


def _years_before(today: date, years: int) -> date:
    """The first day whose years are not over before today begins."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return date(today.year - years, 3, 1)


def _midnight_after(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)
