"""The crash bench at work, once a database and Django are there."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from random import Random

import django.db
from django.db import connection

from linli.config.bench._answer import Figure, Figures, progress
from linli.config.bench._crash_count import (
    Acknowledged,
    count_duplicated,
    count_half,
    count_lost,
)
from linli.config.bench._crash_staff import staff
from linli.config.bench._crash_work import Desk, Importer, Message, Resident, Work
from linli.config.bench._ground import Ground, lay_ground
from linli.config.bench._system import PARTS, System
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.access.services import issue_token
from linli.jobs.pace import Pace
from linli.jobs.upkeep import queue_state
from linli.kernel.clock import utc_now

RESIDENTS = 4
ROWS_A_KILL, MOST_ROWS = 300, 20_000  # of the import, so that it is under way to the last kill
PROGRESS_WITHIN_S = 120.0
IDLE_WITHIN_S = 300.0
LOOK_EVERY_S = 0.05
BETWEEN_KILLS_S = (0.2, 2.0)
FIELDS = ("title", "body", "address", "lng", "lat", "channel")


@dataclass(frozen=True)
class Wanted:
    """How much is tried: kills, those of PostgreSQL among them, and acts to be acknowledged."""

    kills: int
    kills_of_postgres: int = 0
    acknowledged: int = 0


@dataclass
class Cast:
    """Everybody at work."""

    residents: list[Resident]
    importer: Importer
    staff: list[Work]

    @property
    def all(self) -> list[Work]:
        """Everybody."""
        return [*self.residents, self.importer, *self.staff]

    @property
    def acknowledged(self) -> int:
        """How much was acknowledged so far."""
        return sum(len(worker.acknowledged) for worker in self.all)


def measure(system: System, wanted: Wanted, *, seed: int) -> Figures:
    """Kill so many times while work goes on; returns the figures of the bench."""
    rng = Random(seed)  # noqa: S311  # which part falls when; no secret
    progress("laying the ground")
    ground = lay_ground(at=utc_now())
    connection.close()
    with system:
        cast = _at_work(system, ground, kills=wanted.kills, rng=rng)
        for worker in cast.all:
            worker.start()
        fallen = [
            _kill_once(system, cast, part, number=number, rng=rng)
            for number, part in enumerate(falls(wanted, rng), start=1)
        ]
        _await(cast, wanted.acknowledged)
        progress("letting everybody finish")
        unanswered = _finish(cast.all, within_s=IDLE_WITHIN_S + wanted.kills)
    return _figures(cast, fallen, unanswered=unanswered) | {"seed": seed}


def _figures(
    cast: Cast, fallen: Sequence[tuple[str, float]], *, unanswered: int
) -> dict[str, Figure]:
    done = _together(cast.staff)
    kinds = Counter(key.partition(":")[0] for key in done)
    progress("acts of staff: " + ", ".join(f"{kind} {count}" for kind, count in kinds.items()))
    told = Acknowledged(
        posted=_together(cast.residents),
        imported=cast.importer.acknowledged,
        acts=done,
        refused={key for worker in cast.staff for key in worker.refused} - done.keys(),
        contradicted=sum(worker.contradicted for worker in cast.staff),
        rows=0 if cast.importer.has_given_up else cast.importer.rows,  # it counts as unanswered
    )
    lost, duplicated = count_lost(told), count_duplicated()
    half = count_half(told) + unanswered
    return {
        "kills": len(fallen),
        "kills_of_postgres": sum(part.startswith("postgres") for part, _ in fallen),
        "acknowledged": told.count,
        "acts_of_staff": len(told.acts),
        "acts_refused": len(told.refused),
        "tried": told.count,
        "failed": lost + duplicated + half,
        "lost": lost,
        "duplicated": duplicated,
        "half": half,
        "longest_outage_s": round(max((took for _, took in fallen), default=0.0), 1),
    }


def falls(wanted: Wanted, rng: Random) -> list[str]:
    """Which part falls when: PostgreSQL as often as wanted at least, the others by chance."""
    others = max(0, wanted.kills - wanted.kills_of_postgres)
    by_chance = [rng.choice((*PARTS, "import")) for _ in range(others)]
    parts = ["postgres"] * (wanted.kills - others) + by_chance
    rng.shuffle(parts)
    return parts


def _await(cast: Cast, acknowledged: int) -> None:
    """Let everybody work on until so much is acknowledged, or nothing comes any more."""
    before, since = cast.acknowledged, time.monotonic()
    while cast.acknowledged < acknowledged and time.monotonic() - since < PROGRESS_WITHIN_S:
        if cast.acknowledged > before:
            before, since = cast.acknowledged, time.monotonic()
        time.sleep(LOOK_EVERY_S)


def _at_work(system: System, ground: Ground, *, kills: int, rng: Random) -> Cast:
    token = issue_token(
        ground.user("clerk"), name="crash", scopes=["message"], actor=SYSTEM_ACTOR, at=utc_now()
    )
    rows = min(kills * ROWS_A_KILL, MOST_ROWS)
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
    desk = Desk(clerk, Random(rng.random()))  # noqa: S311  # no secret
    people = staff(system.bind, ground, rng)
    connection.close()
    return Cast(residents, Importer(imported, system.home), [desk, *people])


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
    system: System, cast: Cast, part: str, *, number: int, rng: Random
) -> tuple[str, float]:
    """Kill a part, mend it, and wait until a message is acknowledged again.

    Returns what fell, and the seconds for it.
    """
    time.sleep(rng.uniform(*BETWEEN_KILLS_S))
    began = time.monotonic()
    if part == "import":
        cast.importer.kill()
    else:
        part = system.kill(part, rng=rng)
    before = _posted(cast)
    system.mend()
    while _posted(cast) == before:
        if time.monotonic() - began > PROGRESS_WITHIN_S:
            raise RuntimeError(f"nothing was acknowledged after the kill of {part}")
        system.mend()
        time.sleep(LOOK_EVERY_S)
    took_s = time.monotonic() - began
    progress(f"{number}: {part} killed, serving again after {took_s:.1f} s")
    return part, took_s


def _posted(cast: Cast) -> int:
    return sum(len(resident.acknowledged) for resident in cast.residents)


def _finish(workers: Sequence[Work], *, within_s: float) -> int:
    """Stop those who begin new work, wait for all, and for the worker to have caught up.

    Returns how many never got an answer: what they asked for stands half-way.
    """
    for worker in workers:
        worker.told_to_stop.set()
    deadline = time.monotonic() + within_s
    for worker in workers:
        worker.join(max(0.0, deadline - time.monotonic()))
    unanswered = [worker for worker in workers if worker.is_alive()]
    for worker in unanswered:
        progress(f"{type(worker).__name__} never got an answer")
        worker.give_up()  # nothing may be written while it is counted
    deadline = time.monotonic() + within_s
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
