"""A worker with reactions that write, fail, kill or wait; run by the tests as a process."""

import os
import signal
from datetime import datetime

import django
from django.db import connection

GATE = 4711


def main() -> None:
    """Work until told to stop."""
    django.setup()
    # Only now: the apps must be there first.
    from linli.domain.audit.selectors import Fact  # noqa: PLC0415  # apps first
    from linli.jobs.reactions import Reaction, Reactions  # noqa: PLC0415  # apps first
    from linli.jobs.runner import run_worker  # noqa: PLC0415  # apps first
    from linli.jobs.tests import builders as facts  # noqa: PLC0415  # apps first

    def mark(fact: Fact, _: datetime) -> None:
        facts.write("INSERT INTO jobs_scratch VALUES (%s)", [fact.id])

    def fail(fact: Fact, at: datetime) -> None:
        mark(fact, at)
        raise ValueError(f"no flat for {facts.SECRET}")

    def kill(fact: Fact, at: datetime) -> None:
        mark(fact, at)
        os.kill(os.getpid(), signal.SIGKILL)

    def wait(fact: Fact, at: datetime) -> None:
        facts.write("SELECT pg_advisory_lock(%s), pg_advisory_unlock(%s)", [GATE, GATE])
        mark(fact, at)

    table: Reactions = {
        facts.StoneLaid: (Reaction("mark", mark),),
        facts.PoisonLaid: (Reaction("fail", fail),),
        facts.KillerLaid: (Reaction("kill", kill),),
        facts.GateLaid: (Reaction("wait", wait),),
    }
    run_worker(reactions=table, schedule=(), pace=facts.FAST)
    connection.close()


if __name__ == "__main__":
    main()
