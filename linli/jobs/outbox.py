"""From the outbox to the queue, in one transaction: a fact's reactions are never lost."""

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from linli.domain.audit.services import take_outbox
from linli.jobs.reactions import Reactions, reactions_to

QUEUE = "linli"
REACT = "react"


@transaction.atomic
def queue_reactions(table: Reactions, *, limit: int) -> int:
    """Take up to `limit` facts out of the outbox and queue what follows; returns how many.

    Several may do so at once: a fact is taken by one of them. Arguments are ids and nothing
    else, so the queue holds no word of anybody.
    """
    facts = take_outbox(limit=limit)
    jobs = [
        _job(journal_id, reaction.name)
        for journal_id, event in facts
        for reaction in reactions_to(event, table=table)
    ]
    if jobs:
        # The connector runs on Django's own connection, so the jobs share this transaction.
        JobManager(DjangoConnector()).batch_defer_jobs(jobs)
    return len(facts)


def _job(journal_id: int, reaction: str) -> Job:
    # Never a lock: one stalled job would hold up all that share it (upstream issue 1408).
    return Job(
        queue=QUEUE,
        task_name=REACT,
        task_kwargs={"journal_id": journal_id, "reaction": reaction},
        lock=None,
        queueing_lock=None,
    )
