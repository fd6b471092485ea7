"""Clock → what is done: the one table. Every entry may run twice, or at once with itself."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.attachments.services import sweep_files
from linli.domain.audit.selectors import anchor_store, seal_keys
from linli.domain.audit.services import check_journal, seal_journal
from linli.domain.care.services import expire_cards
from linli.domain.cases.services import advance_waiting, alarm_unconfirmed, fire_timers
from linli.domain.ledgers.services import remind_reviews
from linli.domain.privacy.services import run_retention
from linli.insight.extract import make_extract
from linli.jobs.outbox import queue_reactions
from linli.jobs.pace import Pace
from linli.jobs.reactions import REACTIONS
from linli.jobs.upkeep import delete_old_jobs, free_stalled_jobs
from linli.kernel.errors import LinliError, Unavailable

logger = logging.getLogger(__name__)


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


def join_parts(at: datetime) -> int:
    """Let wholes go on whose parts are closed, in case the reaction was missed."""
    return advance_waiting(at=at)


def remind_of_reviews(at: datetime) -> int:
    """Remind units of records that come due for review, once for each due day and lead."""
    return remind_reviews(at=at)


def tell_unconfirmed(at: datetime) -> int:
    """Tell auditors of emergency access that nobody confirmed in time."""
    told = alarm_unconfirmed(at=at)
    if told:
        logger.error("special access: %d not confirmed in time; see the desk", told)
    return told


def sweep_outbox(_: datetime) -> int:
    """Queue what follows from facts, in case the worker's own look has stopped."""
    return queue_reactions(REACTIONS, limit=5000)


def sweep_stalled(_: datetime) -> int:
    """Free the jobs of dead workers, in case no living worker's own loop does."""
    return free_stalled_jobs(Pace()).seen


def sweep_old(_: datetime) -> int:
    """Delete jobs that were given up long ago."""
    return delete_old_jobs(days=90)


def sweep_attachments(at: datetime) -> int:
    """Remove files that no row names: left by a crash, or deleted with their rows."""
    return sweep_files(at=at)


def seal_new_facts(_: datetime) -> int:
    """Seal what has been written since the last seal; what a late run missed is caught up.

    Where it must not go on, that is logged each time, and the auditor's page says that sealing
    has stopped; a failed job every half minute would bury the list of those that need a person.
    """
    try:
        seals = seal_journal(anchor_store(), seal_keys(), quiet_s=settings.LINLI_SEAL_HEARTBEAT_S)
    except Unavailable as error:
        logger.error("journal: not sealed: %s", error.message("en"))
        return 0
    return len(seals)


def check_new_facts(at: datetime) -> int:
    """Check the journal from where it was last found whole."""
    return _check(at, since=None)


def check_all_facts(at: datetime) -> int:
    """Check the whole journal and all its seals."""
    return _check(at, since=0)


def _check(at: datetime, *, since: int | None) -> int:
    report = check_journal(anchor_store(), seal_keys(), actor=SYSTEM_ACTOR, at=at, since=since)
    if not report.is_whole:
        logger.error("journal: %d faults; run linli audit verify", len(report.faults))
    return report.checked


def make_extracts(at: datetime) -> int:
    """Make what analytics may read anew, whole: cases move between matters and places."""
    return make_extract(at=at)


def delete_in_time(at: datetime) -> int:
    """Delete what its time is over for; without times to keep in the packs nothing is."""
    try:
        return sum(run_retention(at=at).values())
    except LinliError as error:
        logger.error("retention: not run: %s", error.message("en"))
        return 0


def destroy_cards(at: datetime) -> int:
    """Destroy what crisis cards say once they have run out."""
    return expire_cards(at=at)


SCHEDULE = (
    # Twice a minute, so that a seal is never older than sixty seconds.
    Appointment("seal_journal", "* * * * * 0,30", seal_new_facts),
    Appointment("fire_timers", "* * * * *", fire_due_timers),
    Appointment("join_parts", "*/5 * * * *", join_parts),
    Appointment("remind_reviews", "17 * * * *", remind_of_reviews),
    Appointment("tell_unconfirmed", "* * * * *", tell_unconfirmed),
    Appointment("free_stalled_jobs", "* * * * *", sweep_stalled),
    Appointment("queue_reactions", "*/5 * * * *", sweep_outbox),
    Appointment("check_new_facts", "41 * * * *", check_new_facts),
    Appointment("check_all_facts", "23 18 * * *", check_all_facts),
    Appointment("sweep_attachments", "7 * * * *", sweep_attachments),
    Appointment("destroy_cards", "27 * * * *", destroy_cards),
    Appointment("delete_in_time", "7 19 * * *", delete_in_time),
    Appointment("delete_old_jobs", "17 19 * * *", sweep_old),
    Appointment("make_extracts", "47 19 * * *", make_extracts),
)
