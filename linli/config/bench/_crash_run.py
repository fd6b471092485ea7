"""The crash bench at work, once a database and Django are there."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from random import Random

import django.db
from django.db import connection

from linli.config.bench._answer import Figures, progress
from linli.config.bench._crash_count import (
    Acknowledged,
    count_duplicated,
    count_half,
    count_lost,
)
from linli.config.bench._crash_work import Desk, Importer, Message, Resident, Work
from linli.config.bench._ground import Ground, lay_ground
from linli.config.bench._system import PARTS, System
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.access.services import issue_token
from linli.jobs.pace import Pace
from linli.jobs.upkeep import queue_state
from linli.kernel.clock import utc_now

RESIDENTS = 4
ROWS_A_KILL = 300  # of the import, so that it is under way to the last kill
PROGRESS_WITHIN_S = 120.0
IDLE_WITHIN_S = 120.0
LOOK_EVERY_S = 0.05
BETWEEN_KILLS_S = (0.2, 2.0)
FIELDS = ("title", "body", "address", "lng", "lat", "channel")


def measure(system: System, *, kills: int, seed: int) -> Figures:
    """Kill so many times while work goes on; returns the figures of the bench."""
    rng = Random(seed)  # noqa: S311  # which part falls when; no secret
    progress("laying the ground")
    ground = lay_ground(at=utc_now())
    connection.close()
    with system:
        residents, importer, desks = _at_work(system, ground, kills=kills, rng=rng)
        workers: list[Work] = [*residents, importer, *desks]
        for worker in workers:
            worker.start()
        outages = [
            _kill_once(system, importer, residents, number=number, rng=rng)
            for number in range(1, kills + 1)
        ]
        progress("letting everybody finish")
        unanswered = _finish(workers)
    told = Acknowledged(
        posted=_together(residents),
        imported=importer.acknowledged,
        dispatched=_together(desks),
        rows=0 if importer.is_alive() else importer.rows,  # else it counts as unanswered
    )
    return {
        "kills": len(outages),
        "acknowledged": told.count,
        "lost": count_lost(told),
        "duplicated": count_duplicated(),
        "half": count_half() + unanswered,
        "longest_outage_s": round(max(outages, default=0.0), 1),
    }


def _at_work(
    system: System, ground: Ground, *, kills: int, rng: Random
) -> tuple[list[Resident], Importer, list[Desk]]:
    token = issue_token(
        ground.user("clerk"), name="crash", scopes=["message"], actor=SYSTEM_ACTOR, at=utc_now()
    )
    rows = kills * ROWS_A_KILL
    messages = _messages(ground, RESIDENTS * 10_000 + rows, seed=rng.randrange(1, 1000))
    residents = [
        Resident(system.bind, token, messages[rows + number :: RESIDENTS], f"crash-{number}")
        for number in range(RESIDENTS)
    ]
    imported = [
        {**message, "source_id": f"{serial:06d}"} for serial, message in enumerate(messages[:rows])
    ]
    # Two desks that draw the same cases: a dispatch must stand once all the same.
    clerk = ground.actor("clerk", at=utc_now())
    desks = [Desk(clerk, Random(rng.random())) for _ in range(2)]  # noqa: S311  # no secret
    return residents, Importer(imported, system.home), desks


def _together(workers: Sequence[Work]) -> dict[str, str]:
    return {key: told for worker in workers for key, told in worker.acknowledged.items()}


def _messages(ground: Ground, count: int, *, seed: int) -> list[Message]:
    """Messages each of which is told from all others by its last words."""
    today = date.today()  # noqa: DTZ011  # at the edge; which day does not matter
    demands = ground.demands(max(count, 1000), until=today, seed=seed)
    return [
        {name: value for name, value in asdict(demand).items() if name in FIELDS}
        | {"body": f"{demand.body}（第{serial}件）"}
        for serial, demand in enumerate(demands[:count])
    ]


def _kill_once(
    system: System, importer: Importer, residents: Sequence[Resident], *, number: int, rng: Random
) -> float:
    """Kill something, mend it, and wait until a message is acknowledged again; seconds for it."""
    time.sleep(rng.uniform(*BETWEEN_KILLS_S))
    part = rng.choice((*PARTS, "import"))
    began = time.monotonic()
    if part == "import":
        importer.kill()
    else:
        part = system.kill(part, rng=rng)
    before = sum(len(resident.acknowledged) for resident in residents)
    system.mend()
    while sum(len(resident.acknowledged) for resident in residents) == before:
        if time.monotonic() - began > PROGRESS_WITHIN_S:
            raise RuntimeError(f"nothing was acknowledged after the kill of {part}")
        system.mend()
        time.sleep(LOOK_EVERY_S)
    took_s = time.monotonic() - began
    progress(f"{number}: {part} killed, serving again after {took_s:.1f} s")
    return took_s


def _finish(workers: Sequence[Work]) -> int:
    """Stop those who begin new work, wait for all, and for the worker to have caught up.

    Returns how many never got an answer: what they asked for stands half-way.
    """
    for worker in workers:
        worker.told_to_stop.set()
    deadline = time.monotonic() + IDLE_WITHIN_S
    for worker in workers:
        worker.join(max(0.0, deadline - time.monotonic()))
    unanswered = [worker for worker in workers if worker.is_alive()]
    for worker in unanswered:
        progress(f"{type(worker).__name__} never got an answer")
    deadline = time.monotonic() + IDLE_WITHIN_S
    while not _is_idle():
        if time.monotonic() > deadline:
            raise RuntimeError("the worker did not catch up")
        time.sleep(LOOK_EVERY_S)
    return len(unanswered)


def _is_idle() -> bool:
    try:
        state = queue_state(Pace())
    except django.db.Error:
        connection.close()
        return False
    return bool(state.workers) and not (state.outbox or state.waiting or state.running)
