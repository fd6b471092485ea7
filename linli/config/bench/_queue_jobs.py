"""The jobs of the queue bench: what each kind does, and the facts that ask for them."""

import os
import signal
import time
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.config.bench._whole import rows
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.events import RowsExported
from linli.domain.audit.selectors import Fact
from linli.domain.audit.services import record_all
from linli.jobs.pace import Pace
from linli.jobs.reactions import REACTIONS, Reaction, Reactions
from linli.kernel.clock import utc_now
from linli.kernel.ids import public_id

ORDINARY, POISON, KILLER, SLOW, HUGE = "ordinary", "poison", "killer", "slow", "huge"
BAD = (POISON, KILLER)  # what must end with a person
HUGE_CHARACTERS = 1_000_000
BEYOND_THE_LEASE = 1.4
DO = "bench_queue"
EFFECTS = """
CREATE TABLE bench_queue_effect (journal_id bigint NOT NULL);
GRANT ALL ON bench_queue_effect TO PUBLIC
"""
KEEP = "INSERT INTO bench_queue_effect VALUES ({}) RETURNING 1"


def reactions(pace: Pace) -> Reactions:
    """Return the product's table, and one fact more that is done as its words say."""

    def do(fact: Fact, _: datetime) -> None:
        _do(fact, lease_s=pace.stalled_after_s)

    return {**REACTIONS, RowsExported: (Reaction(DO, do),)}


def plant(kinds: Sequence[str]) -> dict[int, str]:
    """Record a fact for each kind of job; returns kind by the fact's number in the journal."""
    if not kinds:
        return {}
    facts = [RowsExported(public_id(), 0, _words(kind)) for kind in kinds]
    with transaction.atomic():
        ids = record_all(facts, actor=SYSTEM_ACTOR, at=utc_now())
    return dict(zip(ids, kinds, strict=True))


def _words(kind: str) -> str:
    return f"{kind} ".ljust(HUGE_CHARACTERS, "长") if kind == HUGE else kind


def _do(fact: Fact, *, lease_s: float) -> None:
    """Write a row that no key protects, then go on as the kind says."""
    words = str(fact.data["query"])
    kind = words.partition(" ")[0]
    rows(KEEP.format(int(fact.id)))
    if kind == POISON:
        raise ValueError(words)
    if kind == KILLER:
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == SLOW:
        time.sleep(lease_s * BEYOND_THE_LEASE)
    if kind == HUGE and len(words) != HUGE_CHARACTERS:
        raise ValueError("cut short")
