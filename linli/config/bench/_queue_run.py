"""The queue bench at work: kills while jobs run, then what is lost, doubled, or seen by nobody."""

import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from django.db import connection
from django.test import Client

from linli.config.bench._answer import Figures, progress
from linli.config.bench._queue_crew import REAPER, WORKER, Crew
from linli.config.bench._queue_jobs import BAD, EFFECTS, HUGE, KILLER, ORDINARY, POISON, SLOW, plant
from linli.config.bench._whole import rows, said
from linli.domain.audit.selectors import failed_jobs
from linli.jobs.pace import Pace
from linli.jobs.upkeep import queue_state

PAGE = "/desk/jobs/"
PACE = Pace(
    look_s=0.05,
    heartbeat_s=0.2,
    stalled_after_s=1.5,
    reap_s=0.2,
    first_wait_s=0.2,
    longest_wait_s=1.0,
)
BETWEEN_KILLS_S = (0.02, 0.5)
REAPER_FALLS, SOMEBODY_FREEZES = 0.3, 0.15
# How many jobs there are a kill.
SHARES = {ORDINARY: 8.0, POISON: 0.1, KILLER: 0.05, SLOW: 0.2, HUGE: 0.1}
LOOK_EVERY_S = 0.05
QUIET_WITHIN_S = 300.0
EVERY_FAILED_JOB = 100_000
CLAIMS = """
SELECT job.id, (job.args ->> 'journal_id')::bigint,
    count(*) FILTER (WHERE event.type = 'started')
FROM procrastinate_jobs AS job LEFT JOIN procrastinate_events AS event ON event.job_id = job.id
GROUP BY job.id"""
EFFECT_COUNTS = "SELECT journal_id, count(*) FROM bench_queue_effect GROUP BY journal_id"
SHOWN_AT_MOST = 50
LINK = re.compile(r"\?job=(\d+)[\"&]")
MOST_OF_A_PAGE = 500_000
# Of arguments that nobody of ours writes, with a name that no reaction has.
STUFFED, STUFFED_FACT = (
    """
INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('linli', 'react',
jsonb_build_object('journal_id', -1, 'reaction', repeat('x', 1000000))) RETURNING id""",
    -1,
)


@dataclass
class Run:
    """What was asked of whom, and what was done to them.

    Parameters
    ----------
    person : signed in as whoever administers the platform.
    kinds : of each fact that asks for a job, by its number in the journal.
    """

    person: Client
    chance: Random
    kinds: dict[int, str] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    frozen: int = 0


def measure(  # noqa: PLR0913  # each is one thing that tests have otherwise
    person: Client,
    *,
    kills: int,
    seed: int,
    env: Mapping[str, str],
    log: Path,
    pace: Pace = PACE,
    workers: int = 3,
) -> Figures:
    """Kill so many times while jobs run; returns the figures of the bench."""
    run = Run(person, Random(seed))  # noqa: S311  # who falls when; no secret
    with connection.cursor() as cursor:
        cursor.execute(EFFECTS)
    rows(STUFFED)
    run.kinds[STUFFED_FACT] = POISON
    with Crew(pace, env, log, workers) as crew:
        for kinds in _in_turns(kills, run.chance):
            run.kinds |= plant(kinds)
            _kill_once(run, crew)
        _await_quiet(crew)
        claims = {job: (fact, count) for job, fact, count in rows(CLAIMS)}
        given_up = [job.id for job in failed_jobs(limit=EVERY_FAILED_JOB)]
        shown = shown_to(person)
        unseen = [job for job in given_up if job not in shown]
        innocent = [job for job in given_up if run.kinds.get(claims[job][0]) not in BAD]
        fell = Counter(run.kinds.get(claims[job][0], "of a fact") for job in innocent)
        progress(f"fell with others {pace.claims} times, once more by hand: {dict(fell)}")
        for job in innocent:
            person.post(PAGE, {"job": job, "decision": "retry"})
        _await_quiet(crew)
        died = crew.died
    return counted(run, claims, given_up, unseen, pace=pace) | {
        "died_of_jobs": died,
        "retried_by_hand": len(innocent),
    }


def shown_to(person: Client) -> set[int]:
    """Return the numbers of the jobs that the pages of failed jobs list, as a person turns them."""
    seen: set[int] = set()
    for number in range(1, SHOWN_AT_MOST):
        page = person.get(PAGE, {"page": str(number)})
        if page.status_code != 200:
            raise RuntimeError(f"{PAGE} answers {page.status_code}")
        here = {int(job) for job in LINK.findall(page.content.decode())}
        if here <= seen or len(page.content) > MOST_OF_A_PAGE:
            break
        seen |= here
    return seen


def counted(
    run: Run,
    claims: Mapping[int, tuple[int, int]],
    given_up: Collection[int],
    unseen: Sequence[int],
    *,
    pace: Pace,
) -> dict[str, int]:
    """Return the figures; `claims` holds fact and count by job, `given_up` and `unseen` jobs."""
    effects = dict(rows(EFFECT_COUNTS))
    ended = {claims[job][0] for job in given_up}
    good = [fact for fact, kind in run.kinds.items() if kind not in BAD]
    bad = [fact for fact, kind in run.kinds.items() if kind in BAD]
    faults = {
        "lost": sum(fact not in effects for fact in good) + sum(fact not in ended for fact in bad),
        "doubled": sum(max(0, effects.get(fact, 0) - 1) for fact in good),
        "half": sum(fact in effects for fact in bad),
        "claimed_too_often": sum(count > pace.claims for _, count in claims.values()),
        "unseen": len(unseen),
    }
    said({f"jobs {name}": count for name, count in faults.items()})
    return {
        "kills": run.kills.total(),
        "kills_of_reaper": run.kills[REAPER],
        "frozen": run.frozen,
        "tried": len(run.kinds),
        "failed": sum(faults.values()),
        **faults,
        "most_claims": max((count for _, count in claims.values()), default=0),
        "dead_letters": len(given_up),
    }


def _in_turns(kills: int, chance: Random) -> Iterator[list[str]]:
    """Yield the jobs that come before each kill."""
    every = [kind for kind, share in SHARES.items() for _ in range(max(1, round(kills * share)))]
    chance.shuffle(every)
    for turn in range(kills):
        yield every[turn::kills]


def _kill_once(run: Run, crew: Crew) -> None:
    time.sleep(run.chance.uniform(*BETWEEN_KILLS_S))
    crew.mend()
    run.frozen += run.chance.random() < SOMEBODY_FREEZES and crew.freeze(run.chance)
    role = REAPER if run.chance.random() < REAPER_FALLS else WORKER
    crew.kill(role, run.chance)
    run.kills[role] += 1
    crew.mend()


def _await_quiet(crew: Crew) -> None:
    """Keep everybody at work until nothing waits and nobody works."""
    if not _within(QUIET_WITHIN_S, lambda: _is_quiet(crew)):
        raise RuntimeError(f"the queue did not come to rest: {queue_state(crew.pace)}")


def _is_quiet(crew: Crew) -> bool:
    crew.mend()
    state = queue_state(crew.pace)
    return not (crew.frozen or state.outbox or state.waiting or state.running)


def _within(seconds: float, claim: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(LOOK_EVERY_S)
    return True
