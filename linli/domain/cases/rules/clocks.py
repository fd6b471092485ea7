"""Due times follow from a policy and facts; nothing stores a due time that cannot be explained.

Serves: R108 X06.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from linli.kernel.calendar import Due, WorkingCalendar
from linli.kernel.moments import end_text
from linli.kernel.units import Limit, LimitUnit

FactKind = Literal["start", "pause", "resume", "stop", "extend"]
WORKING = (LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR)


@dataclass(frozen=True)
class Fact:
    """Something that happened to a clock.

    Parameters
    ----------
    kind : start, pause, resume, stop, or extend.
    at : when, UTC.
    reason : why, as people wrote it; empty where the standard itself is the reason.
    extra : by how much an extension lengthens the limit, in the clock's own unit.
    """

    kind: FactKind
    at: datetime
    reason: str = ""
    extra: int = 0


@dataclass(frozen=True)
class Reckoning:
    """What facts make of a policy: due time or none, and the state of the clock."""

    due: Due | None
    is_running: bool
    is_paused: bool


def reckon(limit: Limit, facts: Sequence[Fact], calendar: WorkingCalendar) -> Reckoning:
    """Derive the due time from the policy and the facts.

    Facts are in order of time. A clock that has not started has no due time. While paused the
    due time is the one of the moment of the pause; each pause moves it by the time paused,
    counted in the limit's own time. Extensions lengthen the limit itself.

    Examples
    --------
    See `tests/test_rules_clocks.py`: every rule stands there as a table of facts.
    """
    start = next((fact.at for fact in facts if fact.kind == "start"), None)
    if start is None:
        return Reckoning(None, False, False)
    extra = sum(fact.extra for fact in facts if fact.kind == "extend")
    due = calendar.add(start, Limit(limit.value + extra, limit.unit))
    due = _extended_words(due, limit, extra)
    paused_at: datetime | None = None
    for fact in facts:
        if fact.kind == "pause" and paused_at is None:
            paused_at = fact.at
        elif fact.kind == "resume" and paused_at is not None:
            due = _after_pause(due, limit, paused_at, fact.at, calendar)
            paused_at = None
    is_stopped = any(fact.kind == "stop" for fact in facts)
    return Reckoning(due, not is_stopped, paused_at is not None and not is_stopped)


def _extended_words(due: Due, limit: Limit, extra: int) -> Due:
    if not extra:
        return due
    zh = f"{due.zh}；其中延期 {Limit(extra, limit.unit).text()}"
    en = f"{due.en}; {Limit(extra, limit.unit).text('en')} of it by extension"
    return Due(due.at, due.provisional, zh, en)


def _after_pause(
    due: Due, limit: Limit, start: datetime, end: datetime, calendar: WorkingCalendar
) -> Due:
    at = calendar.shift(due.at, limit, start, end)
    there, one, two = calendar.local(at), calendar.local(start), calendar.local(end)
    span = f"{one:%m-%d %H:%M}～{two:%m-%d %H:%M}"
    provisional = due.provisional or (limit.unit in WORKING and calendar.is_provisional(end, at))
    return Due(
        at,
        provisional,
        f"{due.zh}；{span} 停表，顺延至 {end_text(there)}",
        f"{due.en}; stopped {span}, moved to {end_text(there)}",
    )


def is_overdue(due_at: datetime | None, *, held_at: datetime | None, at: datetime) -> bool:
    """Whether a limit has run out; one that stands still does so no further.

    Parameters
    ----------
    due_at : when the limit ends; while it stands, as it was when it was stopped.
    held_at : since when it stands, None where it runs.
    """
    return due_at is not None and due_at < (at if held_at is None else min(at, held_at))


@dataclass(frozen=True)
class Ring:
    """When a timer rings: at a share of the limit, or a lead before (-) or after (+) its end."""

    share: float | None = None
    lead: Limit | None = None
    is_after: bool = False

    def moment(
        self, start: datetime, due: datetime, unit: LimitUnit, calendar: WorkingCalendar
    ) -> datetime:
        """Return when it rings, given when the limit started and ends."""
        if self.lead is None:
            return moment_at_share(start, due, self.share or 1.0, unit, calendar)
        if self.is_after:
            return calendar.add(due, self.lead).at
        return max(start, calendar.before(due, self.lead))


def moment_at_share(
    start: datetime, due: datetime, share: float, unit: LimitUnit, calendar: WorkingCalendar
) -> datetime:
    """Return the moment at which a share of a limit has passed.

    Parameters
    ----------
    share : > 0; 1.0 is the due time itself, 1.5 half the limit after it.
    unit : working limits are shared out in working time, others on the clock.
    """
    if unit in WORKING:
        seconds = int(calendar.working_seconds(start, due) * share)
        return calendar.after_working_seconds(start, seconds)
    return start + timedelta(seconds=int((due - start).total_seconds() * share))
