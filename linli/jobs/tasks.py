"""What the queue runs: a reaction to a fact, or an appointment of the schedule."""

import logging
import traceback
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction
from procrastinate import App, RetryDecision
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import DjangoApp
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy

from linli.domain.audit.selectors import fact
from linli.domain.audit.services import once
from linli.jobs.fencing import FencedJobs
from linli.jobs.outbox import QUEUE, REACT
from linli.jobs.pace import Pace
from linli.jobs.reactions import Reaction, Reactions, reaction_named
from linli.jobs.schedule import Appointment
from linli.kernel.clock import utc_now

AHEAD_OF_REACTIONS = 10  # a long queue must not make the clock late
logger = logging.getLogger(__name__)


class JobFailed(Exception):
    """A job failed. Says where, never with what: a database's error repeats people's words."""


class Backoff(BaseRetryStrategy):
    """Try again after a growing wait, until a job has been claimed as often as it may."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try again, or None when the job goes to a person's list."""
        claims = job.attempts + 1
        if claims >= self.pace.claims:
            return None
        return RetryDecision(retry_at=utc_now() + timedelta(seconds=self.pace.wait_s(claims)))


def worker_app(
    connector: BaseConnector, *, reactions: Reactions, schedule: Sequence[Appointment], pace: Pace
) -> App:
    """Return an app of procrastinate that knows these reactions and this schedule."""
    app = DjangoApp(connector=connector)
    app.job_manager = FencedJobs(connector)
    backoff = Backoff(pace)

    @app.task(name=REACT, queue=QUEUE, retry=backoff)
    def react(journal_id: int, reaction: str) -> None:
        with_place_of_failure(lambda: carry_out(reaction, journal_id, table=reactions))

    for appointment in schedule:
        _add(app, appointment, backoff)
    return app


def carry_out(name: str, journal_id: int, *, table: Reactions) -> bool:
    """Carry out a reaction to a fact unless it has been; False if so.

    Effect and key are written in one transaction. Raises LookupError for a reaction or a fact
    that is not there.
    """
    reaction, at = reaction_named(name, table=table), utc_now()
    if reaction.in_parts:
        _do(reaction, journal_id)
        return once(journal_id, reaction=name, at=at)
    with transaction.atomic():
        is_first = once(journal_id, reaction=name, at=at)
        if is_first:
            _do(reaction, journal_id)
    return is_first


def with_place_of_failure(do: Callable[[], object]) -> None:
    """Run a job's work; a failure is logged by class and place, without the words in it."""
    try:
        do()
    except Exception as error:  # noqa: BLE001  # the outermost edge of a job; logged and raised
        place = "".join(traceback.format_tb(error.__traceback__))
        logger.error("%s in a job\n%s", type(error).__qualname__, place)
        raise JobFailed(type(error).__qualname__) from None


def _do(reaction: Reaction, journal_id: int) -> None:
    known = fact(journal_id)
    if known is None:
        raise LookupError(f"the journal has no row {journal_id}")
    reaction.do(known, utc_now())


def _add(app: App, appointment: Appointment, backoff: Backoff) -> None:
    # No queueing lock: a stalled job set free beside a waiting one would break its unique
    # index, and with it the statement that frees all the others.
    @app.periodic(cron=appointment.cron)
    @app.task(
        name=f"clock:{appointment.name}", queue=QUEUE, retry=backoff, priority=AHEAD_OF_REACTIONS
    )
    def keep(timestamp: int) -> None:
        with_place_of_failure(lambda: appointment.do(utc_now()))
