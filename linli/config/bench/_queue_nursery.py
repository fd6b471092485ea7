"""Where the workers of the queue bench come from: a process that forks one for each line it reads.

Each is a whole process and dies like one; only its start is cheap, for Django is loaded already.
Called with the pace as JSON. A line is `worker` or `reaper`; the answer is the process's number.
"""

import json
import os
import signal
import sys
from importlib import import_module
from typing import NoReturn

import django

from linli.jobs.pace import Pace

BATCH = 200


def main(pace: Pace) -> None:
    """Fork until the lines end; then nobody of ours lives on."""
    django.setup()
    import_module("linli.config.bench._queue_jobs")  # once for all that are forked

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _live(line.strip(), pace)
        print(pid, flush=True)
    os.killpg(0, signal.SIGKILL)


def _live(role: str, pace: Pace) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        work(pace) if role == "worker" else reap(pace)
    finally:
        os._exit(1)


def work(pace: Pace) -> None:
    """Be a whole worker."""
    from linli.config.bench._queue_jobs import reactions  # noqa: PLC0415  # the apps first
    from linli.jobs.runner import run_worker  # noqa: PLC0415  # the apps first

    run_worker(reactions=reactions(pace), schedule=(), pace=pace)


def reap(pace: Pace) -> None:
    """Do without pause what sweepers do: free what the dead held, queue what follows from facts."""
    from linli.config.bench._queue_jobs import reactions  # noqa: PLC0415  # the apps first
    from linli.jobs.outbox import queue_reactions  # noqa: PLC0415  # the apps first
    from linli.jobs.upkeep import free_stalled_jobs  # noqa: PLC0415  # the apps first

    table = reactions(pace)
    while True:
        free_stalled_jobs(pace)
        queue_reactions(table, limit=BATCH)


if __name__ == "__main__":
    main(Pace(**json.loads(sys.argv[1])))
