"""Clock → what is done: the one table. Every entry may run twice, or at once with itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from linli.domain.cases.services import fire_timers
from linli.jobs.outbox import queue_reactions
from linli.jobs.pace import Pace
from linli.jobs.reactions import REACTIONS
from linli.jobs.upkeep import delete_old_jobs, free_stalled_jobs


@dataclass(frozen=True)
class Appointment:
    """Something to do at set times.

    Parameters
    ----------
    name : what the queue calls it, after ``clock:``.
    cron : minute, hour, day, month, weekday in UTC; a sixth field would be seconds.
    do : called with the present moment; returns how much there was to do.
    """

    name: str
    cron: str
    do: Callable[[datetime], int]


def fire_due_timers(at: datetime) -> int:
    """Fire every timer that is due, some hundred at a time."""
    fired = 0
    while count := fire_timers(at=at, limit=500):
        fired += count
    return fired


def sweep_outbox(_: datetime) -> int:
    """Queue what follows from facts, in case the worker's own look has stopped."""
    return queue_reactions(REACTIONS, limit=5000)


def sweep_stalled(_: datetime) -> int:
    """Free the jobs of dead workers, in case no living worker's own loop does."""
    return free_stalled_jobs(Pace()).seen


def sweep_old(_: datetime) -> int:
    """Delete jobs that were given up long ago."""
    return delete_old_jobs(days=90)


SCHEDULE = (
    Appointment("fire_timers", "* * * * *", fire_due_timers),
    Appointment("free_stalled_jobs", "* * * * *", sweep_stalled),
    Appointment("queue_reactions", "*/5 * * * *", sweep_outbox),
    Appointment("delete_old_jobs", "17 19 * * *", sweep_old),
)
