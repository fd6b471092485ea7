"""The bench of bad requests at work: thousands from every lane, then a look at what is left."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from multiprocessing import get_context

from django.conf import settings
from django.db import connections
from django.test import override_settings

from linli.config.bench._access_district import populate
from linli.config.bench._access_oracle import Policy
from linli.config.bench._answer import Figure, Figures, progress
from linli.config.bench._requests_lane import Lane, Part
from linli.config.bench._requests_payloads import payloads
from linli.config.bench._requests_stage import Stage, Theatre
from linli.config.bench._requests_targets import odd_targets, targets
from linli.config.bench._web_role import AS_WEB_ROLE
from linli.config.bench._whole import HALF, TWICE, asked, said
from linli.domain.audit.selectors import verify_chain
from linli.kernel.clock import utc_now

CASES, ROUND = 24, 1_000
KINDS = (
    *("five_hundreds", "traces", "executable", "formulas", "headers", "not_problems", "slow"),
    "broken",
)
LOGS = ("django.request", "django.security", "linli.web", "linli.api", "linli")
_lane: Lane


def measure(*, requests: int, seed: int, processes: int) -> Figures:
    """Lay the district out and send; returns the figures of the bench."""
    _quiet()
    progress("laying the district")
    theatre = theatre_of(seed=seed)
    connections.close_all()  # each process has its own
    whole = Part()
    with ExitStack() as held:
        held.enter_context(override_settings(MIDDLEWARE=[AS_WEB_ROLE, *settings.MIDDLEWARE]))
        lanes = [held.enter_context(_process(seed, number)) for number in range(processes)]
        stage = theatre.first()
        while whole.tried < requests:
            share = min(ROUND, requests - whole.tried) // processes or 1
            _round(whole, lanes, share, stage)
            stage = theatre.next(cases=CASES // 2, at=utc_now() - timedelta(days=1))
    for told in whole.told.values():
        progress(told)
    return figures_of(whole) | {"seed": seed}


def _round(
    whole: Part, lanes: list[Callable[[int, Stage], Callable[[], Part]]], share: int, stage: Stage
) -> None:
    for part in [come() for come in [lane(share, stage) for lane in lanes]]:
        whole.take(part)
    whole.failed["broken"] += broken()
    progress(f"{whole.tried} requests, {dict(+whole.failed)} failed")


def theatre_of(*, seed: int, cases: int = CASES) -> Theatre:
    """Lay the district out."""
    policy = Policy.of_the_platform()
    return Theatre(populate(cases=cases, seed=seed, at=utc_now(), policy=policy), seed=seed)


def broken() -> int:
    """Count what does not hold of cases and journal while nothing is under way."""
    chain = {"faults of the journal's chain": len(verify_chain().faults)}
    return said(asked(TWICE)) + said(asked(HALF)) + said(chain)


def figures_of(whole: Part) -> dict[str, Figure]:
    """Return what was tried, and what is wrong of it."""
    progress("answers: " + ", ".join(f"{n} {c}" for n, c in whole.statuses.most_common(40)))
    named = {target.name for target in (*targets(), *odd_targets())}
    return {
        "tried": whole.tried,
        "failed": sum(whole.failed[kind] for kind in KINDS),
        **{kind: whole.failed[kind] for kind in KINDS},
        "payloads": len(payloads()),
        "payloads_never": len(payloads()) - len(whole.written),
        "targets": len(named),
        "targets_never": len(named - whole.named),
        "taken": whole.taken,
        "echoed": whole.echoed,
        "slowest_s": round(whole.slowest, 2),
    }


@contextmanager
def _process(seed: int, number: int) -> Iterator[Callable[[int, Stage], Callable[[], Part]]]:
    """Have a lane in a process of its own; it begins at once, and is waited for when asked."""
    with ProcessPoolExecutor(
        1, get_context("fork"), initializer=_open_lane, initargs=(seed, number)
    ) as pool:
        yield lambda count, stage: pool.submit(_run_lane, count, stage).result


def _open_lane(seed: int, number: int) -> None:
    global _lane  # noqa: PLW0603  # one for each process
    connections.close_all()
    _lane = Lane(seed=seed, number=number)


def _run_lane(count: int, stage: Stage) -> Part:
    return _lane.run(count, stage)


def _quiet() -> None:
    """Let refusals not be logged: they are what is asked for. Faults are told as figures."""
    for name in LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
